/** From the bytes of a body to text and JSON, within limits. */
import type { ReceivedResponse } from '../exchange/index.js';

/** Later stages walk parsed bodies recursively, so deeper ones are not handed on. No documented body nests deeper than ten. */
export const MAX_JSON_DEPTH = 512;

/** The body was longer than allowed; the rest was not read. */
export class BodyTooLarge extends Error {}

/**
 * Reads a body after decompression.
 * @throws BodyTooLarge beyond `maxBytes`; the caller then aborts the connection.
 */
export async function readBytes(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, size);
    size += value.byteLength;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(value);
  }
}

/** Makes the response that later stages read. A byte order mark stays in the text: JSON on the wire must not begin with one. */
export function toReceived(status: number, headers: Headers, bytes: Uint8Array): ReceivedResponse {
  return { status, headers: headersOf(headers), bytes: bytes.byteLength, ...withJson(bodyText(bytes)) };
}

/** The text of a body; where it is no UTF-8, with the bytes that the text cannot say. */
export interface BodyText {
  text: string;
  content?: Uint8Array<ArrayBuffer>;
}

/** Reads the bytes of a body as UTF-8. */
export function bodyText(bytes: Uint8Array): BodyText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), content: new Uint8Array(bytes) };
  }
}

/** A body with its JSON, or why it is none. */
export function withJson({ text, content }: BodyText): Pick<ReceivedResponse, 'text' | 'content' | 'json' | 'notJson'> {
  return content === undefined ? { text, ...parseJson(text) } : { text, content, notJson: 'not UTF-8' };
}

/**
 * Parses JSON text. `notJson` says in words why there is no value; it quotes at most one character of the text, for a
 * longer piece could be part of a credential that no redactor recognises.
 */
export function parseJson(text: string): { json: unknown } | { notJson: string } {
  if (text === '') return { notJson: 'the body is empty' };
  if (/^\s{0,1000}<(?:!doctype html|html|head|body)\b/i.test(text)) return { notJson: 'the body is HTML' };
  if (text.startsWith('\uFEFF')) return { notJson: 'a byte order mark stands before the JSON' };
  if (isDeep(text)) return { notJson: `nested deeper than ${MAX_JSON_DEPTH} levels` };
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    return { notJson: parserMessage(error) };
  }
}

function isDeep(text: string): boolean {
  if (text.length <= MAX_JSON_DEPTH) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}

function parserMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : 'not JSON';
  return message.replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, ' is not valid JSON');
}

function headersOf(headers: Headers): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of headers) all[name] = name in all ? `${all[name]}, ${value}` : value;
  return all;
}
