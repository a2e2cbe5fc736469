/** From an error of the HTTP client, and what is known around it, to who is to blame. */
import type { Connection } from '../exchange/connection.js';
import { type Diagnosis, type FailureKind, notTheServer } from './failure.js';
import { type Look, type NoConnection, noConnection, proxyRefusal } from './no-connection.js';

/** What is known about an attempt whose fetch or body failed. */
export interface Circumstances {
  url: URL;
  connection: Connection;
  /** Whether the status line and the headers had come. */
  answered: boolean;
  /** Whether opening the connection itself failed. */
  connectFailed: boolean;
  /** What a second look at the connection showed, where one was taken. */
  look?: Look;
}

const DECOMPRESSION = /^(?:Z_|ERR__ERROR_|ERR_BROTLI|ZSTD)/;
const NOT_SENDABLE = /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/;

/** Tells what an error of `fetch`, or of reading its body, means. */
export function diagnose(error: unknown, circumstances: Circumstances): Diagnosis {
  const { url, connection, answered, connectFailed, look } = circumstances;
  const { code, message, names } = rootOf(error);
  const withCode = code === undefined ? {} : { code };
  const server = (kind: FailureKind, text: string): Diagnosis => ({
    kind,
    blame: 'server',
    message: text,
    ...withCode,
  });
  const environment = (kind: FailureKind, text: string): Diagnosis => ({
    kind,
    blame: 'environment',
    message: text,
    ...withCode,
  });
  const notConnected = ({ kind, ...said }: NoConnection): Diagnosis => notTheServer(kind, { ...said, ...withCode });

  const refusal = proxyRefusal(message ?? '', url, connection);
  if (refusal !== undefined) return notConnected(refusal);
  const seen = noConnection({ url, connection, look, code, names, connectFailed });
  if (seen !== undefined) return notConnected(seen);
  if (code !== undefined && NOT_SENDABLE.test(code)) {
    return environment(
      'unsendable',
      `the request cannot be sent: the HTTP client does not allow its headers (${code})`,
    );
  }
  if (message === 'bad port') {
    const what = `cannot be asked: port ${url.port} is closed to HTTP clients`;
    return notTheServer('unsendable', { who: url.host, what, mend: 'use another port' });
  }
  if (code !== undefined && DECOMPRESSION.test(code)) {
    return server('corrupt', 'the answer says that it is compressed, but cannot be decompressed');
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return server('too-large', 'the headers of the answer are too large and were cut off');
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return server('timeout', 'no complete answer came before the HTTP client gave up');
  }
  if (code?.startsWith('HPE_')) return server('not-http', `the answer is no valid HTTP (${code})`);
  if (message === 'bad upgrade') {
    return server('not-http', 'the answer switches protocols (101) though nothing asked for it');
  }
  // RFC 9110 allows an interim 100 at any time, but Node's fetch ends the connection on it: not the server's fault.
  if (message === 'bad response') {
    return notTheServer('not-http', {
      who: url.host,
      what: 'answers with an interim "100 Continue" that nothing asked for, which the HTTP client cannot read',
      mend: 'let the server, or what stands before it, send none to requests without Expect',
    });
  }
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') {
    return server('reset', 'the connection was reset before the answer was complete');
  }
  if (answered) return server('truncated', 'the connection was closed before the answer was complete');
  if (code === 'UND_ERR_SOCKET') return server('reset', 'the connection was closed without a complete answer');
  if (isNetworkErrorAnswer(error)) return server('reset', 'the connection failed before the answer was complete');
  return environment('unreachable', `the request failed for a reason that is not known${code ? ` (${code})` : ''}`);
}

/** What of an error tells where it comes from. */
export interface Root {
  code?: string;
  message?: string;
  /** The names for which the certificate of the peer is, where that was wrong. */
  names?: string;
}

/** The innermost error that bears a code; undici wraps the socket's errors once or twice, Node several addresses in an AggregateError. */
export function rootOf(error: unknown): Root {
  let found: Root = {};
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    const { code, cert } = current as { code?: unknown; cert?: { subjectaltname?: string } };
    if (typeof code === 'string') found = { code, message: current.message, names: cert?.subjectaltname };
    else if (found.code === undefined) found = { message: current.message };
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return found;
}

/** Interceptors such as MSW stand in for a broken connection by an error whose cause is an error response. */
function isNetworkErrorAnswer(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Response && error.cause.type === 'error';
}
