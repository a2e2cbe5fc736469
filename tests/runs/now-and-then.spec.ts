/** Servers that are sound most of the time, and what is said of them: in the process, and one by a run. */

import { apis as known } from '../../apis/index.js';
import { createStub, stubTarget } from '../../apis/stub.js';
import { named } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Verdict } from '../../src/verdict/index.js';
import { command, folder } from '../cli/command.js';
import { long } from '../long.js';
import { verdictOn } from '../matrix/checks.js';
import { expect, test } from '../test.js';
import * as hostile from '../transport/hostile-servers.js';
import { checkEnded, makePlace, of, runArgs, start, writeTarget } from './runs.js';
import { ozekiAction, stubBehaviour } from './stub-behaviour.js';

test.describe.configure({ timeout: 240_000 });

/** Long enough for a sound answer on a busy machine. */
const timeoutMs = 2500;

/** What an API is judged by. */
interface Asked {
  name: string;
  allow: 'read' | 'write' | 'destroy';
  /** The actions whose rows are checked; all where left out. */
  actions?: readonly string[];
}

async function judged({ url }: hostile.HostileServer, { name, allow, actions }: Asked): Promise<Verdict> {
  const target = resolveTarget({ ...stubTarget({ url }), allow, timeoutMs }, 'stub', known);
  const api = named(known, name);
  const environment = createEnvironment(target, { apis: [api] });
  return verdictOn(api, environment, ({ action }) => actions?.includes(action) ?? true, { slots: 3 });
}

test('502 now and then is retried, and nobody is blamed', long, async () => {
  const sound = stubBehaviour(createStub());
  const gateway = hostile.answers('<html>Bad Gateway</html>', 502, { 'content-type': 'text/html' });
  await using server = await hostile.serve(hostile.onSome((_seen, count) => count % 7 === 0, gateway, sound));
  const verdict = await judged(server, { name: 'ozeki', allow: 'read' });
  expect(verdict.verdict).toBe('partial');
  expect(of(verdict, 'fail', 'warn', 'error')).toEqual([]);
});

test('429 now and then, with and without Retry-After, is retried, and nobody is blamed', long, async () => {
  const sound = stubBehaviour(createStub());
  const waits = [undefined, '0', '1', '0', '0'];
  let told = 0;
  const busy: hostile.Behaviour = (...given) => hostile.tooManyRequests(waits[told++ % waits.length])(...given);
  await using server = await hostile.serve(hostile.onSome((_seen, count) => count % 13 === 0, busy, sound));
  const verdict = await judged(server, { name: 'ozeki', allow: 'read' });
  expect(verdict.verdict).toBe('partial');
  expect(of(verdict, 'fail', 'warn', 'error')).toEqual([]);
  expect(told).toBeGreaterThan(waits.length);
});

test('a server that resets now and then is blamed', long, async () => {
  const sound = stubBehaviour(createStub());
  await using server = await hostile.serve(hostile.onSome((_seen, count) => count % 20 === 0, hostile.resets, sound));
  const verdict = await judged(server, { name: 'relation', allow: 'write' });
  expect(verdict.verdict).toBe('non-conformant');
  expect(of(verdict, 'error').map(({ cause, reason }) => [cause, reason])).toContainEqual([
    'server',
    'the connection was reset before the answer was complete',
  ]);
});

test('a server that dies in mid-run gives errors, and nothing passes after its death', long, async () => {
  const sound = stubBehaviour(createStub());
  const server = await hostile.serve((request, response, seen) => {
    if (server.requests.length > 60) void server.close();
    else sound(request, response, seen);
  });
  await using _closed = server;
  const place = makePlace();
  writeTarget(place, server.url, (target) => {
    Object.assign(target, { allow: 'read', timeoutMs });
  });
  const verdict = checkEnded(await start(place, runArgs(['relation'], { workers: 3 })).ended, place, ['relation']);
  expect(['non-conformant', 'unjudged']).toContain(verdict.verdict);
  expect(of(verdict, 'error').length).toBeGreaterThan(8);
  for (const { reason } of of(verdict, 'error')) expect(reason).toMatch(/refuses connections|not tried|connection was/);
  expect(of(verdict, 'pass').length).toBeLessThan(10);
});

test('a server that cannot be reached is not judged', async () => {
  writeTarget(folder(), await hostile.refusesConnections());
  const apis = ['ozeki', 'genesys', 'relation'];
  const ended = await command(runArgs(apis));
  const verdict = checkEnded(ended, folder(), apis);
  expect(verdict.verdict).toBe('unjudged');
  expect(verdict.reason).toMatch(/refuses connections \(ECONNREFUSED\)/);
  expect(ended.err).toContain('refuses connections');
  expect(of(verdict, 'pass')).toEqual([]);
});

test('actions that misbehave, each in its own way, spoil no other', long, async () => {
  await using other = await hostile.serve(hostile.answers());
  const ways: Record<string, { request: string; behaviour: hostile.Behaviour; says: RegExp }> = {
    mute: { request: 'chatconversation mute', behaviour: hostile.neverAnswers, says: /no complete answer/ },
    download: { request: 'chatconversation download', behaviour: hostile.dripsBytes(), says: /no complete answer/ },
    favorite: { request: 'chatconversation favorite', behaviour: hostile.gzipBomb(), says: /larger than 8 MiB/ },
    friends: { request: 'chatfriends list', behaviour: hostile.redirectsTo(other.url), says: /HTTP 307/ },
    hide: { request: 'chatconversation hide', behaviour: hostile.answersInvalidUtf8, says: /not UTF-8/ },
    viewed: { request: 'chatreports viewed', behaviour: hostile.answersHtml, says: /HTML/ },
    setlistitembackgroundcolor: {
      request: 'chatconversation setlistitembackgroundcolor',
      behaviour: hostile.closesInMidBody,
      says: /was closed before/,
    },
    notification: { request: 'chatnotification download', behaviour: hostile.sendsZeros(), says: /larger than 8 MiB/ },
    workspaceregister: {
      request: 'workspace workspaceregister',
      behaviour: hostile.contentLengthTooLong,
      says: /was closed before/,
    },
  };
  const healthy = ['login', 'list', 'downloadpartial', 'add', 'clear'];
  // The server before the stub knows no WebSockets, so it hands out listeners of another host.
  const sound = stubBehaviour(createStub({ variants: ['ozeki-listeners-elsewhere'] }));
  const byRequest = new Map(Object.values(ways).map(({ request, behaviour }) => [request, behaviour]));
  await using server = await hostile.serve((request, response, seen) =>
    (byRequest.get(ozekiAction(seen)) ?? sound)(request, response, seen),
  );
  const actions = [...Object.keys(ways), ...healthy];
  const verdict = await judged(server, { name: 'ozeki', allow: 'destroy', actions });
  expect(verdict.verdict).toBe('non-conformant');
  expect(other.requests).toEqual([]);
  for (const [action, { says }] of Object.entries(ways)) {
    const own = verdict.requirements.filter((requirement) => requirement.action === action);
    expect(
      own.filter(({ status }) => status === 'pass').map(({ id }) => id),
      action,
    ).toEqual([]);
    expect(own.map(({ reason }) => reason).join('\n'), action).toMatch(says);
    for (const { status, cause } of own) if (status === 'error') expect(cause).toBe('server');
  }
  for (const action of healthy) {
    const own = verdict.requirements.filter((requirement) => requirement.action === action);
    expect(
      own.some(({ status }) => status === 'pass'),
      action,
    ).toBe(true);
    expect(
      own.filter(({ status }) => status === 'fail' || status === 'warn'),
      action,
    ).toEqual([]);
  }
});
