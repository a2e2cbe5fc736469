import { targetFromText } from '../apis.js';
/** The stub behind servers that alter it, and targets for them. */

import { serveStub, stubTarget } from '../../apis/stub.js';
import type { ServedStub } from '../../src/stub/index.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import type { Target } from '../../types/target.js';
import { type Behaviour, type HostileServer, type SeenRequest, serve } from '../transport/hostile-servers.js';

/** Answers JSON in place of the stub. */
export function says(body: unknown, status = 200): Behaviour {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What an Ozeki request asks for, such as `chatlogin login`. */
export function asksFor({ path, body }: SeenRequest): string {
  const api = new URL(path, 'http://host').searchParams.get('api');
  return `${api} ${/"action":"(\w+)"/.exec(body)?.[1]}`;
}

/** A server before the stub: does what `alter` gives for a request, else what the stub does. */
export async function before(
  stub: ServedStub,
  alter: (seen: SeenRequest) => Behaviour | undefined,
): Promise<HostileServer> {
  return serve((request, response, seen) => {
    const instead = alter(seen);
    if (instead !== undefined) return instead(request, response, seen);
    const { method, path, body } = seen;
    const headers = Object.entries(seen.headers).filter(([name]) =>
      /^(ozeki-|content-type|apikey|authorization)/.test(name),
    );
    fetch(`${stub.url}${path}`, { method, headers: headers as [string, string][], ...(body === '' ? {} : { body }) })
      .then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      })
      .catch(() => response.destroy());
  });
}

/** A healthy stub for one test: `await using`. */
export async function healthyStub(): Promise<ServedStub & AsyncDisposable> {
  const served = await serveStub();
  return { ...served, [Symbol.asyncDispose]: served.close };
}

/** The stub's target at `url` with two pairs, changed by `change`; `file` need not exist. */
export function targetAt(
  url: string,
  change: (target: Target) => void = () => {},
  file = '/no/such/folder/target.json',
): ResolvedTarget {
  const target = structuredClone(stubTarget({ url }));
  target.ozeki?.pairs.splice(2);
  change(target);
  return targetFromText(JSON.stringify(target), file, {});
}
