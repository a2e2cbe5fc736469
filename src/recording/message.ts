import type { ReceivedResponse } from '../exchange/index.js';
import { type BodyText, bodyText, parseJson, withJson } from '../transport/index.js';
import type { HeaderLines, Kept } from './types.js';

type Read = Exclude<Kept, { lost: string }>;

/** A header whatever the case of its name. */
export function headerOf(headers: Record<string, string>, name: string): string | undefined {
  return Object.entries(headers).find(([own]) => own.toLowerCase() === name)?.[1];
}

/** Header lines by name; of lines with one name one value. */
export function headersOf(lines: HeaderLines, lowerCase = false): Record<string, string> {
  const all: Record<string, string> = Object.create(null);
  for (const [written, value] of lines) {
    const name = lowerCase ? written.toLowerCase() : written;
    if (name === '') continue;
    all[name] = name in all ? `${all[name]}, ${value}` : value;
  }
  return { ...all };
}

/** A response as later stages read it. */
export function receivedOf(status: number, lines: HeaderLines, body: Read): ReceivedResponse {
  const { bytes, ...said } = textOf(body);
  return { status, headers: headersOf(lines, true), bytes, ...withJson(said) };
}

/**
 * The text of a body, with its size in bytes, and its content where that is no UTF-8. A byte order mark stays: what a server sends
 * must not begin with one.
 */
export function textOf(body: Read): BodyText & { bytes: number } {
  return 'text' in body
    ? { text: body.text, bytes: Buffer.byteLength(body.text) }
    : { ...bodyText(body.bytes), bytes: body.bytes.byteLength };
}

/** The JSON of a text; `undefined` where it is none. */
export function jsonOf(text: string): unknown {
  const parsed = parseJson(text);
  return 'json' in parsed ? parsed.json : undefined;
}

/** Whether a body is nothing but a mask: a redactor hid it all. */
export function isMaskAlone(text: string | undefined): boolean {
  return text !== undefined && text.length < 40 && /^["'[(<{\s]*(\*\*\*+|redacted)["'\])>}\s]*$/i.test(text);
}
