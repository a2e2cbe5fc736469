import type { Token } from 'stream-json/core/parser.js';

/**
 * The members of an entry that are kept: `true` all of it. Whatever else tools add (call stacks, screenshots, socket frames)
 * is read and forgotten.
 */
type Wanted = true | { [member: string]: Wanted };

const wantedOfEntry: Wanted = {
  startedDateTime: true,
  time: true,
  request: { method: true, url: true, headers: true, bodySize: true, postData: true },
  response: { status: true, headers: true, bodySize: true, content: true },
};

/** Characters of one string, and of one entry in all; what is beyond is left out and the string marked. */
export interface Bounds {
  string: number;
  entry: number;
}

/** What stands at the end of a string that was cut, and in no string that was not. */
export const cutMark = '\uFFFF…cut';

interface Frame {
  isArray: boolean;
  key: string;
  wanted: Wanted | undefined;
  value: Record<string, unknown> | unknown[] | undefined;
  role?: 'root' | 'log' | 'entries' | 'entry';
}

/** Puts the entries of a HAR together from the tokens of a parser, one at a time. */
export interface Assembler {
  push(token: Token): void;
  /** Whether the root value is complete. */
  isComplete(): boolean;
  /** Whether `log.entries` was met. */
  hasEntries(): boolean;
}

/** Makes an assembler that hands over each entry as soon as it is complete. */
export function createAssembler(bounds: Bounds, take: (entry: Record<string, unknown>) => void): Assembler {
  const frames: Frame[] = [];
  let complete = false;
  let met = false;
  let room = bounds.entry;
  let text: { parts: string[]; blocks: string[]; length: number; isCut: boolean } | undefined;

  const wantedBelow = (frame: Frame | undefined): Wanted | undefined => {
    if (frame?.value === undefined || frame.wanted === undefined) return undefined;
    if (frame.isArray) return frame.wanted;
    if (frame.wanted === true) return frame.key === '__proto__' ? undefined : true;
    return Object.hasOwn(frame.wanted, frame.key) ? frame.wanted[frame.key] : undefined;
  };

  const attach = (value: unknown): void => {
    const frame = frames.at(-1);
    room -= 32;
    if (frame?.value === undefined || wantedBelow(frame) === undefined || room < 0) return;
    if (Array.isArray(frame.value)) frame.value.push(value);
    else frame.value[frame.key] = value;
  };

  const open = (isArray: boolean): void => {
    const parent = frames.at(-1);
    const frame: Frame = { isArray, key: '', wanted: wantedBelow(parent), value: undefined };
    if (parent === undefined) frame.role = 'root';
    else if (parent.role === 'root' && parent.key === 'log' && !isArray) frame.role = 'log';
    else if (parent.role === 'log' && parent.key === 'entries' && isArray) {
      frame.role = 'entries';
      met = true;
    } else if (parent.role === 'entries' && !isArray) {
      frame.role = 'entry';
      frame.wanted = wantedOfEntry;
      frame.value = {};
      room = bounds.entry;
    }
    if (frame.role === undefined && frame.wanted !== undefined) {
      frame.value = isArray ? [] : {};
      attach(frame.value);
    }
    frames.push(frame);
  };

  const close = (): void => {
    const frame = frames.pop();
    if (frame?.role === 'entry') take(frame.value as Record<string, unknown>);
    if (frames.length === 0) complete = true;
  };

  const addText = (chunk: string): void => {
    if (text === undefined) return;
    const left = Math.min(bounds.string - text.length, room);
    if (chunk.length > left) text.isCut = true;
    if (left <= 0) return;
    text.length += chunk.length;
    room -= chunk.length;
    text.parts.push(chunk);
    // A body full of escapes comes in pieces of a few characters: joined now and then, they do not weigh more than the text.
    if (text.parts.length < 1024) return;
    text.blocks.push(text.parts.join(''));
    text.parts = [];
  };

  return {
    isComplete: () => complete,
    hasEntries: () => met,
    push(token) {
      switch (token.name) {
        case 'startObject':
          return open(false);
        case 'startArray':
          return open(true);
        case 'endObject':
        case 'endArray':
          return close();
        case 'keyValue': {
          const frame = frames.at(-1);
          if (frame !== undefined) frame.key = token.value;
          return;
        }
        case 'startString':
          text =
            wantedBelow(frames.at(-1)) === undefined ? undefined : { parts: [], blocks: [], length: 0, isCut: false };
          return;
        case 'stringChunk':
          return addText(token.value);
        case 'endString':
          if (text !== undefined) attach([...text.blocks, ...text.parts, text.isCut ? cutMark : ''].join(''));
          text = undefined;
          return;
        case 'numberValue':
          return attach(Number(token.value));
        case 'trueValue':
        case 'falseValue':
        case 'nullValue':
          return attach(token.value);
      }
    },
  };
}
