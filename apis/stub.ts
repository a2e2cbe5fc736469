/** The simulated servers of the APIs that come along. Heavy: what serves them is loaded with this module. */
import type { HttpHandler } from 'msw';
import {
  type Fault,
  type ServedStub,
  type Serving,
  type Stub,
  type StubApi,
  type StubOptions,
  serveStub as serve,
  createStub as stubOf,
  type Variant,
} from '../src/stub/index.js';
import { stubTarget as targetOf } from '../src/target/index.js';
import type { Target } from '../types/target.js';
import { genesysStub } from './genesys/stub/index.js';
import { gmsStub } from './gms/stub/index.js';
import { apis } from './index.js';
import { ozekiStub } from './ozeki/stub/index.js';
import { relationStub } from './relation/stub/index.js';

const stubs: readonly StubApi[] = [ozekiStub, genesysStub, relationStub, gmsStub];

/** Every fault, of all APIs. */
export const faults: readonly Fault[] = stubs.flatMap((stub) => stub.faults);

/** Every variant, of all APIs. */
export const variants: readonly Variant[] = stubs.flatMap((stub) => stub.variants);

/**
 * Makes a stub of all APIs. Throws an Error that names the nearest known id when a fault or variant is unknown.
 *
 * @example
 * const server = setupServer(...createStub({ faults: ['ozeki-page-edge'] }).handlers);
 */
export function createStub(options: StubOptions = {}): Stub {
  return stubOf(stubs, options);
}

/**
 * Serves a stub of all APIs on the loopback. A port in use is an Error that names it.
 */
export function serveStub(options: StubOptions & Serving = {}): Promise<ServedStub> {
  return serve(stubs, options);
}

/** The target file for a stub of this seed at `url`, with its credentials. */
export function stubTarget(options: { seed?: number; url: string; size?: { pairs?: number } }): Target {
  return targetOf(apis, options) as unknown as Target;
}

/**
 * MSW handlers of an Ozeki server on any host, at `/ozeki/index.php`, over a fresh state of their own. Its accounts are those of
 * `stubTarget({ seed, url })`. Throws for a fault or variant that it does not know.
 *
 * @example
 * const server = setupServer(...ozekiHandlers());
 */
export function ozekiHandlers(options: StubOptions = {}): HttpHandler[] {
  return stubOf([ozekiStub], options).handlers;
}

/** MSW handlers of a Genesys server on any host, at `/api/v2/chats`, over a fresh state of their own. */
export function genesysHandlers(options: StubOptions = {}): HttpHandler[] {
  return stubOf([genesysStub], options).handlers;
}

/** MSW handlers of a GMS server on any host, at `/genesys/2/chat`, over a fresh state of their own. */
export function gmsHandlers(options: StubOptions = {}): HttpHandler[] {
  return stubOf([gmsStub], options).handlers;
}

/** MSW handlers of a Relation server on any host, at `/api/v1/message`, over a fresh state of their own. */
export function relationHandlers(options: StubOptions = {}): HttpHandler[] {
  return stubOf([relationStub], options).handlers;
}
