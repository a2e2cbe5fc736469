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
  | 'not-the-api'
  /** Somebody else answered one action, by name, while the API answers others. */
  | 'intercepted'
  | 'rate-limit'
  | 'stopped'
  | 'unsendable';

/** A failure without its circumstances. */
export interface Diagnosis {
  kind: FailureKind;
  blame: Blame;
  /** One sentence without credentials: it quotes nothing of the request but its host, nothing of the answer but its status. */
  message: string;
  /** Of the environment: who did it, in words, what it did, and what to do about it. The message is made of the first two. */
  who?: string;
  what?: string;
  mend?: string;
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
  declare readonly code?: string;
  declare readonly who?: string;
  declare readonly what?: string;
  declare readonly mend?: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly attempts: number;
  declare readonly request: SentRequest;
  declare readonly response?: ReceivedResponse;

  constructor(diagnosis: Diagnosis, details: FailureDetails) {
    super(diagnosis.message);
    this.blame = diagnosis.blame;
    this.kind = diagnosis.kind;
    const { message: _, ...rest } = diagnosis;
    Object.assign(this, rest);
    this.startedAt = details.startedAt;
    this.durationMs = details.durationMs;
    this.attempts = details.attempts;
    Object.defineProperty(this, 'request', { value: details.request, enumerable: false });
    Object.defineProperty(this, 'response', { value: details.response, enumerable: false });
  }
}

/** A diagnosis of the environment, in words that people and `doctor` read alike. */
export function notTheServer(
  kind: FailureKind,
  { who, what, mend, code }: { who: string; what: string; mend?: string; code?: string },
): Diagnosis {
  const optional = { ...(mend !== undefined && { mend }), ...(code !== undefined && { code }) };
  return { kind, blame: 'environment', message: `${who} ${what}`, who, what, ...optional };
}
