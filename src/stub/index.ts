import type { HttpHandler } from 'msw';
import type { ApiName } from '../exchange/index.js';
import type { Fault, StubApi, StubSize, Variant } from './api.js';
import { choose } from './choose.js';
import { digestOf } from './random.js';
import { fetchFrom, type Serving, serveHandlers } from './serve.js';

export type { Fault, StubApi, StubSize, Variant } from './api.js';
export { choose } from './choose.js';
export { type Serving, serveHandlers, withinProcess } from './serve.js';

/** How a stub is made. */
export interface StubOptions {
  /** Picks accounts and histories; 1 where left out. */
  seed?: number;
  /** Ids of faults; several go together. */
  faults?: readonly string[];
  /** Ids of variants; several go together. */
  variants?: readonly string[];
  /** How much the server holds at the start. */
  size?: StubSize;
  /** The clock, epoch milliseconds; the real one where left out. */
  now?: () => number;
}

/** A server in memory, to be served over HTTP or within the process (`setupServer(...stub.handlers)`). */
export interface Stub {
  handlers: HttpHandler[];
  /** Asks the handlers in this process, as if they were served at `withinProcess`. */
  fetch: typeof globalThis.fetch;
  apis: readonly ApiName[];
  /** A hash of messages, reports, flags, workspaces and availability: equal as long as nothing but reading was done. */
  digest(): string;
  /** All flags of all users, by API. Plain data, safe to keep. */
  flags(): unknown;
  /** How often each action was called, by `<api>/<action>`; calls of no known action count as `<api>/unknown`. */
  sent(): Record<string, number>;
}

/** A stub that listens. */
export interface ServedStub {
  /** Root of the server, such as `http://127.0.0.1:41234`. */
  url: string;
  stub: Stub;
  /** Stops listening and breaks open connections. */
  close(): Promise<void>;
}

/**
 * Makes a stub of these APIs. Throws an Error that names the nearest known id when a fault or variant is unknown.
 */
export function createStub(stubs: readonly StubApi[], options: StubOptions = {}): Stub {
  const { seed = 1, now = Date.now, size } = options;
  const known = <T>(pick: (stub: StubApi) => readonly T[]) => stubs.flatMap(pick);
  const chosenFaults = choose(
    'fault',
    known((stub) => stub.faults),
    options.faults ?? [],
  );
  const chosenVariants = choose(
    'variant',
    known((stub) => stub.variants),
    options.variants ?? [],
  );
  const parts = stubs.map(({ api, create }) => {
    const idsOf = (chosen: readonly (Fault | Variant)[]) => chosen.filter((it) => it.api === api).map(({ id }) => id);
    return { api, ...create({ seed, now, size, faults: idsOf(chosenFaults), variants: idsOf(chosenVariants) }) };
  });
  const handlers = parts.flatMap((part) => part.handlers);
  return {
    handlers,
    fetch: fetchFrom(handlers),
    apis: parts.map(({ api }) => api),
    digest: () => digestOf(parts.map((part) => part.digest())),
    flags: () => Object.fromEntries(parts.map((part) => [part.api, part.flags()])),
    sent: () =>
      Object.fromEntries(
        parts.flatMap((part) => Object.entries(part.sent()).map(([action, count]) => [`${part.api}/${action}`, count])),
      ),
  };
}

/** Serves a stub on the loopback. A port in use is an Error that names it. */
export async function serveStub(stubs: readonly StubApi[], options: StubOptions & Serving = {}): Promise<ServedStub> {
  const stub = createStub(stubs, options);
  const { url, close } = await serveHandlers(stub.handlers, options);
  return { url, stub, close };
}
