import type { Exchange, Finding } from '../../src/exchange/index.js';
import {
  type CheckLog,
  createCheckLog,
  judge,
  type Narrator,
  type SessionKeeper,
  Skip,
} from '../../src/judge/index.js';
import { createRedactor } from '../../src/secrets/index.js';
import { TransportFailure } from '../../src/transport/index.js';
import { expect, test } from '../test.js';
import { requirement } from '../verdict/builders.js';

const exchange: Exchange = {
  api: 'ozeki',
  action: 'clear',
  intent: 'call',
  actor: 'alice',
  request: { method: 'POST', url: 'http://127.0.0.1/', headers: {}, body: '{}' },
  response: { status: 200, headers: {}, text: '{}', bytes: 2, json: {} },
  startedAt: 1,
  durationMs: 2,
  violations: { request: [], response: [] },
};

/** Judges a check, and gives in lines what it told meanwhile. */
async function told(check: (log: CheckLog) => Promise<Finding[] | undefined>): Promise<string[]> {
  const lines: string[] = [];
  let depth = 0;
  const say = (line: string) => void lines.push(`${'  '.repeat(depth)}${line}`);
  const narrator: Narrator = {
    step: say,
    async within(words, work) {
      say(words);
      depth += 1;
      return await work().finally(() => {
        depth -= 1;
      });
    },
    exchange: ({ action, response }) => say(`> ${action} ${response?.status ?? 'no answer'}`),
    missed: ([first], id) => say(`! ${first?.message}${id === undefined ? '' : ` (${id})`}`),
    over: () => say('.'),
  };
  const passive = () => [{ requirement: 'OZ-OTHER-1', findings: [{ message: 'seen in passing' }] }];
  const open = async () => {
    const log = createCheckLog(passive, { emails: [], clockToleranceMs: 0 }, { narrator });
    return { context: log, log, restore: async () => [] };
  };
  const keeper: SessionKeeper<CheckLog> = {
    current: open,
    renew: open,
    allow: 'write',
    without: [],
    redactor: createRedactor(),
    narrator,
  };
  await judge({ requirement: requirement('OZ-CLEAR-1'), check }, keeper);
  return lines;
}

test('steps, exchanges and what is seen in passing are told as they happen', async () => {
  const lines = await told(async (log) => {
    log.step('alice asks');
    log.step('alice asks');
    log.record(exchange);
    await log.within('a part', async () => log.step('bob looks'));
    return [];
  });
  expect(lines).toEqual(['alice asks', '> clear 200', '! seen in passing (OZ-OTHER-1)', 'a part', '  bob looks', '.']);
});

test('a miss is told where it is found, and once more in a fresh session', async () => {
  const lines = await told(async (log) => {
    log.step('bob looks');
    log.judged([{ message: 'it is lost' }]);
    return undefined;
  });
  const once = ['bob looks', '! it is lost', '.'];
  expect(lines).toEqual([...once, 'once more in a fresh session', ...once.map((line) => `  ${line}`)]);
});

test('a request without an answer is an exchange, and ends the step in which it was sent', async () => {
  const lines = await told(async (log) => {
    const failure = new TransportFailure(
      { kind: 'timeout', blame: 'server', message: 'no complete answer' },
      { request: exchange.request, startedAt: 1, durationMs: 10, attempts: 1 },
    );
    log.step('alice asks');
    log.recordFailure(failure, { action: 'clear', actor: 'alice' });
    throw failure;
  });
  expect(lines).toEqual(['alice asks', '> clear no answer', '! no complete answer', '.']);
});

test('where there is nothing to judge, nothing goes wrong', async () => {
  const lines = await told(async (log) => {
    await log.within('a part', async () => {
      throw new Skip('no group on this server');
    });
    return [];
  });
  expect(lines).toEqual(['a part', '.']);
});
