/** One attempt at a request: it is sent as the connection of its API wants, and comes to an answer or to a diagnosis. */
import { type Connection, plainConnection } from '../exchange/connection.js';
import type { ApiName, ReceivedResponse, SentRequest } from '../exchange/index.js';
import { BodyTooLarge, readBytes, toReceived } from './answer.js';
import { type Watch, watchConnections } from './connections.js';
import { diagnose, rootOf } from './diagnose.js';
import { type Diagnosis, notTheServer } from './failure.js';
import { lookAgain } from './look-again.js';
import { type Look, proxyOf } from './no-connection.js';
import { bodyOf, createSender, type Occasion, type Sender } from './sender.js';

export interface AttemptOptions {
  timeoutMs: number;
  maxBodyBytes: number;
  /** How each API is reached; one left out: with nothing in between. */
  connections: Partial<Record<ApiName, Connection>>;
  /** What request ids call the run. */
  run: string;
  fetch?: typeof globalThis.fetch;
}

/** What an attempt came to. `request` is what was sent with what the connection added to it, its secrets masked. */
export type Attempt = { startedAt: number; durationMs: number; request: SentRequest } & Result;

type Result = { response: ReceivedResponse } | { diagnosis: Diagnosis; idleClose: false | 'at once' | 'after a pause' };

/** A kept connection that the server closes as it is used fails at once; later, the request may have been carried out. */
const IDLE_CLOSE_RACE_MS = 50;
/** After a pause a busy machine is given longer to notice it, for there the cause is hardly the request. */
const IDLE_CLOSE_NOTICED_MS = 250;
/** Where nothing was sent for so long, the server closed a connection for idleness rather than over the request. */
const IDLE_MS = 200;
/** A second look shall not hold up a run for long. */
const LONGEST_LOOK_MS = 3000;
/** Errors that may have a cause in TLS which the HTTP client does not show. */
const WORTH_A_LOOK = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|HPE_.*|.*HANDSHAKE_FAILURE)$/;

/** Makes the function that tries requests once. */
export function createAttempts(options: AttemptOptions) {
  const { timeoutMs, maxBodyBytes, run } = options;
  /** When the last answer of an origin was complete. */
  const lastUsed = new Map<string, number>();
  const senders = new Map<ApiName, Promise<Sender>>();
  const looks = new Map<string, Promise<Look>>();

  const connectionTo = (api: ApiName): Connection => options.connections[api] ?? plainConnection;
  const senderTo = (api: ApiName): Promise<Sender> => {
    const sender = senders.get(api) ?? createSender(connectionTo(api), run);
    senders.set(api, sender);
    return sender;
  };

  /** Looks once more, and only once, at an origin that has broken a connection and never answered. */
  const secondLook = async (error: unknown, url: URL, connection: Connection): Promise<Look | undefined> => {
    if (lastUsed.has(url.origin) || !WORTH_A_LOOK.test(rootOf(error).code ?? '')) return undefined;
    const look = looks.get(url.origin) ?? lookAgain(url, connection, Math.min(timeoutMs, LONGEST_LOOK_MS));
    looks.set(url.origin, look);
    return look;
  };

  return async (request: SentRequest, url: URL, about: Occasion & { api: ApiName }): Promise<Attempt> => {
    const connection = connectionTo(about.api);
    const sender = await senderTo(about.api);
    const { sent, shown } = sender.prepare(request, about);
    const fetch = options.fetch ?? sender.fetch ?? globalThis.fetch;
    const opened = watchConnections(openedFor(url, connection));
    const abort = new AbortController();
    let timedOut = false;
    let answered = false;
    const timer = setTimeout(() => {
      timedOut = true;
      abort.abort();
    }, timeoutMs);
    const startedAt = Date.now();
    const start = performance.now();
    const paused = start - (lastUsed.get(url.origin) ?? start) >= IDLE_MS;
    const took = () => Math.round(performance.now() - start);
    try {
      const response = await fetch(url, {
        method: sent.method,
        headers: sent.headers,
        // Bytes, because a string would add a Content-Type that the caller left out on purpose.
        ...bodyOf(sent),
        redirect: 'manual',
        signal: abort.signal,
      }).catch((error: unknown) => {
        if (!isUnreadable(error)) throw error;
        return sender.sendRaw(sent, abort.signal);
      });
      answered = true;
      sender.keep(url, response.headers, about);
      const bytes = await readBytes(response.body, maxBodyBytes);
      const durationMs = took();
      lastUsed.set(url.origin, performance.now());
      return { request: shown, startedAt, durationMs, response: toReceived(response.status, response.headers, bytes) };
    } catch (error) {
      const durationMs = took();
      const failed = (diagnosis: Diagnosis, idleClose: false | 'at once' | 'after a pause' = false): Attempt => ({
        request: shown,
        startedAt,
        durationMs,
        diagnosis,
        idleClose,
      });
      if (error instanceof BodyTooLarge) {
        abort.abort();
        const message = `the answer is larger than ${sizeInWords(maxBodyBytes)} and was cut off`;
        return failed({ kind: 'too-large', blame: 'server', message });
      }
      if (timedOut) return failed(tooSlow({ url, connection, timeoutMs, answered, opened }));
      const look = answered ? undefined : await secondLook(error, url, connection);
      const diagnosis = diagnose(error, { url, connection, answered, connectFailed: opened.failed(), look });
      const closed = diagnosis.kind === 'reset' && !answered && opened.reused();
      const inTime = durationMs < (paused ? IDLE_CLOSE_NOTICED_MS : IDLE_CLOSE_RACE_MS);
      return failed(diagnosis, closed && inTime && (paused ? 'after a pause' : 'at once'));
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The origin to which this machine opens a connection itself. */
function openedFor(url: URL, { proxy }: Connection): string {
  return proxy === undefined || url.protocol === 'https:' ? url.origin : new URL(proxy.url).origin;
}

/** Whether fetch refuses to show an answer: it does so for a status of 407, with an error that says nothing. */
function isUnreadable(error: unknown): boolean {
  const { code, message } = rootOf(error);
  return code === undefined && message === '' && !(error instanceof DOMException);
}

function tooSlow(at: {
  url: URL;
  connection: Connection;
  timeoutMs: number;
  answered: boolean;
  opened: Watch;
}): Diagnosis {
  const { url, connection, timeoutMs, answered, opened } = at;
  if (answered || !opened.stillConnecting())
    return { kind: 'timeout', blame: 'server', message: `no complete answer within ${timeoutMs} ms` };
  return notTheServer('unreachable', {
    who: connection.proxy === undefined ? url.host : `${url.host} through ${proxyOf(connection.proxy)}`,
    what: `does not accept connections within ${timeoutMs} ms`,
    mend: 'check the host, the port and a firewall',
  });
}

function sizeInWords(bytes: number): string {
  if (bytes % (1024 * 1024) === 0) return `${bytes / (1024 * 1024)} MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} bytes`;
}
