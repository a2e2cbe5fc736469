import { type Connection, plainConnection } from '../../src/exchange/connection.js';
import type { SentRequest } from '../../src/exchange/index.js';
import { type About, createTransport } from '../../src/transport/index.js';
import { expect, test } from '../test.js';
import { answers, type Behaviour, serve, unavailable } from './hostile-servers.js';

const about: About = { api: 'some', action: 'list' };

function through(connection: Partial<Connection>, run = 'run-1') {
  const connections = { some: { ...plainConnection, ...connection } };
  return createTransport({ timeoutMs: 5000, connections, run });
}

function post(url: string, headers: Record<string, string> = {}): SentRequest {
  return { method: 'POST', url, headers: { 'Content-Type': 'application/json', ...headers }, body: '{}' };
}

test('what a connection adds goes out, and is shown but for secrets', async () => {
  await using server = await serve(answers());
  const connection = { headers: { 'X-Key': 'secret', Authorization: 'Basic c2VjcmV0' }, userAgent: 'suite/1' };
  const { request } = await through(connection).send(post(server.url, { 'Ozeki-User': 'alice' }), about);
  expect(server.requests[0]?.headers).toMatchObject({
    'x-key': 'secret',
    authorization: 'Basic c2VjcmV0',
    'user-agent': 'suite/1',
    'ozeki-user': 'alice',
  });
  expect(request.headers).toEqual({
    'Content-Type': 'application/json',
    'Ozeki-User': 'alice',
    'X-Key': '***',
    Authorization: '***',
    'User-Agent': 'suite/1',
  });
});

test('another API is sent nothing of it', async () => {
  await using server = await serve(answers());
  const request = post(server.url);
  const sent = await through({ headers: { 'X-Key': 'secret' } }).send(request, { api: 'other', action: 'list' });
  expect(sent.request).toEqual(request);
  expect(server.requests[0]?.headers['x-key']).toBeUndefined();
});

test('a failure shows what was sent, but for secrets', async () => {
  await using server = await serve(unavailable('3600'));
  const failure = await through({ headers: { 'X-Key': 'secret' }, requestId: 'X-Id' })
    .send(post(server.url), { ...about, requirement: 'SO-1' })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ request: { headers: { 'X-Key': '***', 'X-Id': 'run-1/SO-1/1' } } });
});

test('request ids name run and requirement, and count, each time that something is sent', async () => {
  await using server = await serve(answers());
  const transport = through({ requestId: 'X-Id' });
  for (const requirement of ['SO-1', 'SO-2', 'SO-1', undefined])
    await transport.send(post(server.url), { ...about, requirement });
  expect(server.requests.map(({ headers }) => headers['x-id'])).toEqual([
    'run-1/SO-1/1',
    'run-1/SO-2/1',
    'run-1/SO-1/2',
    'run-1/session/1',
  ]);
  await using busy = await serve(unavailable('0'));
  await transport.send(post(busy.url), { ...about, requirement: 'SO-3' }).catch(() => undefined);
  expect(busy.requests.map(({ headers }) => headers['x-id'])).toEqual([1, 2, 3, 4].map((n) => `run-1/SO-3/${n}`));
});

test.describe('cookies', () => {
  /** Hands out a numbered cookie to whoever bears none. */
  const handsOut = (): Behaviour => {
    let count = 0;
    return (request, response, seen) => {
      count += 1;
      if (request.headers.cookie === undefined) response.setHeader('set-cookie', `s=${count}; Path=/`);
      answers()(request, response, seen);
    };
  };
  const cookiesOf = (requests: readonly { headers: Record<string, unknown> }[]) =>
    requests.map(({ headers }) => headers.cookie ?? '');

  test('go back with the account that got them alone', async () => {
    await using server = await serve(handsOut());
    const transport = through({ cookies: true });
    for (const account of ['alice', 'bob', 'alice', 'bob', undefined, undefined])
      await transport.send(post(server.url), { ...about, account });
    expect(cookiesOf(server.requests)).toEqual(['', '', 's=1', 's=2', '', '']);
  });

  test('are not kept where the target does not say so', async () => {
    await using server = await serve(handsOut());
    const transport = through({});
    for (let i = 0; i < 2; i += 1) await transport.send(post(server.url), { ...about, account: 'alice' });
    expect(cookiesOf(server.requests)).toEqual(['', '']);
  });

  test('go behind the cookie that the target gives, and neither is shown', async () => {
    await using server = await serve((request, response, seen) =>
      answers('{}', 200, { 'set-cookie': 's=1; Path=/' })(request, response, seen),
    );
    const transport = through({ cookies: true, headers: { cookie: 'sso=secret' } });
    await transport.send(post(server.url), { ...about, account: 'alice' });
    const { request } = await transport.send(post(server.url), { ...about, account: 'alice' });
    expect(cookiesOf(server.requests)).toEqual(['sso=secret', 'sso=secret; s=1']);
    expect(request.headers.cookie).toBe('***');
  });

  test('obey path and end, and one that is none is passed over', async () => {
    const lines = ['a=1; Path=/deep', 'b=2; Max-Age=0', '=', 'c=3; Path=/'];
    await using server = await serve((_request, response) => {
      response.setHeader('set-cookie', lines);
      response.end('{}');
    });
    const transport = through({ cookies: true });
    for (const path of ['/deep/x', '/deep/x', '/flat'])
      await transport.send(post(`${server.url}${path}`), { ...about, account: 'alice' });
    expect(cookiesOf(server.requests).map((text) => `${text}`.split('; ').sort().join('; '))).toEqual([
      '',
      'a=1; c=3',
      'c=3',
    ]);
  });
});

test('an answer of status 407, which fetch shows to nobody, is an answer', async () => {
  await using server = await serve(answers('{"a":1}', 407, { 'proxy-authenticate': 'Basic realm="x"' }));
  const { response } = await through({ headers: { 'X-Key': 'k' } }).send(post(server.url), about);
  expect(response).toMatchObject({ status: 407, json: { a: 1 }, headers: { 'proxy-authenticate': 'Basic realm="x"' } });
  expect(server.requests.at(-1)).toMatchObject({ method: 'POST', body: '{}', headers: { 'x-key': 'k' } });
});
