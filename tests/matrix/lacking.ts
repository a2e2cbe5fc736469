/** Servers that lack an action. */
import { type HttpHandler, HttpResponse, http } from 'msw';
import { createStub } from '../../apis/stub.js';
import type { Api } from '../../src/api/api.js';
import { jsonOf } from '../../src/client/send.js';
import { recognise } from '../../src/recording/recognise.js';
import { type Listener, serveHandlers } from '../../src/stub/serve.js';

/** How a server of each API answers a call of an action that it does not have. */
const refusals: Record<string, object> = {
  ozeki: { status: 'ERROR', errormessage: 'There is no such action' },
  genesys: { statusCode: 1, referenceId: null, errors: [{ code: 221, advice: 'There is no such operation' }] },
  gms: { statusCode: 2, errors: [{ code: 240, advice: 'There is no such operation' }] },
  relation: { code: '10112', desc: 'There is no such operation', data: null },
};

/** A stub that refuses every call of one action. */
export function handlersWithout(api: Api, action: string): HttpHandler[] {
  const refuse = http.all('*', async ({ request }) => {
    const text = await request.clone().text();
    const asked = recognise([api], {
      method: request.method,
      url: request.url,
      headers: [...request.headers],
      json: jsonOf(text),
    });
    return asked?.action === action ? HttpResponse.json(refusals[api.name]) : undefined;
  });
  return [refuse, ...createStub().handlers];
}

/** The same, served over HTTP. */
export function serveWithout(api: Api, action: string): Promise<Listener> {
  return serveHandlers(handlersWithout(api, action));
}
