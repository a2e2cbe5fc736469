import type { Token } from 'stream-json/core/parser.js';

/**
 * The members of an entry that are kept: `true` all of it, `count` how many items an array has. Whatever else tools add (call
 * stacks, screenshots, socket frames) is read and forgotten.
 */
type Wanted = true | 'count' | { [member: string]: Wanted };

const body = {
  text: true,
  encoding: true,
  mimeType: true,
  size: true,
  comment: true,
  params: true,
  _file: true,
} as const;

const wantedOfEntry: Wanted = {
  ...all('startedDateTime startedAt timestamp time durationMs timings actor note error'),
  ...all('_fromCache _fetchType _fetchedViaServiceWorker _wasFulfilled _charlesStatus _resourceType'),
  cache: { afterRequest: { lastAccess: true, fetchCount: true, hitCount: true } },
  _webSocketMessages: 'count',
  request: {
    ...all('method url pretty_url scheme host port path authority headers queryString bodySize body content text'),
    ...all('timestamp_start'),
    postData: body,
  },
  response: {
    ...all('status statusCode status_code headers bodySize body text error _error _failureText timestamp_end'),
    ...all('_fetchedViaServiceWorker _serviceWorkerResponseSource _charlesStatus'),
    content: body,
  },
};

function all(names: string): Record<string, true> {
  return Object.fromEntries(names.split(' ').map((name) => [name, true]));
}

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
  /** How many items there were, where that is all that is wanted. */
  count: number;
}

/** Puts the entries of a recording together from the tokens of a parser, one at a time. */
export interface Assembler {
  push(token: Token): void;
  /** Whether a root value is complete, and none begun since. */
  isComplete(): boolean;
  /** Whether a value is begun that is not complete. */
  isWithin(): boolean;
  /** Whether `log.entries` was met. */
  hasEntries(): boolean;
}

/**
 * Makes an assembler that hands over each entry as soon as it is complete.
 * @param kind where the entries are: in `log.entries` or `entries` of one object, in one array, or each a value of its own
 */
export function createAssembler(
  bounds: Bounds,
  kind: 'har' | 'array' | 'values',
  take: (entry: Record<string, unknown>) => void,
): Assembler {
  const frames: Frame[] = [];
  let complete = false;
  let met = false;
  let room = bounds.entry;
  let text: { parts: string[]; blocks: string[]; length: number; isCut: boolean } | undefined;

  const wantedBelow = (frame: Frame | undefined): Wanted | undefined => {
    if (frame?.value === undefined || frame.wanted === undefined) return undefined;
    if (frame.isArray || frame.wanted === 'count') return frame.wanted;
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

  const roleOf = (parent: Frame | undefined, isArray: boolean): Frame['role'] => {
    if (parent === undefined) {
      if (kind === 'values') return isArray ? undefined : 'entry';
      return kind === 'array' && isArray ? 'entries' : 'root';
    }
    if (parent.role === 'entries') return isArray ? undefined : 'entry';
    if (parent.role === 'root' && parent.key === 'log' && !isArray) return 'log';
    const isLog = parent.role === 'log' || parent.role === 'root';
    return isLog && parent.key === 'entries' && isArray ? 'entries' : undefined;
  };

  const open = (isArray: boolean): void => {
    const parent = frames.at(-1);
    if (parent?.wanted === 'count') parent.count += 1;
    const wanted = parent?.wanted === 'count' ? undefined : wantedBelow(parent);
    const frame: Frame = { isArray, key: '', wanted, value: undefined, role: roleOf(parent, isArray), count: 0 };
    if (frame.role === 'entries') met = true;
    if (frame.role === 'entry') {
      frame.wanted = wantedOfEntry;
      frame.value = {};
      room = bounds.entry;
    }
    if (frame.role === undefined && wanted !== undefined && wanted !== 'count') {
      frame.value = isArray ? [] : {};
      attach(frame.value);
    }
    frames.push(frame);
  };

  const close = (): void => {
    const frame = frames.pop();
    if (frame?.role === 'entry') take(frame.value as Record<string, unknown>);
    if (frame?.wanted === 'count') attach(frame.count);
    complete = frames.length === 0;
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
    isWithin: () => frames.length > 0,
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
