/** Reads a text as its receiver may: with escapes resolved, base64 and hex decoded. Each unit knows where it stood. */

import { MIN_SECRET_LENGTH } from './strength.js';

/** A text in UTF-16 units, and for each unit the part of the original text that it was read from. */
export interface View {
  units: Uint16Array;
  length: number;
  /** Where the part of the original begins, by unit. */
  from: Int32Array;
  /** Where it ends. */
  to: Int32Array;
}

/** The text as it is. */
export function viewOf(text: string): View {
  const view = emptyView(text.length);
  for (let at = 0; at < text.length; at += 1) put(view, text.charCodeAt(at), at, at + 1);
  return view;
}

function emptyView(capacity: number): View {
  return {
    units: new Uint16Array(capacity),
    length: 0,
    from: new Int32Array(capacity),
    to: new Int32Array(capacity),
  };
}

function put(view: View, unit: number, from: number, to: number): void {
  view.units[view.length] = unit;
  view.from[view.length] = from;
  view.to[view.length] = to;
  view.length += 1;
}

const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const AMPERSAND = 0x26;
/** Stands between runs that are decoded, so that no secret is found across. It is no character, so no text has it. */
export const GAP = 0xffff;
/** Where an excerpt was cut. */
export const ELLIPSIS = 0x2026;

/** Whether an escape that is resolved here may begin with this unit: each begins with one of three. */
export function isEscape(unit: number): boolean {
  return unit === PERCENT || unit === BACKSLASH || unit === AMPERSAND;
}

/** The text of a view. */
export function textOf({ units, length }: View): string {
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
}

/** One layer of escapes resolved: percent-encoding, the escapes of JSON, HTML and XML entities; `undefined` where there are none. */
export function unescaped(view: View): View | undefined {
  if (!view.units.subarray(0, view.length).some(isEscape)) return undefined;
  const result = emptyView(view.length);
  const bytes = createBytes(view);
  let changed = false;
  for (let at = 0; at < view.length; ) {
    const unit = view.units[at] as number;
    const read =
      unit === PERCENT
        ? percentAt(view, at, bytes)
        : unit === BACKSLASH
          ? jsonEscapeAt(view, at)
          : unit === AMPERSAND
            ? entityAt(view, at)
            : undefined;
    if (read === undefined) {
      put(result, unit, view.from[at] as number, view.to[at] as number);
      at += 1;
      continue;
    }
    changed = true;
    if (read.text === undefined) bytes.flush(result);
    else
      for (let part = 0; part < read.text.length; part += 1)
        putPart(result, view, read.text.charCodeAt(part), at, read.end);
    at = read.end;
  }
  return changed ? result : undefined;
}

function putPart(result: View, view: View, unit: number, start: number, end: number): void {
  put(result, unit, view.from[start] as number, view.to[end - 1] as number);
}

/** What an escape stands for, and where it ends; no text where it was taken down as bytes. */
interface Read {
  text?: string;
  end: number;
}

/** A run of percent-encoded bytes, which together are UTF-8. */
function percentAt(view: View, start: number, bytes: Bytes): Read | undefined {
  let at = start;
  while (view.units[at] === PERCENT && at + 2 < view.length) {
    const high = hexDigit(view.units[at + 1] as number);
    const low = hexDigit(view.units[at + 2] as number);
    if (high < 0 || low < 0) break;
    bytes.push(high * 16 + low, at, at + 3);
    at += 3;
  }
  return at === start ? undefined : { end: at };
}

const jsonEscapes: Record<string, string> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
  "'": "'",
};

function jsonEscapeAt(view: View, at: number): Read | undefined {
  const kind = String.fromCharCode(view.units[at + 1] ?? 0);
  if (at + 1 >= view.length) return undefined;
  if (kind === 'u' || kind === 'x') {
    const end = at + (kind === 'u' ? 6 : 4);
    const code = numberIn(view, at + 2, end, 16);
    return code === undefined ? undefined : { text: String.fromCharCode(code), end };
  }
  const text = jsonEscapes[kind];
  return text === undefined ? undefined : { text, end: at + 2 };
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const longestName = 4;
const SEMICOLON = 0x3b;
const HASH = 0x23;
const ZERO = 0x30;
const X = 0x78;

function entityAt(view: View, start: number): Read | undefined {
  const { units, length } = view;
  let at = start + 1;
  if (units[at] !== HASH) {
    while (at < length && at - start <= longestName + 1 && units[at] !== SEMICOLON) at += 1;
    if (units[at] !== SEMICOLON || at >= length) return undefined;
    const text = entities[String.fromCharCode(...units.subarray(start + 1, at)).toLowerCase()];
    return text === undefined ? undefined : { text, end: at + 1 };
  }
  at += 1;
  const isHex = ((units[at] ?? 0) | 0x20) === X;
  if (isHex) at += 1;
  const digits = at;
  while (at < length && units[at] === ZERO) at += 1;
  const significant = at;
  while (at < length && at - significant <= 7 && units[at] !== SEMICOLON) at += 1;
  if (at >= length || at === digits || units[at] !== SEMICOLON) return undefined;
  const code = significant === at ? 0 : numberIn(view, significant, at, isHex ? 16 : 10);
  return code === undefined || code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), end: at + 1 };
}

/** The number that these units write; `undefined` where one is no digit. */
function numberIn({ units, length }: View, start: number, end: number, base: 10 | 16): number | undefined {
  if (end > length) return undefined;
  let number = 0;
  for (let at = start; at < end; at += 1) {
    const digit = hexDigit(units[at] as number);
    if (digit < 0 || digit >= base) return undefined;
    number = number * base + digit;
  }
  return number;
}

/** The value of each ASCII character in an alphabet; -1 for any other. */
function alphabet(...characters: string[]): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (const row of characters)
    for (const [value, character] of [...row].entries()) values[character.charCodeAt(0)] = value;
  return values;
}

const hexDigits = alphabet('0123456789abcdef', '0123456789ABCDEF');
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = `${upper}${upper.toLowerCase()}0123456789`;
/** base64 and base64url. */
const sextets = alphabet(`${letters}+/`, `${letters}-_`);

function hexDigit(unit: number): number {
  return hexDigits[unit] ?? -1;
}

/** Fewer characters than this hold no secret that is long enough to be searched for. */
const shortestRun = 6;

/** An encoding of bytes by characters that each bear some bits. */
interface Encoding {
  bits: 4 | 6;
  values: Int8Array;
  /** In how many ways a run can be read, for it may begin after other characters of the alphabet. */
  alignments: number;
}

const encodings: readonly Encoding[] = [
  { bits: 6, values: sextets, alignments: 4 },
  { bits: 4, values: hexDigits, alignments: 2 },
];

/**
 * What runs of base64 and of hex digits decode to, at each alignment, with gaps between. Line breaks, as MIME has them, do not end a run.
 * @param isNew only runs that hold an escape: others were read in the view before
 */
export function* decodedRuns(view: View, isNew: boolean): Generator<View> {
  for (const encoding of encodings) {
    const runs = runsIn(view, encoding, isNew);
    if (runs.length === 0) continue;
    for (let skipped = 0; skipped < encoding.alignments; skipped += 1) yield decode(view, runs, encoding, skipped);
  }
}

interface Run {
  start: number;
  end: number;
}

function runsIn(view: View, { values }: Encoding, isNew: boolean): Run[] {
  const runs: Run[] = [];
  const { units, length, from, to } = view;
  for (let at = 0; at < length; at += 1) {
    if ((values[units[at] as number] ?? -1) < 0) continue;
    const start = at;
    let end = at + 1;
    for (let next = end; next < length; next += 1) {
      const unit = units[next] as number;
      if ((values[unit] ?? -1) >= 0) end = next + 1;
      else if (!isFold(unit, units[next - 1] as number)) break;
    }
    at = end;
    if (end - start < shortestRun) continue;
    if (isNew && (to[end - 1] as number) - (from[start] as number) === end - start) continue;
    runs.push({ start, end });
  }
  return runs;
}

/** A line break, or white space at the beginning of a line. */
function isFold(unit: number, before: number): boolean {
  if (unit === 0x0a || unit === 0x0d) return true;
  return (unit === 0x20 || unit === 0x09) && (before === 0x0a || before === 0x0d || before === 0x20 || before === 0x09);
}

function decode(view: View, runs: readonly Run[], { bits, values }: Encoding, skipped: number): View {
  const size = runs.reduce((sum, { start, end }) => sum + Math.ceil(((end - start) * bits) / 8) + 1, 0);
  const result = emptyView(size);
  const bytes = createBytes(view);
  for (const { start, end } of runs) {
    let left = skipped;
    let held = 0;
    let count = 0;
    let first = start;
    for (let at = start; at < end; at += 1) {
      const read = values[view.units[at] as number] ?? -1;
      if (read < 0) continue;
      if (left > 0) {
        left -= 1;
        continue;
      }
      if (count === 0) first = at;
      held = ((held << bits) | read) & 0xffff;
      count += bits;
      if (count < 8) continue;
      count -= 8;
      bytes.push((held >> count) & 0xff, first, at + 1);
      first = at;
    }
    bytes.flushText(result);
    const after = view.from[end] ?? (view.to[end - 1] as number);
    put(result, isCutAfter(view, end) ? ELLIPSIS : GAP, after, after);
  }
  return result;
}

/** Whether an ellipsis follows, after the padding and quotes that may stand between. */
function isCutAfter({ units, length }: View, end: number): boolean {
  let at = end;
  while (at < length && at - end < 4 && (units[at] === 0x3d || units[at] === 0x22 || units[at] === BACKSLASH)) at += 1;
  return units[at] === ELLIPSIS && at < length;
}

/** Bytes that are gathered, each with the units that it was read from, until they are read as UTF-8. */
interface Bytes {
  push(byte: number, start: number, end: number): void;
  /** Reads them as UTF-8; a byte that begins no character of it is one of its own. */
  flush(into: View): void;
  /** The same, but only what may be text: of bytes that were not encoded text, or read at the wrong place, hardly any are left. */
  flushText(into: View): void;
}

function createBytes(view: View): Bytes {
  let values = new Uint8Array(64);
  let starts = new Int32Array(64);
  let ends = new Int32Array(64);
  let count = 0;
  const grow = (): void => {
    const [oldValues, oldStarts, oldEnds] = [values, starts, ends];
    values = new Uint8Array(count * 2);
    starts = new Int32Array(count * 2);
    ends = new Int32Array(count * 2);
    values.set(oldValues);
    starts.set(oldStarts);
    ends.set(oldEnds);
  };
  const putCharacter = (into: View, at: number): number => {
    const { code, size } = characterAt(values, at, count);
    const from = view.from[starts[at] as number] as number;
    const to = view.to[(ends[at + size - 1] as number) - 1] as number;
    if (code > 0xffff) {
      put(into, 0xd800 + ((code - 0x10000) >> 10), from, to);
      put(into, 0xdc00 + ((code - 0x10000) & 0x3ff), from, to);
    } else put(into, code, from, to);
    return size;
  };
  return {
    push(byte, start, end) {
      if (count === values.length) grow();
      values[count] = byte;
      starts[count] = start;
      ends[count] = end;
      count += 1;
    },
    flush(into) {
      for (let at = 0; at < count; ) at += putCharacter(into, at);
      count = 0;
    },
    flushText(into) {
      let begun = into.length;
      for (let at = 0; at < count; ) {
        const before = into.length;
        const size = putCharacter(into, at);
        at += size;
        if (size > 1 || isText(into.units[before] as number)) continue;
        into.length = before - begun < MIN_SECRET_LENGTH ? begun : before;
        if (into.length > begun) put(into, GAP, into.from[before - 1] as number, into.to[before - 1] as number);
        begun = into.length;
      }
      count = 0;
    },
  };
}

/** Whether a byte stands in text: in ASCII, and no control character but those of lines. */
function isText(byte: number): boolean {
  return byte >= 0x20 ? byte < 0x7f : byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** The character of UTF-8 at a place; a byte that begins none is read as a character of its own. */
function characterAt(values: Uint8Array, at: number, count: number): { code: number; size: number } {
  const first = values[at] as number;
  const size = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
  if (size === 1 || at + size > count) return { code: first, size: 1 };
  let code = first & (0xff >> (size + 1));
  for (let next = 1; next < size; next += 1) {
    const byte = values[at + next] as number;
    if ((byte & 0xc0) !== 0x80) return { code: first, size: 1 };
    code = (code << 6) | (byte & 0x3f);
  }
  return code > 0x10ffff ? { code: first, size: 1 } : { code, size };
}
