/** What the proxy answers itself, where it cannot pass something on: it never just hangs up. */
import { type ServerResponse, STATUS_CODES } from 'node:http';
import { headText } from './headers.js';

/** An answer of the proxy's own. */
export interface OwnAnswer {
  status: number;
  /** Why, as a sentence without its stop. */
  why: string;
}

/** What Node's parser says of bytes that are no HTTP, and what it had before it. */
export type ParseError = NodeJS.ErrnoException & { reason?: string; rawPacket?: Buffer };

/** Why a request could not be read; `undefined` where its connection broke, and nobody is there to be answered. */
export function answerToUnread({ code = '', reason, message, rawPacket }: ParseError): OwnAnswer | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, why: 'the head of the request is longer than 256 KiB' };
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return { status: 413, why: 'the extensions of a chunk are longer than 16 KiB' };
  if (!code.startsWith('HPE_')) return undefined;
  // The first byte of a TLS handshake.
  if (rawPacket?.[0] === 0x16)
    return { status: 400, why: 'the request came over TLS: write http in place of https for the proxy' };
  if (rawPacket?.subarray(0, 12).toString('latin1') === 'PRI * HTTP/2')
    return { status: 400, why: 'the request is HTTP/2 from its start: the proxy passes HTTP/1.1' };
  return { status: 400, why: `the request is no HTTP/1.1 that can be passed on: ${reason ?? message}` };
}

/** Why an answer of the server could not be read; `undefined` where its connection broke. */
export function answerToUnreadAnswer({ code = '', reason, message }: ParseError): OwnAnswer | undefined {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 502, why: "the head of the server's answer is longer than 256 KiB" };
  if (!code.startsWith('HPE_')) return undefined;
  return { status: 502, why: `the server answered what is no HTTP/1.1 that can be passed on: ${reason ?? message}` };
}

const textOf = ({ why }: OwnAnswer) => `chat-conformance proxy: ${why}\n`;
const type = 'text/plain; charset=utf-8';

/** Gives an answer of the proxy's own over HTTP; the connection ends with it. */
export function sendOwn(outgoing: ServerResponse, own: OwnAnswer): void {
  const text = textOf(own);
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(text), connection: 'close' };
  outgoing.writeHead(own.status, headers).end(text);
}

/** The same as bytes, for a connection that no request could be read from. */
export function ownText(own: OwnAnswer): string {
  const text = textOf(own);
  const lines = ['content-type', type, 'content-length', `${Buffer.byteLength(text)}`, 'connection', 'close'];
  return headText(`HTTP/1.1 ${own.status} ${STATUS_CODES[own.status] ?? ''}`, lines) + text;
}
