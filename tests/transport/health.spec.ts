import { type About, createHealth, createTransport, type Health, TransportFailure } from '../../src/transport/index.js';
import { expect, test } from '../test.js';
import { answers, neverAnswers, onSome, refusesConnections, resets, serve, unavailable } from './hostile-servers.js';

const host = 'chat.test';

test.describe('an action that hangs', () => {
  test('is stopped after two times, others are not', () => {
    const health = createHealth();
    health.note(host, 'ozeki.clear', 'hung');
    expect(health.stopped(host, 'ozeki.clear')).toBeUndefined();
    health.note(host, 'ozeki.clear', 'hung');
    expect(health.stopped(host, 'ozeki.clear')).toEqual({
      blame: 'server',
      reason: 'not tried again: clear gave no complete answer 2 times',
    });
    expect(health.stopped(host, 'ozeki.list')).toBeUndefined();
    expect(health.stopped('other.test', 'ozeki.clear')).toBeUndefined();
  });

  test('is not stopped where it succeeded in between', () => {
    const health = createHealth();
    for (const outcome of ['hung', 'complete', 'hung'] as const) health.note(host, 'ozeki.clear', outcome);
    expect(health.stopped(host, 'ozeki.clear')).toBeUndefined();
  });

  test('is stopped though other actions succeed in between', () => {
    const health = createHealth();
    health.note(host, 'ozeki.clear', 'hung');
    health.note(host, 'ozeki.list', 'complete');
    health.note(host, 'ozeki.clear', 'hung');
    expect(health.stopped(host, 'ozeki.clear')).toBeDefined();
  });
});

test.describe('a host that fails five times in a row', () => {
  test('is dead for all actions', () => {
    const health = createHealth();
    for (const action of ['a', 'b', 'c', 'd']) health.note(host, action, 'hung');
    expect(health.stopped(host, 'f')).toBeUndefined();
    health.note(host, 'e', 'reset');
    expect(health.stopped(host, 'f')).toEqual({
      blame: 'server',
      reason: 'not tried: chat.test gave no complete answer 5 times in a row',
    });
  });

  test('is not dead where one answer was complete in between', () => {
    const health = createHealth();
    for (const action of ['a', 'b', 'c', 'd']) health.note(host, action, 'reset');
    health.note(host, 'e', 'complete');
    health.note(host, 'f', 'reset');
    expect(health.stopped(host, 'g')).toBeUndefined();
  });

  test('is not dead for the resets of one action alone', () => {
    const health = createHealth();
    for (let count = 0; count < 9; count += 1) health.note(host, 'ozeki.clear', 'reset');
    expect(health.stopped(host, 'ozeki.list')).toBeUndefined();
  });

  test('is the environment where it never answered and refuses', () => {
    const health = createHealth();
    for (let count = 0; count < 5; count += 1) health.note(host, 'ozeki.login', 'refused');
    expect(health.stopped(host, 'ozeki.login')?.blame).toBe('environment');
  });

  test('is the server where it had answered before it refused', () => {
    const health = createHealth();
    health.note(host, 'ozeki.login', 'complete');
    for (let count = 0; count < 5; count += 1) health.note(host, 'ozeki.login', 'refused');
    expect(health.stopped(host, 'ozeki.login')?.blame).toBe('server');
  });
});

test('two that share a folder know what the other noted, also one that comes later', () => {
  const folder = test.info().outputPath('health');
  const one = createHealth({ folder });
  const two = createHealth({ folder });
  one.note(host, 'ozeki.clear', 'hung');
  two.note(host, 'ozeki.clear', 'hung');
  for (const health of [one, two, createHealth({ folder })]) {
    expect(health.stopped(host, 'ozeki.clear')?.reason).toBe('not tried again: clear gave no complete answer 2 times');
  }
  one.note(host, 'ozeki.clear', 'complete');
  expect(two.stopped(host, 'ozeki.clear')).toBeUndefined();
});

/** Sends `count` requests, of these actions in turn, and returns what became of each. */
async function sendMany(url: string, health: Health, count: number, actions: string[]): Promise<string[]> {
  const transport = createTransport({ timeoutMs: 150, health });
  const results: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const about: About = { api: 'ozeki', action: actions[index % actions.length] as string };
    const result = await transport.send({ method: 'POST', url, headers: {}, body: about.action }, about).then(
      ({ response }) => String(response.status),
      (error: unknown) => (error instanceof TransportFailure ? `${error.blame} ${error.kind}` : String(error)),
    );
    results.push(result);
  }
  return results;
}

test('hundreds of requests to a server that hangs end after a few', async () => {
  await using server = await serve(neverAnswers);
  const results = await sendMany(server.url, createHealth(), 300, ['list', 'clear', 'mute', 'hide']);
  expect(server.requests).toHaveLength(5);
  expect(results.slice(0, 5)).toEqual(Array(5).fill('server timeout'));
  expect(results.slice(5)).toEqual(Array(295).fill('server stopped'));
});

test('an action that hangs is tried twice, the others go on', async () => {
  await using server = await serve(onSome(({ body }) => body === 'clear', neverAnswers, answers()));
  const results = await sendMany(server.url, createHealth(), 20, ['list', 'clear']);
  expect(server.requests.filter(({ body }) => body === 'clear')).toHaveLength(2);
  expect(results.filter((result) => result === '200')).toHaveLength(10);
  expect(results.filter((result) => result === 'server stopped')).toHaveLength(8);
});

test('nobody at home: the environment, from the first to the last', async () => {
  const results = await sendMany(await refusesConnections(), createHealth(), 50, ['list']);
  expect(results.slice(0, 5)).toEqual(Array(5).fill('environment refused'));
  expect(results.slice(5)).toEqual(Array(45).fill('environment stopped'));
});

test('a server that dies in mid-run is to blame for it', async () => {
  const server = await serve(answers());
  const health = createHealth();
  expect(await sendMany(server.url, health, 2, ['list', 'clear'])).toEqual(['200', '200']);
  await server.close();
  const results = await sendMany(server.url, health, 20, ['list', 'clear']);
  expect(results).not.toContain('200');
  expect(results.at(-1)).toBe('server stopped');
});

test('a server that resets everything is left alone after five', async () => {
  await using server = await serve(resets);
  const results = await sendMany(server.url, createHealth(), 40, ['list', 'clear']);
  expect(server.requests).toHaveLength(5);
  expect(results.at(-1)).toBe('server stopped');
});

test('an action that is always unavailable uses up its retries twice, then is sent once each time', async () => {
  await using server = await serve(unavailable('0'));
  const results = await sendMany(server.url, createHealth(), 10, ['list']);
  expect(results).toEqual(Array(10).fill('environment gateway'));
  expect(server.requests).toHaveLength(4 + 4 + 8);
});
