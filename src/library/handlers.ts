import type { HttpHandler } from 'msw';
import type { Api } from '../exchange/index.js';
import { choose } from '../stub/choose.js';
import type { StubOptions } from '../stub/index.js';
import { registry } from '../stub/registry.js';

/**
 * MSW handlers of an Ozeki server on any host, at `/ozeki/index.php`, over a fresh state of their own. Its accounts are those of
 * `stubTarget({ seed, url })`. Throws for a fault or variant that it does not know.
 *
 * @example
 * const server = setupServer(...ozekiHandlers());
 */
export function ozekiHandlers(options: StubOptions = {}): HttpHandler[] {
  return handlersOf('ozeki', options);
}

/** MSW handlers of a Genesys server on any host, at `/api/v2/chats`, over a fresh state of their own. */
export function genesysHandlers(options: StubOptions = {}): HttpHandler[] {
  return handlersOf('genesys', options);
}

/** MSW handlers of a Relation server on any host, at `/api/v1/message`, over a fresh state of their own. */
export function relationHandlers(options: StubOptions = {}): HttpHandler[] {
  return handlersOf('relation', options);
}

function handlersOf(api: Api, { seed = 1, now = Date.now, faults = [], variants = [] }: StubOptions): HttpHandler[] {
  const parts = registry.filter((part) => part.api === api);
  return parts.flatMap((part) => {
    // A mistaken id must not pass for a healthy server.
    choose('fault', part.faults, faults);
    choose('variant', part.variants, variants);
    return part.create({ seed, now, faults, variants }).handlers;
  });
}
