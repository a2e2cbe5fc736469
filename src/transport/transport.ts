/** The one place where requests leave this machine: limits, retries, pace and circuit breaker around Node's fetch. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../exchange/connection.js';
import type { ApiName, ReceivedResponse, SentRequest } from '../exchange/index.js';
import { createAttempts } from './attempt.js';
import { type FailureKind, notTheServer, TransportFailure } from './failure.js';
import type { Health, Outcome } from './health.js';
import type { Pace } from './pace.js';
import type { Occasion } from './sender.js';

export interface TransportOptions {
  /** How long one attempt may take, from sending to the last byte of the body, milliseconds. */
  timeoutMs: number;
  /** How large a body may be after decompression; 8 MiB if left out. */
  maxBodyBytes?: number;
  pace?: Pace;
  health?: Health;
  /** How each API is reached; one left out: with nothing in between. */
  connections?: Partial<Record<ApiName, Connection>>;
  /** What request ids call the run; a name of its own if left out. */
  run?: string;
  /** Used instead of the global fetch, which is looked up at each request so that interceptors take effect. */
  fetch?: typeof globalThis.fetch;
}

export interface About extends Occasion {
  api: ApiName;
  action: string;
  /** It is bad input, bad credentials or an outsider's, on purpose. */
  isProbe?: boolean;
  /** The request may be carried out twice without harm; false if left out. */
  repeatable?: boolean;
}

/** A complete answer, whatever its status. The times are those of the last attempt. */
export interface Answer {
  /** The request as it was sent, with what the connection added; its secrets are masked. */
  request: SentRequest;
  response: ReceivedResponse;
  /** The answers of a status in `BUSY` that came before it; left out where there were none. */
  busy?: readonly ReceivedResponse[];
  /** Epoch milliseconds. */
  startedAt: number;
  /** From sending to the last byte of the body, milliseconds. */
  durationMs: number;
  /** How many requests were sent; more than one means that the server may have seen the request before. */
  attempts: number;
}

export interface Transport {
  /**
   * Sends a request as it is given and reads the whole answer. A redirect is an answer like any other and is never followed.
   * @throws TransportFailure where no usable answer came.
   */
  send(request: SentRequest, about: About): Promise<Answer>;
}

const BACK_OFF_MS = [200, 400, 800];
const LONGEST_WAIT_MS = 5000;
/** Statuses of who is overloaded or reaches no server: those of the standard, and those of a large cloud. */
export const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530]);
/** So long after an answer that says the server is busy it gets one request at a time. */
const GENTLE_MS = 10_000;
/** Until the other kept connections that were closed at the same time are known to be. */
const AFTER_IDLE_CLOSE_MS = 20;

/**
 * Creates the sender that clients share.
 *
 * What is answered 429, 502, 503, 504 or their like is sent up to three times more, after Retry-After where that asks for at most 5 s,
 * else after 200, 400 and 800 ms; for a while then requests go one after the other, for some gateways let few in at the same time. A
 * request that broke without an answer is never sent again, for it may have been carried out; the one exception
 * is one whose kept connection the server closed at the very moment of use, which HTTP allows servers to do, and which is either
 * `repeatable` or the first one after a pause.
 */
export function createTransport(options: TransportOptions): Transport {
  const { timeoutMs, maxBodyBytes = 8 * 1024 * 1024, pace, health, connections = {}, fetch } = options;
  const { run = randomUUID().slice(0, 8) } = options;
  const attempt = createAttempts({ timeoutMs, maxBodyBytes, connections, run, fetch });
  const turns = createTurns();

  return {
    async send(request, about) {
      const url = sendableUrl(request);
      const action = `${about.api}.${about.action}`;
      const busy: ReceivedResponse[] = [];
      for (let attempts = 0, retries = 0, resent = false; ; ) {
        const stop = health?.stopped(url.host, action);
        if (stop) {
          throw new TransportFailure(
            { kind: 'stopped', blame: stop.blame, message: stop.reason },
            { request, startedAt: Date.now(), durationMs: 0, attempts },
          );
        }
        attempts += 1;
        const result = await turns.take(async () => {
          await pace?.wait();
          return attempt(request, url, about);
        });
        const { request: sent, startedAt, durationMs } = result;

        if ('diagnosis' in result) {
          if (result.idleClose && (about.repeatable || result.idleClose === 'after a pause') && !resent) {
            resent = true;
            await sleep(AFTER_IDLE_CLOSE_MS);
            continue;
          }
          const outcome = outcomeOf(result.diagnosis.kind, durationMs, timeoutMs);
          if (outcome) health?.note(url.host, action, outcome);
          throw new TransportFailure(result.diagnosis, { request: sent, startedAt, durationMs, attempts });
        }

        const { response } = result;
        if (!BUSY.has(response.status)) {
          health?.note(url.host, action, 'complete');
          return { request: sent, response, ...(busy.length > 0 && { busy }), startedAt, durationMs, attempts };
        }
        const asked = retryAfterMs(response.headers['retry-after']);
        const tooLong = asked !== undefined && asked > LONGEST_WAIT_MS;
        const backOff = BACK_OFF_MS[retries];
        if (backOff === undefined || tooLong || health?.worthRetrying(url.host, action) === false) {
          health?.note(url.host, action, 'busy');
          throw new TransportFailure(busyDiagnosis(url, response, attempts, tooLong ? asked : undefined), {
            request: sent,
            response,
            startedAt,
            durationMs,
            attempts,
          });
        }
        retries += 1;
        busy.push(response);
        turns.gently();
        await sleep(asked ?? backOff);
      }
    },
  };
}

/** Has work done as it comes, or, for a while after it was asked to be gentle, one after the other. */
function createTurns() {
  let [gentleUntil, last] = [0, Promise.resolve()];
  return {
    gently(): void {
      gentleUntil = Date.now() + GENTLE_MS;
    },
    async take<T>(work: () => Promise<T>): Promise<T> {
      if (Date.now() >= gentleUntil) return work();
      const mine = last.then(work);
      last = mine.then(
        () => {},
        () => {},
      );
      return mine;
    },
  };
}

/** What fetch would refuse, in words without the offending value: fetch's own errors quote it. */
function sendableUrl(request: SentRequest): URL {
  const refuse = (why: string): never => {
    throw new TransportFailure(
      { kind: 'unsendable', blame: 'environment', message: `the request cannot be sent: ${why}` },
      { request, startedAt: Date.now(), durationMs: 0, attempts: 0 },
    );
  };
  const url = URL.canParse(request.url) ? new URL(request.url) : refuse('its URL is not valid');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    refuse(`its URL is ${url.protocol} and not http: or https:`);
  if (url.username || url.password) refuse('its URL holds a user name or password; HTTP wants them in a header');
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(request.method)) refuse('its method is not valid');
  if ((request.body || request.content) && /^(?:GET|HEAD)$/i.test(request.method))
    refuse(`a ${request.method} has no body`);
  for (const [name, value] of Object.entries(request.headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) refuse('the name of a header is not valid');
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) refuse(`the header ${name} holds a character that headers cannot carry`);
  }
  return url;
}

/** What a failure says about the health of host and action. One that took half the time allowed is as bad as a hang. */
function outcomeOf(kind: FailureKind, durationMs: number, timeoutMs: number): Outcome | undefined {
  if (kind === 'refused' || kind === 'unreachable') return 'refused';
  if (kind === 'timeout' || durationMs >= timeoutMs / 2) return 'hung';
  return kind === 'reset' ? 'reset' : undefined;
}

/** Retry-After, seconds or an HTTP date, as milliseconds from now; `undefined` where there is none that can be read. */
function retryAfterMs(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = /^[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function busyDiagnosis(url: URL, { status, headers }: ReceivedResponse, attempts: number, asked: number | undefined) {
  const times = attempts === 1 ? '' : ` ${attempts} times`;
  const server = headers.server === undefined ? '' : ` (Server: ${headers.server.slice(0, 60)})`;
  const said =
    status === 429 ? `the rate limit was reached: 429${times}` : `a gateway error: ${status}${times}${server}`;
  const wait =
    asked === undefined
      ? ''
      : `; it asks to wait ${Math.ceil(asked / 1000)} s, longer than the ${LONGEST_WAIT_MS / 1000} s that a run waits`;
  const kind = status === 429 ? 'rate-limit' : 'gateway';
  const mend =
    status === 429
      ? 'raise the limit for these accounts, or set maxRequestsPerSecond in the target file'
      : 'start the server behind the gateway, or wait until it is up';
  return {
    ...notTheServer(kind, { who: url.host, what: `gives no answer of its own: ${said}${wait}`, mend }),
    message: `${said}${wait}`,
  };
}
