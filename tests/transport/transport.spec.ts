import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import type { SentRequest } from '../../src/exchange/index.js';
import { type About, createTransport, TransportFailure, type TransportOptions } from '../../src/transport/index.js';
import { expect, test } from '../test.js';
import * as hostile from './hostile-servers.js';

const about: About = { api: 'ozeki', action: 'list' };

function post(url: string, body = '{"action":"list"}', headers: Record<string, string> = {}): SentRequest {
  return { method: 'POST', url, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

async function failureOf(promise: Promise<unknown>): Promise<TransportFailure> {
  const error = await promise.then(
    () => new Error('an answer came'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TransportFailure);
  return error as TransportFailure;
}

/** Serves the behaviour, sends one request, and tells how it failed. */
async function failureAt(behaviour: hostile.Behaviour, options: Partial<TransportOptions> = {}) {
  await using server = await hostile.serve(behaviour);
  const failure = await failureOf(createTransport({ timeoutMs: 400, ...options }).send(post(server.url), about));
  return { failure, requests: server.requests };
}

/** Serves the behaviour, sends one request, and returns the answer. */
async function answerAt(behaviour: hostile.Behaviour, options: Partial<TransportOptions> = {}) {
  await using server = await hostile.serve(behaviour);
  const answer = await createTransport({ timeoutMs: 5000, ...options }).send(post(server.url), about);
  return { ...answer, requests: server.requests };
}

test.describe('an ordinary exchange', () => {
  test('sends method, headers and body as given and returns the answer parsed', async () => {
    await using server = await hostile.serve(hostile.answers('{"a":[1,"ü"]}', 201, { 'X-Thing': 'one' }));
    const request = post(`${server.url}/p?q=1`, '{"text":"ü"}', { 'Ozeki-User': 'alice' });
    const { response, attempts, startedAt, durationMs } = await createTransport({ timeoutMs: 5000 }).send(
      request,
      about,
    );
    expect(response).toMatchObject({ status: 201, text: '{"a":[1,"ü"]}', bytes: 14, json: { a: [1, 'ü'] } });
    expect(response.headers).toMatchObject({ 'x-thing': 'one', 'content-type': 'application/json' });
    expect(attempts).toBe(1);
    expect(startedAt).toBeGreaterThan(1.7e12);
    expect(durationMs).toBeGreaterThanOrEqual(0);
    expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/p?q=1', body: '{"text":"ü"}' });
    expect(server.requests[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'ozeki-user': 'alice' });
  });

  test('a request without Content-Type is sent without', async () => {
    await using server = await hostile.serve(hostile.answers());
    await createTransport({ timeoutMs: 5000 }).send(
      { method: 'POST', url: server.url, headers: {}, body: '{}' },
      about,
    );
    expect(server.requests[0]?.headers['content-type']).toBeUndefined();
  });

  test('a GET has no body', async () => {
    await using server = await hostile.serve(hostile.answers());
    const transport = createTransport({ timeoutMs: 5000 });
    const { response } = await transport.send({ method: 'GET', url: server.url, headers: {}, body: '' }, about);
    expect(response.json).toEqual({ ok: true });
    const failure = await failureOf(transport.send({ ...post(server.url), method: 'GET' }, about));
    expect(failure).toMatchObject({ kind: 'unsendable', blame: 'environment', attempts: 0 });
  });

  test('interceptors answer, and can stand in for a broken connection', async () => {
    const interceptor = setupServer(
      http.post('http://stub.test/ok', () => HttpResponse.json({ a: 1 })),
      http.post('http://stub.test/away', () => new HttpResponse(null, { status: 302, headers: { location: '/ok' } })),
      http.post('http://stub.test/broken', () => HttpResponse.error()),
      http.post('http://stub.test/hangs', () => new Promise<never>(() => undefined)),
    );
    interceptor.listen({ onUnhandledRequest: 'error' });
    try {
      const transport = createTransport({ timeoutMs: 300 });
      expect((await transport.send(post('http://stub.test/ok'), about)).response.json).toEqual({ a: 1 });
      expect((await transport.send(post('http://stub.test/away'), about)).response.status).toBe(302);
      const broken = await failureOf(transport.send(post('http://stub.test/broken'), about));
      expect(broken).toMatchObject({ kind: 'reset', blame: 'server' });
      const hangs = await failureOf(transport.send(post('http://stub.test/hangs'), about));
      expect(hangs).toMatchObject({ kind: 'timeout', blame: 'server' });
    } finally {
      interceptor.close();
    }
  });
});

test.describe('answers that are no JSON are answers', () => {
  const cases: [string, hostile.Behaviour, Partial<{ status: number; notJson: string }>][] = [
    ['HTML', hostile.answersHtml, { status: 200, notJson: 'the body is HTML' }],
    ['invalid UTF-8', hostile.answersInvalidUtf8, { status: 200, notJson: 'not UTF-8' }],
    ['100,000 levels', hostile.answersDeepJson(), { status: 200, notJson: 'nested deeper than 512 levels' }],
    ['100,000 open brackets', hostile.answers('['.repeat(100_000)), { notJson: 'nested deeper than 512 levels' }],
    ['an empty body', hostile.answers(''), { notJson: 'the body is empty' }],
    ['a loop of redirects', hostile.redirectsInALoop, { status: 307, notJson: 'the body is empty' }],
    ['a Content-Length too short', hostile.contentLengthTooShort, { status: 200 }],
  ];
  for (const [name, behaviour, expected] of cases) {
    test(name, async () => {
      const { response, requests } = await answerAt(behaviour);
      expect(response).toMatchObject(expected);
      expect(response.json).toBeUndefined();
      expect(response.notJson).toBeTruthy();
      expect(requests).toHaveLength(1);
    });
  }

  test('512 levels are still read', async () => {
    const { response } = await answerAt(hostile.answersDeepJson(512));
    expect(response.notJson).toBeUndefined();
    expect(Array.isArray(response.json)).toBe(true);
  });

  test('brackets within strings do not nest', async () => {
    const value = { text: `\\"${'['.repeat(1000)}` };
    const { response } = await answerAt(hostile.answers(JSON.stringify(value)));
    expect(response.json).toEqual(value);
  });

  test('a byte order mark before the JSON is kept and named', async () => {
    const { response } = await answerAt(hostile.answers('\uFEFF{"a":1}'));
    const notJson = 'a byte order mark stands before the JSON';
    expect(response).toMatchObject({ text: '\uFEFF{"a":1}', bytes: 10, notJson });
  });

  test('why it is no JSON is said without quoting the body', async () => {
    for (const body of [
      'canary-secret',
      '{"a":canary-secret}',
      '{"token":"canary-secret",}',
      `[${'1,'.repeat(50)}canary-secret]`,
    ]) {
      const { response } = await answerAt(hostile.answers(body));
      expect(response.notJson).toBeTruthy();
      expect(response.notJson).not.toMatch(/anary|secr/);
    }
  });

  test('an interim answer is passed over', async () => {
    const { response } = await answerAt(hostile.sendsOneInterimAnswer);
    expect(response).toMatchObject({ status: 200, json: { a: 1 } });
  });
});

test.describe('what no usable answer is', () => {
  const cases: [string, hostile.Behaviour, { kind: string; blame: string; message: string | RegExp }][] = [
    [
      'never answers',
      hostile.neverAnswers,
      { kind: 'timeout', blame: 'server', message: 'no complete answer within 400 ms' },
    ],
    [
      'a byte now and then',
      hostile.dripsBytes(50),
      { kind: 'timeout', blame: 'server', message: 'no complete answer within 400 ms' },
    ],
    [
      'interim answers forever',
      hostile.sendsInterimAnswersForever(),
      { kind: 'timeout', blame: 'server', message: /within 400 ms/ },
    ],
    [
      'headers forever',
      hostile.sendsHeadersForever,
      { kind: 'too-large', blame: 'server', message: /headers .* too large/ },
    ],
    [
      'resets',
      hostile.resets,
      { kind: 'reset', blame: 'server', message: 'the connection was reset before the answer was complete' },
    ],
    [
      'resets in mid-body',
      hostile.resetsInMidBody,
      { kind: 'reset', blame: 'server', message: /reset before the answer was complete/ },
    ],
    [
      'closes without answer',
      hostile.closesWithoutAnswer,
      { kind: 'reset', blame: 'server', message: /closed without a complete answer/ },
    ],
    [
      'closes in mid-body',
      hostile.closesInMidBody,
      { kind: 'truncated', blame: 'server', message: /closed before the answer was complete/ },
    ],
    [
      'a Content-Length too long',
      hostile.contentLengthTooLong,
      { kind: 'truncated', blame: 'server', message: /closed before/ },
    ],
    ['no HTTP', hostile.talksNoHttp, { kind: 'not-http', blame: 'server', message: /no valid HTTP/ }],
    ['switches protocols', hostile.switchesProtocols, { kind: 'not-http', blame: 'server', message: /101/ }],
    ['corrupt gzip', hostile.corruptGzip, { kind: 'corrupt', blame: 'server', message: /cannot be decompressed/ }],
    [
      'an unasked 100 Continue',
      hostile.sendsContinue,
      { kind: 'not-http', blame: 'environment', message: /100 Continue/ },
    ],
  ];
  for (const [name, behaviour, { kind, blame, message }] of cases) {
    test(name, async () => {
      const { failure, requests } = await failureAt(behaviour);
      expect({ kind: failure.kind, blame: failure.blame, attempts: failure.attempts }).toEqual({
        kind,
        blame,
        attempts: 1,
      });
      if (typeof message === 'string') expect(failure.message).toBe(message);
      else expect(failure.message).toMatch(message);
      expect(failure.request.body).toBe('{"action":"list"}');
      expect(requests).toHaveLength(1);
    });
  }

  for (const [name, behaviour] of [
    ['200 MB', hostile.sendsZeros()],
    ['a gzip bomb', hostile.gzipBomb()],
  ] as const) {
    test(`${name}: cut off, and the connection is closed`, async () => {
      await using server = await hostile.serve(behaviour);
      const failure = await failureOf(createTransport({ timeoutMs: 20_000 }).send(post(server.url), about));
      expect(failure).toMatchObject({
        kind: 'too-large',
        blame: 'server',
        message: 'the answer is larger than 8 MiB and was cut off',
      });
      await expect.poll(() => server.open()).toBe(0);
    });
  }

  test('a timeout closes the connection', async () => {
    await using server = await hostile.serve(hostile.neverAnswers);
    await failureOf(createTransport({ timeoutMs: 100 }).send(post(server.url), about));
    await expect.poll(() => server.open()).toBe(0);
  });

  test('a refused connection is the environment', async () => {
    const url = await hostile.refusesConnections();
    const failure = await failureOf(createTransport({ timeoutMs: 5000 }).send(post(url), about));
    expect(failure).toMatchObject({ kind: 'refused', blame: 'environment', code: 'ECONNREFUSED' });
    expect(failure.message).toBe(`${new URL(url).host} refuses connections (ECONNREFUSED)`);
  });

  test('an unknown name is the environment', async () => {
    const failure = await failureOf(
      createTransport({ timeoutMs: 10_000 }).send(post('http://no-such-host.invalid/'), about),
    );
    expect(failure).toMatchObject({ kind: 'unreachable', blame: 'environment' });
  });

  test('TLS that fails, or never ends its handshake, is the environment', async () => {
    await using plain = await hostile.serve(hostile.answers());
    const https = plain.url.replace('http:', 'https:');
    const fails = await failureOf(createTransport({ timeoutMs: 5000 }).send(post(https), about));
    expect(fails).toMatchObject({ kind: 'unreachable', blame: 'environment' });

    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = silent.address() as { port: number };
      const hangs = await failureOf(
        createTransport({ timeoutMs: 300 }).send(post(`https://127.0.0.1:${port}/`), about),
      );
      expect(hangs).toMatchObject({ kind: 'unreachable', blame: 'environment' });
      expect(hangs.message).toBe(`127.0.0.1:${port} does not accept connections within 300 ms`);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });
});

test.describe('redirects', () => {
  test('to another host are not followed: it sees no request', async () => {
    await using other = await hostile.serve(hostile.answers());
    const { response } = await answerAt(hostile.redirectsTo(`${other.url}/steal`));
    expect(response.status).toBe(307);
    expect(response.headers.location).toBe(`${other.url}/steal`);
    expect(other.requests).toHaveLength(0);
  });
});

test.describe('rate limits and gateways', () => {
  test('502 now and then is tried again', async () => {
    const { response, attempts } = await answerAt(hostile.badGatewayNowAndThen(2));
    expect(response.status).toBe(200);
    expect(attempts).toBe(2);
  });

  test('429 with a short Retry-After is tried again', async () => {
    const behaviour = hostile.onSome((_seen, count) => count === 1, hostile.tooManyRequests('0'), hostile.answers());
    const { attempts, busy } = await answerAt(behaviour);
    expect(attempts).toBe(2);
    expect(busy).toMatchObject([{ status: 429 }]);
  });

  test('Retry-After may be a date, also one that is over', async () => {
    const past = new Date(Date.now() - 60_000).toUTCString();
    const { failure, requests } = await failureAt(hostile.tooManyRequests(past));
    expect(failure).toMatchObject({ kind: 'rate-limit', blame: 'environment', attempts: 4 });
    expect(requests).toHaveLength(4);
  });

  test('429 for good fails after four attempts, with the last answer', async () => {
    const { failure, requests } = await failureAt(hostile.tooManyRequests());
    expect(failure).toMatchObject({ kind: 'rate-limit', blame: 'environment', attempts: 4 });
    expect(failure.message).toBe('the rate limit was reached: 429 4 times');
    expect(failure.response).toMatchObject({ status: 429, json: { error: 'slow down' } });
    expect(requests).toHaveLength(4);
  });

  for (const [name, retryAfter] of [
    ['seconds', '3600'],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString()],
  ] as const) {
    test(`a long Retry-After (${name}) is not waited for`, async () => {
      const { failure, requests } = await failureAt(hostile.unavailable(retryAfter));
      expect(failure).toMatchObject({ kind: 'gateway', blame: 'environment', attempts: 1 });
      expect(failure.message).toMatch(/503; it asks to wait 3(600|59\d) s, longer than the 5 s that a run waits/);
      expect(requests).toHaveLength(1);
    });
  }

  test('other errors of the server are answers', async () => {
    const { response, requests } = await answerAt(hostile.answers('{"e":1}', 500));
    expect(response.status).toBe(500);
    expect(requests).toHaveLength(1);
  });

  test('where a gateway lets few requests in at the same time, they go one after the other', async () => {
    let [open, most] = [0, 0];
    const gateway = async () => {
      open += 1;
      most = Math.max(most, open);
      const status = open > 2 ? 503 : 200;
      await sleep(20);
      open -= 1;
      return new Response('{}', { status });
    };
    const { send } = createTransport({ timeoutMs: 5000, fetch: gateway });
    const sendAll = () => Promise.all(Array.from({ length: 6 }, () => send(post('http://127.0.0.1/'), about)));
    const first = await sendAll();
    expect(first.map(({ response }) => response.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect([most, first.every(({ attempts }) => attempts <= 2)]).toEqual([6, true]);
    most = 0;
    await sendAll();
    expect(most).toBe(1);
  });
});

test.describe('a kept connection that the server closes at the moment of use', () => {
  /** Answers the first request of each connection and resets it at the second. */
  const onceEach = (): hostile.Behaviour => {
    const used = new WeakSet<Socket>();
    return (request, response, seen) => {
      if (used.has(request.socket)) return hostile.resets(request, response, seen);
      used.add(request.socket);
      hostile.answers()(request, response, seen);
    };
  };

  test('is tried once more where the request may be repeated', async () => {
    await using server = await hostile.serve(onceEach());
    const transport = createTransport({ timeoutMs: 5000 });
    await transport.send(post(server.url), about);
    await sleep(50); // fetch frees a connection a moment after the body ends
    const { response, attempts } = await transport.send(post(server.url), { ...about, repeatable: true });
    expect(response.status).toBe(200);
    expect(attempts).toBe(2);
  });

  test('is a failure else: the request may have been carried out', async () => {
    await using server = await hostile.serve(onceEach());
    const transport = createTransport({ timeoutMs: 5000 });
    await transport.send(post(server.url), about);
    await sleep(50); // fetch frees a connection a moment after the body ends
    const failure = await failureOf(transport.send(post(server.url), about));
    expect(failure).toMatchObject({ kind: 'reset', attempts: 1 });
  });

  test('is tried once more after a pause: it was closed for being idle', async () => {
    await using server = await hostile.serve(onceEach());
    const transport = createTransport({ timeoutMs: 5000 });
    await transport.send(post(server.url), about);
    await sleep(300);
    const { response, attempts } = await transport.send(post(server.url), about);
    expect(response.status).toBe(200);
    expect(attempts).toBe(2);
  });

  test('a fresh connection that is reset is a failure, repeatable or not', async () => {
    await using server = await hostile.serve(hostile.resets);
    const failure = await failureOf(
      createTransport({ timeoutMs: 5000 }).send(post(server.url), { ...about, repeatable: true }),
    );
    expect(failure.attempts).toBe(1);
    expect(server.requests).toHaveLength(1);
  });
});

test.describe('no credential in a failure', () => {
  const secret = 'canary-0123456789';

  test('neither in its message nor when it is printed', async () => {
    await using server = await hostile.serve(hostile.answers(`{"echo":"${secret}"}`, 503, { 'retry-after': '99' }));
    const request = post(`${server.url}/?token=${secret}`, `{"apikey":"${secret}"}`, { Authorization: secret });
    const failure = await failureOf(createTransport({ timeoutMs: 5000 }).send(request, about));
    for (const shown of [
      failure.message,
      failure.stack ?? '',
      inspect(failure, { depth: 9 }),
      JSON.stringify(failure),
    ]) {
      expect(shown).not.toContain(secret);
    }
    expect(failure.response?.text).toContain(secret);
  });

  for (const [name, request] of [
    ['a URL with a password', post(`http://user:${secret}@127.0.0.1:1/`)],
    ['a URL that is none', post(`not a url ${secret}`)],
    ['a scheme that is not HTTP', post(`file:///${secret}`)],
    ['a header value with a line break', post('http://127.0.0.1:9/', '{}', { Authorization: `${secret}\r\nX: y` })],
    ['a header value beyond Latin-1', post('http://127.0.0.1:9/', '{}', { Authorization: `${secret}€` })],
    ['a header name with a blank', post('http://127.0.0.1:9/', '{}', { [`a ${secret}`]: 'x' })],
    ['a header that fetch manages itself', post('http://127.0.0.1:9876/', '{}', { 'Transfer-Encoding': secret })],
    ['a port closed to HTTP clients', post('http://127.0.0.1:1/', '{}', { Authorization: secret })],
  ] as const) {
    test(`${name} cannot be sent, and is not quoted`, async () => {
      const failure = await failureOf(createTransport({ timeoutMs: 2000 }).send(request, about));
      expect(failure).toMatchObject({ kind: 'unsendable', blame: 'environment' });
      expect(`${failure.message} ${failure.stack}`).not.toContain(secret);
    });
  }
});
