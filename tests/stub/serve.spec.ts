import { type HttpHandler, HttpResponse, http } from 'msw';
import { cutOff, jsonAnswer, send } from '../../src/stub/answer.js';
import { fetchFrom, serveHandlers, withinProcess } from '../../src/stub/serve.js';
import { createTransport, TransportFailure } from '../../src/transport/index.js';
import { expect, test } from '../test.js';

const handlers: HttpHandler[] = [
  http.post('*/echo', async ({ request }) =>
    HttpResponse.text(await request.text(), {
      headers: { 'x-asked-by': request.headers.get('ozeki-user') ?? 'nobody' },
    }),
  ),
  http.post('*/cookies', () =>
    HttpResponse.json(
      {},
      {
        headers: [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ],
      },
    ),
  ),
  http.post('*/refused', () => HttpResponse.html('<!doctype html><title>no</title>', { status: 403 })),
  http.post('*/moved', () => new HttpResponse(null, { status: 302, headers: { location: '/echo' } })),
  http.post('*/empty', () => new HttpResponse(null, { status: 204 })),
  http.post('*/binary', () => HttpResponse.arrayBuffer(new Uint8Array([0xff, 0xfe, 0x00]).buffer)),
  http.post('*/cut', () => send(cutOff(jsonAnswer(200, { messages: [] })))),
  http.post('*/broken', () => HttpResponse.error()),
  http.post('*/failed', () => {
    throw new Error('of the handler');
  }),
  http.post('*/silent', () => new Promise(() => {})),
];

/** What the suite's own transport makes of the answer to one request. */
async function outcomeAt(url: string, path: string, fetch?: typeof globalThis.fetch) {
  const transport = createTransport({ timeoutMs: 300, fetch });
  const headers = { 'Content-Type': 'text/plain', 'Ozeki-User': 'alice' };
  try {
    const { response } = await transport.send(
      { method: 'POST', url: `${url}/${path}`, headers, body: '{"text":"ü"}' },
      { api: 'ozeki', action: 'list' },
    );
    const { status, text, json, notJson } = response;
    const { 'content-type': type, 'x-asked-by': askedBy, 'set-cookie': cookies, location } = response.headers;
    return { status, text, json, notJson, type, askedBy, cookies, location };
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    const { kind, blame } = error;
    return { kind, blame };
  }
}

const documents = ['echo', 'cookies', 'refused', 'moved', 'empty', 'binary'];
for (const path of [...documents, 'cut', 'broken', 'failed', 'silent', 'nowhere']) {
  test(`an answer is the same within the process as over HTTP: ${path}`, async () => {
    const { url, close } = await serveHandlers(handlers);
    const overHttp = await outcomeAt(url, path);
    await close();
    const within = await outcomeAt(withinProcess, path, fetchFrom(handlers));
    expect(within).toEqual(overHttp);
  });
}

test('nobody listens elsewhere', async () => {
  const { url, close } = await serveHandlers(handlers);
  await close();
  const within = await outcomeAt('http://stub.test:81', 'echo', fetchFrom(handlers));
  expect(within).toEqual(await outcomeAt(url, 'echo'));
});
