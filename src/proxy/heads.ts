/** Writes the heads of requests and answers with the very lines that came. */
import type { ClientRequest, IncomingMessage, RequestOptions, request, ServerResponse } from 'node:http';
import { hasHeader, pairsOf, type RawHeaders, withHeader } from './headers.js';

/** Heads longer than this, in bytes, are not passed on. */
export const maxHeaderSize = 256 * 1024;

/** The lines of a request. One of HTTP/1.0 may name no host, but goes on as HTTP/1.1, which must. */
export function linesOf({ httpVersion, rawHeaders }: IncomingMessage, target: URL): RawHeaders {
  return httpVersion === '1.0' && !hasHeader(rawHeaders, 'host') ? ['Host', target.host, ...rawHeaders] : rawHeaders;
}

/** Methods of requests that mostly have no body: Node then adds no header for one. */
const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** Opens the request to the server with the very header lines of the client. Throws where they cannot be written as HTTP. */
export function openRequest(
  send: typeof request,
  address: RequestOptions & { servername: string },
  { method = 'GET' }: IncomingMessage,
  headers: string[],
): ClientRequest {
  const options = { ...address, method, setHost: false, maxHeaderSize };
  const isFramed = hasHeader(headers, 'content-length') || hasHeader(headers, 'transfer-encoding');
  if (hasHeader(headers, 'connection') && (isFramed || bodiless.has(method))) return send({ ...options, headers });
  // Given at once, the lines pass as they are but Node would add what is missing; given singly, it can be told not to.
  const upstream = send(options);
  try {
    setSingly(upstream, headers);
  } catch (error) {
    upstream.on('error', () => {});
    upstream.destroy();
    throw error;
  }
  return upstream;
}

function setSingly(upstream: ClientRequest, headers: RawHeaders): void {
  const all = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of pairsOf(headers)) {
    const lines = all.get(name.toLowerCase()) ?? { name, values: [] };
    lines.values.push(value);
    all.set(name.toLowerCase(), lines);
  }
  for (const { name, values } of all.values()) upstream.setHeader(name, values.length === 1 ? `${values[0]}` : values);
  for (const name of ['connection', 'content-length', 'transfer-encoding'])
    if (!all.has(name)) upstream.removeHeader(name);
}

/**
 * Writes the head of an answer with the very header lines of the server. A client of HTTP/1.0 knows no chunks: its body ends with
 * the connection. Throws where the head cannot be written as HTTP.
 */
export function writeHead(
  outgoing: ServerResponse,
  { httpVersion }: IncomingMessage,
  { statusCode = 200, statusMessage = '', rawHeaders }: IncomingMessage,
): void {
  const isUnchunked = httpVersion === '1.0' && hasHeader(rawHeaders, 'transfer-encoding');
  const lines = isUnchunked ? withHeader(without(rawHeaders, 'transfer-encoding'), 'Connection', 'close') : rawHeaders;
  // Removing what is not there keeps Node from adding it.
  for (const name of ['date', 'connection', 'content-length', 'transfer-encoding'])
    if (!hasHeader(lines, name)) outgoing.removeHeader(name);
  outgoing.writeHead(statusCode, statusMessage, [...lines]);
}

function without(raw: RawHeaders, name: string): string[] {
  return pairsOf(raw)
    .filter(([own]) => own.toLowerCase() !== name)
    .flat();
}
