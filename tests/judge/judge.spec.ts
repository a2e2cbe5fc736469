import type { Exchange, Finding } from '../../src/exchange/index.js';
import { createCheckLog, judge, NotServed, type SessionKeeper, Skip } from '../../src/judge/index.js';
import type { PassiveCheck } from '../../src/passive/types.js';
import type { Requirement } from '../../src/requirements/types.js';
import { createRedactor } from '../../src/secrets/index.js';
import { TransportFailure } from '../../src/transport/index.js';
import { expect, test } from '../test.js';

const requirement: Requirement = {
  id: 'OZ-CLEAR-1',
  ref: 'CLEAR-1',
  api: 'ozeki',
  action: 'clear',
  topic: 'state',
  level: 'MUST',
  needs: 'write',
  title: 'After Clear no participant can download any message',
  source: { page: 'Conversation / Clear', basis: 'stated' },
};

function exchange(changes: Partial<Exchange> = {}): Exchange {
  return {
    api: 'ozeki',
    action: 'clear',
    intent: 'call',
    actor: 'alice',
    request: { method: 'POST', url: 'http://127.0.0.1/', headers: { 'Ozeki-Signature': 'hush-hush' }, body: '{}' },
    response: {
      status: 200,
      headers: {},
      text: '{"status":"ERROR","errormessage":"hush-hush is wrong"}',
      bytes: 10,
      json: { status: 'ERROR', errormessage: 'hush-hush is wrong' },
    },
    startedAt: 1,
    durationMs: 2,
    violations: { request: [], response: [] },
    ...changes,
  };
}

interface Context {
  record(exchange: Exchange): void;
  step(words: string): void;
}

/** A keeper whose sessions count themselves and what is put back. */
function keeperOf(
  options: {
    observe?: PassiveCheck;
    allow?: 'read' | 'write';
    restore?: () => Promise<string[]>;
    without?: string[];
  } = {},
) {
  const counts = { sessions: 0, restored: 0 };
  const open = async () => {
    counts.sessions++;
    const log = createCheckLog(options.observe ?? (() => []), { emails: [], clockToleranceMs: 0 });
    const restore = async () => {
      counts.restored++;
      return options.restore?.() ?? [];
    };
    return { context: { record: log.record, step: log.step }, log, restore };
  };
  let session: Awaited<ReturnType<typeof open>> | undefined;
  const keeper: SessionKeeper<Context> = {
    current: async () => (session ??= await open()),
    renew: async () => (session = await open()),
    allow: options.allow ?? 'write',
    without: options.without ?? [],
    redactor: createRedactor(['hush-hush']),
  };
  return { keeper, counts };
}

const miss: Finding = { message: 'hush-hush is still there' };
const failure = (blame: 'server' | 'environment') =>
  new TransportFailure(
    { kind: 'timeout', blame, message: 'no complete answer within 10 ms' },
    { request: exchange().request, startedAt: 1, durationMs: 10, attempts: 1 },
  );

test('no finding means met, in one session, and what was changed is put back', async () => {
  const { keeper, counts } = keeperOf();
  expect(await judge({ requirement, check: async () => [] }, keeper)).toMatchObject({
    outcome: 'met',
    findings: [],
    evidence: [],
  });
  expect(counts).toEqual({ sessions: 1, restored: 1 });
});

test('a miss is judged once more in a fresh session, and both are evidence', async () => {
  const { keeper, counts } = keeperOf();
  const check = async (context: Context) => {
    context.record(exchange());
    return [miss];
  };
  const judgement = await judge({ requirement, check }, keeper);
  expect(judgement).toMatchObject({ outcome: 'missed', findings: [{ message: '*** is still there' }] });
  expect(judgement.intermittent).toBeUndefined();
  expect(judgement.evidence).toHaveLength(2);
  expect(counts).toEqual({ sessions: 2, restored: 2 });
});

test('missed once and met once is a miss that comes and goes', async () => {
  const { keeper } = keeperOf();
  let tries = 0;
  const judgement = await judge({ requirement, check: async () => (tries++ === 0 ? [miss] : []) }, keeper);
  expect(judgement).toMatchObject({ outcome: 'missed', intermittent: true });
});

test('no credential is left in evidence, findings or steps', async () => {
  const { keeper } = keeperOf();
  const check = async (context: Context) => {
    context.step('alice signs with hush-hush');
    context.record(exchange());
    return [{ ...miss, expected: 'hush-hush', found: 'aHVzaC1odXNo', exchanges: [exchange()] }];
  };
  const text = JSON.stringify(await judge({ requirement, check }, keeper));
  expect(text).not.toContain('hush-hush');
  expect(text).not.toContain('aHVzaC1odXNo');
  expect(text).toContain('***');
});

test('what needs more than is allowed is skipped with that reason, and no session is opened', async () => {
  const { keeper, counts } = keeperOf({ allow: 'read' });
  const judgement = await judge({ requirement, check: async () => [miss] }, keeper);
  expect(judgement).toMatchObject({
    outcome: 'skipped',
    reason: 'needs "allow": "write"; the target allows "read"',
    requests: 0,
  });
  expect(counts.sessions).toBe(0);
});

test('a check may skip itself with a reason, but not once it has found something', async () => {
  const skip = async () => {
    throw new Skip('no outsider');
  };
  expect(await judge({ requirement, check: skip }, keeperOf().keeper)).toMatchObject({
    outcome: 'skipped',
    reason: 'no outsider',
  });
});

test('a check without findings of its own needs something that was judged in passing', async () => {
  const passing =
    (findings: Finding[]): PassiveCheck =>
    () => [{ requirement: requirement.id, findings }];
  const check = async (context: Context) => context.record(exchange());
  expect(await judge({ requirement, check: async () => {} }, keeperOf().keeper)).toMatchObject({ outcome: 'skipped' });
  expect(await judge({ requirement, check }, keeperOf({ observe: passing([]) }).keeper)).toMatchObject({
    outcome: 'met',
    observed: { 'OZ-CLEAR-1': { judged: 1, missed: 0 } },
  });
  expect(await judge({ requirement, check }, keeperOf({ observe: passing([miss]) }).keeper)).toMatchObject({
    outcome: 'missed',
    observed: { 'OZ-CLEAR-1': { judged: 2, missed: 2 } },
  });
});

test('a miss of another requirement that is seen in passing is no miss of this one', async () => {
  const observe: PassiveCheck = () => [{ requirement: 'OZ-COM-1', findings: [miss] }];
  const check = async (context: Context) => {
    context.record(exchange());
    return [];
  };
  expect(await judge({ requirement, check }, keeperOf({ observe }).keeper)).toMatchObject({
    outcome: 'met',
    observed: { 'OZ-COM-1': { judged: 1, missed: 1 } },
  });
});

test('a legal call of the action under test that is refused is a miss', async () => {
  const check = async () => {
    throw new NotServed(exchange());
  };
  expect(await judge({ requirement, check }, keeperOf().keeper)).toMatchObject({ outcome: 'missed' });
});

test('a legal call of another action that is refused leaves the requirement unchecked by the server’s doing', async () => {
  const check = async () => {
    throw new NotServed(exchange({ action: 'add' }));
  };
  const judgement = await judge({ requirement, check }, keeperOf().keeper);
  expect(judgement).toMatchObject({ outcome: 'error', cause: 'server' });
  expect(judgement.evidence.length).toBeGreaterThan(0);
});

test('a legal call that is refused once and served when asked again is a miss that comes and goes', async () => {
  let tries = 0;
  const check = async () => {
    if (tries++ === 0) throw new NotServed(exchange({ action: 'add' }));
    return [];
  };
  expect(await judge({ requirement, check }, keeperOf().keeper)).toMatchObject({
    outcome: 'missed',
    intermittent: true,
  });
});

for (const blame of ['server', 'environment'] as const) {
  test(`no complete answer by the ${blame}'s doing is an error of that cause`, async () => {
    const check = async () => {
      throw failure(blame);
    };
    expect(await judge({ requirement, check }, keeperOf().keeper)).toMatchObject({
      outcome: 'error',
      cause: blame,
      reason: 'no complete answer within 10 ms',
    });
  });
}

test('bad input that breaks the server is a miss of robustness', async () => {
  const check = async ({ step }: Context) => {
    step('alice sends half a body');
    throw failure('server');
  };
  expect(await judge({ requirement: { ...requirement, topic: 'robustness' }, check }, keeperOf().keeper)).toMatchObject(
    { outcome: 'missed', findings: [{ message: 'no complete answer within 10 ms (alice sends half a body)' }] },
  );
});

test('a check that stumbles over a misshapen answer says so; one that stumbles by itself blames nobody', async () => {
  const stumble = (answer?: Exchange) => async (context: Context) => {
    if (answer) context.record(answer);
    throw new TypeError('cannot read properties of undefined');
  };
  const misshapen = {
    violations: { request: [], response: [{ path: '/conversation', expected: 'an object', found: 'nothing' }] },
  };
  expect(
    await judge({ requirement, check: stumble(exchange({ ...misshapen, action: 'list' })) }, keeperOf().keeper),
  ).toMatchObject({ outcome: 'error', cause: 'server' });
  expect(await judge({ requirement, check: stumble(exchange(misshapen)) }, keeperOf().keeper)).toMatchObject({
    outcome: 'missed',
  });
  expect(await judge({ requirement, check: stumble() }, keeperOf().keeper)).toMatchObject({
    outcome: 'error',
    cause: 'environment',
  });
});

test('what cannot be put back is told, and changes no outcome', async () => {
  const { keeper } = keeperOf({ restore: async () => ['ismuted of alice was false and is now true'] });
  expect(await judge({ requirement, check: async () => [] }, keeper)).toMatchObject({
    outcome: 'met',
    steps: ['ismuted of alice was false and is now true'],
  });
});

test('however many exchanges a check makes, few are kept', async () => {
  const { keeper } = keeperOf();
  const check = async (context: Context) => {
    for (let i = 0; i < 5000; i++) context.record(exchange());
    return [miss];
  };
  const judgement = await judge({ requirement, check }, keeper);
  expect(judgement.requests).toBe(10_000);
  expect(judgement.evidence.length).toBeLessThanOrEqual(6);
});
