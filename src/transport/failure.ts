/** What it means when no usable answer came: who is to blame, and one plain sentence for people. */
import type { ReceivedResponse, SentRequest } from '../exchange/index.js';

/** `server`: its own misbehaviour. `environment`: the network, a gateway or the settings; nobody is blamed. */
export type Blame = 'server' | 'environment';

export type FailureKind =
  | 'timeout'
  | 'reset'
  | 'refused'
  | 'unreachable'
  | 'not-http'
  | 'too-large'
  | 'truncated'
  | 'corrupt'
  | 'gateway'
  | 'rate-limit'
  | 'stopped'
  | 'unsendable';

/** A failure without its circumstances. */
export interface Diagnosis {
  kind: FailureKind;
  blame: Blame;
  /** One sentence without credentials: it quotes nothing of the request but its host, nothing of the answer but its status. */
  message: string;
  /** The code of the underlying error, such as ECONNRESET. */
  code?: string;
}

/** The circumstances of a failure. */
export interface FailureDetails {
  request: SentRequest;
  /** The last complete answer, where a 429, 502, 503 or 504 is the failure. */
  response?: ReceivedResponse;
  /** When the last attempt was sent, epoch milliseconds. */
  startedAt: number;
  /** How long the last attempt took, milliseconds. */
  durationMs: number;
  /** How many requests were sent; 0 where none was tried. */
  attempts: number;
}

/**
 * No usable answer came. `blame` is the verdict's `cause` (Error.cause is taken by the language). The underlying error is not
 * chained, and request and response do not show when the error is printed: both may hold credentials.
 */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly blame: Blame;
  readonly kind: FailureKind;
  readonly code?: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly attempts: number;
  declare readonly request: SentRequest;
  declare readonly response?: ReceivedResponse;

  constructor(diagnosis: Diagnosis, details: FailureDetails) {
    super(diagnosis.message);
    this.blame = diagnosis.blame;
    this.kind = diagnosis.kind;
    if (diagnosis.code !== undefined) this.code = diagnosis.code;
    this.startedAt = details.startedAt;
    this.durationMs = details.durationMs;
    this.attempts = details.attempts;
    Object.defineProperty(this, 'request', { value: details.request, enumerable: false });
    Object.defineProperty(this, 'response', { value: details.response, enumerable: false });
  }
}

/** What is known about an attempt whose fetch or body failed. */
export interface Circumstances {
  url: URL;
  /** Whether the status line and the headers had come. */
  answered: boolean;
  /** Whether opening the connection itself failed. */
  connectFailed: boolean;
}

const CONNECTION_NOT_MADE: Record<string, string> = {
  ENOTFOUND: 'its name has no address',
  EAI_AGAIN: 'the name service gave no answer',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to its network',
  ENETDOWN: 'the network is down',
  EHOSTDOWN: 'it is down',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  EADDRNOTAVAIL: 'this machine has no free address for it',
  EACCES: 'this machine forbids the connection',
  EPERM: 'this machine forbids the connection',
  EMFILE: 'this machine has too many open files',
};
const TLS = /^(?:ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_|EPROTO)/;
const DECOMPRESSION = /^(?:Z_|ERR__ERROR_|ERR_BROTLI|ZSTD)/;
const NOT_SENDABLE = /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/;

/** Tells what an error of `fetch`, or of reading its body, means. */
export function diagnose(error: unknown, { url, answered, connectFailed }: Circumstances): Diagnosis {
  const { code, message } = rootOf(error);
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

  if (code === 'ECONNREFUSED') return environment('refused', `${url.host} refused the connection`);
  if (code !== undefined && TLS.test(code)) {
    return environment('unreachable', `no TLS connection to ${url.host} could be made (${code})`);
  }
  if (connectFailed && url.protocol === 'https:' && code === 'ECONNRESET') {
    return environment('unreachable', `no TLS connection to ${url.host} could be made: it was reset`);
  }
  const notMade = code === undefined ? undefined : CONNECTION_NOT_MADE[code];
  if (notMade !== undefined)
    return environment('unreachable', `${url.host} could not be reached: ${notMade} (${code})`);
  if (code !== undefined && NOT_SENDABLE.test(code)) {
    return environment(
      'unsendable',
      `the request cannot be sent: the HTTP client does not allow its headers (${code})`,
    );
  }
  if (message === 'bad port') {
    return environment(
      'unsendable',
      `the request cannot be sent: port ${url.port} is closed to HTTP clients, use another`,
    );
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
    return environment(
      'not-http',
      'the answer began with an interim "100 Continue", which the HTTP client cannot read',
    );
  }
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') {
    return server('reset', 'the connection was reset before the answer was complete');
  }
  if (answered) return server('truncated', 'the connection was closed before the answer was complete');
  if (code === 'UND_ERR_SOCKET') return server('reset', 'the connection was closed without a complete answer');
  if (isNetworkErrorAnswer(error)) return server('reset', 'the connection failed before the answer was complete');
  return environment('unreachable', `the request failed for a reason that is not known${code ? ` (${code})` : ''}`);
}

/** The innermost error that bears a code; undici wraps the socket's errors once or twice, Node several addresses in an AggregateError. */
function rootOf(error: unknown): { code?: string; message?: string } {
  let found: { code?: string; message?: string } = {};
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    const code = (current as { code?: unknown }).code;
    if (typeof code === 'string') found = { code, message: current.message };
    else if (found.code === undefined) found = { message: current.message };
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return found;
}

/** Interceptors such as MSW stand in for a broken connection by an error whose cause is an error response. */
function isNetworkErrorAnswer(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Response && error.cause.type === 'error';
}
