import { type Fronted, type Sample, watchGateways } from '../../src/environment/gateway.js';
import type { ReceivedResponse } from '../../src/exchange/index.js';
import { createRedactor } from '../../src/secrets/index.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import { parseJson, type Transport, TransportFailure } from '../../src/transport/index.js';
import { expect, test } from '../test.js';

/** What an action answers, by its name. */
type Answers = Record<string, [text: string, status?: number, headers?: Record<string, string>]>;

const own: Answers[string] = ['{"code":"0"}'];
const signIn: Answers[string] = ['<title>Sign in canary-0123</title>', 200];

function received([text, status = 200, headers = {}]: Answers[string]): ReceivedResponse {
  return { status, headers, text, bytes: text.length, ...parseJson(text) };
}

/** An API with the actions `list`, `read` and `open` behind a transport that gives these answers, and what was sent. */
function watched(answers: Answers, { probesOnly = false, front = true } = {}) {
  const sent: string[] = [];
  const request = { method: 'GET', url: 'https://a.example/list', headers: {} };
  const transport: Transport = {
    async send(_request, { action }) {
      sent.push(action);
      const answer = answers[action];
      if (answer === undefined) throw new Error(`no answer for ${action}`);
      return { request, response: received(answer), startedAt: 0, durationMs: 1, attempts: 1 };
    },
  };
  const api: Fronted = {
    name: 'some',
    actions: {},
    target: {
      schema: () => ({ $id: 'x', title: 'x', description: 'x' }),
      resolve: () => ({ url: 'https://a.example' }),
      secrets: () => [],
      identities: () => [],
      starter: {},
      ofStub: () => ({}),
      standIn: (stub) => stub,
    },
    ...(front && {
      front: {
        isOwn: (body) => typeof body === 'object' && body !== null && 'code' in body,
        samples: (_target, wire): Sample[] =>
          ['list', 'read'].map((action) => ({
            action,
            ...(probesOnly && { isProbe: true }),
            send: async () => (await wire.transport.send(request, { api: 'some', action })).response,
          })),
      },
    }),
  };
  const target: ResolvedTarget = {
    source: 'stub',
    name: 'stub',
    allow: 'read',
    timeoutMs: 1000,
    clockToleranceSeconds: 1,
    exclusive: false,
    connections: {},
    without: {},
    sections: { some: { url: 'https://a.example' } },
    secrets: ['canary-0123'],
    variables: new Map(),
  };
  const through = watchGateways(transport, { target, apis: [api], redactor: createRedactor(target.secrets) });
  const ask = (action: string, isProbe?: boolean) => through.send(request, { api: 'some', action, isProbe });
  return { ask, sent };
}

async function failureOf(promise: Promise<unknown>): Promise<TransportFailure> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TransportFailure);
  return error as TransportFailure;
}

test('what the API answers passes, and asks nothing else', async () => {
  const { ask, sent } = watched({ list: own });
  expect((await ask('list')).response.json).toEqual({ code: '0' });
  expect(sent).toEqual(['list']);
});

test('a page that every action meets is the environment, with the page as evidence and no credential', async () => {
  const { ask } = watched({ list: signIn, read: signIn, open: signIn });
  for (const action of ['list', 'open']) {
    const failure = await failureOf(ask(action));
    expect(failure).toMatchObject({ kind: 'not-the-api', blame: 'environment', attempts: 1 });
    expect(failure.message).toBe(
      'a.example answers every action with something else than the API: HTTP 200 with a page titled "Sign in ***"',
    );
    expect(failure.response?.status).toBe(200);
  }
});

test('a page that one action answers is its own; it is asked about once', async () => {
  const { ask, sent } = watched({ list: own, read: signIn });
  for (let i = 0; i < 3; i += 1) expect((await ask('read')).response.status).toBe(200);
  expect(sent).toEqual(['read', 'list', 'read', 'read']);
});

test('a redirect of one action is its own too, and one of all is not', async () => {
  const away: Answers[string] = ['', 302, { location: '/login' }];
  expect((await watched({ list: own, read: away }).ask('read')).response.status).toBe(302);
  await failureOf(watched({ list: away, read: away }).ask('read'));
});

test('pages of different kinds are the server, unless their status is that of a gateway', async () => {
  const other: Answers[string] = ['<title>Other</title>', 200];
  expect((await watched({ list: other, read: signIn }).ask('read')).response.status).toBe(200);
  await failureOf(watched({ list: other, read: ['<title>Down</title>', 500] }).ask('read'));
});

test('a server that has spoken and then fails at every action is not excused, unless another name says so', async () => {
  const answers: Answers = { list: own, read: own };
  const { ask, sent } = watched(answers);
  await ask('list');
  Object.assign(answers, { list: ['<title>Fatal error</title>', 500], read: ['', 500] });
  for (const action of ['list', 'read']) expect((await ask(action)).response.status).toBe(500);
  expect(sent).toEqual(['list', 'list', 'read']);
  Object.assign(answers, { list: ['', 500, { server: 'kong' }], read: ['', 500, { server: 'kong' }] });
  await failureOf(ask('list'));
  Object.assign(answers, { list: ['', 503], read: ['', 503] });
  await failureOf(ask('read'));
});

test('what comes in mid-run is told from what an action answered before', async () => {
  const answers: Answers = { list: own, read: ['<title>Broken</title>', 200] };
  const { ask } = watched(answers);
  await ask('read');
  Object.assign(answers, { list: signIn, read: signIn });
  await failureOf(ask('read'));
});

test('bad input may be refused by a page, while the same action serves what is legal', async () => {
  const { ask, sent } = watched({ list: own, read: ['<title>Bad Request</title>', 400] });
  expect((await ask('read', true)).response.status).toBe(400);
  expect(sent).toEqual(['read', 'list']);
});

test('where only probes can be asked, a page that bad input meets says nothing', async () => {
  const page: Answers[string] = ['<title>Forbidden</title>', 403];
  const { ask } = watched({ list: page, read: page }, { probesOnly: true });
  expect((await ask('read', true)).response.status).toBe(403);
  await failureOf(ask('read'));
});

test('a page of one action is not the doing of the server where somebody else sent it by name', async () => {
  const named = (text: string, status: number, server?: string, via?: string): Answers[string] => [
    text,
    status,
    { ...(server !== undefined && { server }), ...(via !== undefined && { via }) },
  ];
  const answers = (blocked: Answers[string]): Answers => ({
    list: named('{"code":"0"}', 200, 'chat/1.2', '1.1 0a1b2c3d4e.edge.example'),
    read: blocked,
  });
  const denied = '<title>Access Denied</title>';
  const failure = await failureOf(watched(answers(named(denied, 403, 'AkamaiGHost'))).ask('read', true));
  expect(failure).toMatchObject({ kind: 'intercepted', blame: 'environment' });
  expect(failure.message).toBe(
    'a.example answers read with something else than the API: HTTP 403 with a page titled "Access Denied" [Server: AkamaiGHost]',
  );
  expect((await failureOf(watched(answers(named('', 413))).ask('read'))).mend).toContain('longer bodies');
  const own = named(denied, 403, 'chat/1.3', '1.1 9f8e7d6c5b.edge.example');
  expect((await watched(answers(own)).ask('read')).response.status).toBe(403);
});

test('an action that fails is no sign of the API', async () => {
  await failureOf(watched({ read: ['', 401] }).ask('read'));
  expect((await watched({ read: signIn }).ask('read')).response.status).toBe(200);
});

test('an API that says nothing of itself is taken as it comes', async () => {
  expect((await watched({ list: signIn, read: signIn }, { front: false }).ask('list')).response.status).toBe(200);
});
