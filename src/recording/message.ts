import type { ReceivedResponse } from '../exchange/index.js';
import { parseJson } from '../transport/index.js';
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
  const { text, bytes, content } = textOf(body);
  const common = { status, headers: headersOf(lines, true), text, bytes };
  return content === undefined ? { ...common, ...parseJson(text) } : { ...common, content, notJson: 'not UTF-8' };
}

/**
 * The text of a body, with its size in bytes, and its content where that is no UTF-8. A byte order mark stays: what a server sends
 * must not begin with one.
 */
export function textOf(body: Read): { text: string; bytes: number; content?: Uint8Array<ArrayBuffer> } {
  if ('text' in body) return { text: body.text, bytes: Buffer.byteLength(body.text) };
  const bytes = body.bytes.byteLength;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body.bytes), bytes };
  } catch {
    return { text: new TextDecoder('utf-8').decode(body.bytes), bytes, content: new Uint8Array(body.bytes) };
  }
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
