import { apiNamed } from '../../apis/index.js';
import { buildVerdict, type Judgement, mergeVerdicts } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { judgement } from './builders.js';

const { requirements } = apiNamed('relation');
const missedList = judgement('RE-LIST-1', { outcome: 'missed', findings: [{ message: 'List is not there' }] });
const blocked = judgement('RE-SEND-1', {
  outcome: 'error',
  cause: 'server',
  blockedBy: 'list',
  reason: 'list was not served: HTTP 404',
});
const verdictOf = (judgements: Judgement[], shard?: { current: number; total: number }) =>
  buildVerdict({
    target: { name: 'a', allow: 'destroy', urls: {} },
    apis: ['relation'],
    strict: false,
    catalogue: requirements,
    judgements,
    startedAt: 0,
    durationMs: 1,
    requests: 1,
    runId: 'one',
    ...(shard && { shard, checked: judgements.map(({ requirement }) => requirement) }),
  });
const rowOf = (verdict: ReturnType<typeof verdictOf>, id: string) =>
  verdict.requirements.find((requirement) => requirement.id === id);

test('what needs a refused action is skipped where a row of that action is missed', () => {
  const verdict = verdictOf([missedList, blocked]);
  expect(rowOf(verdict, 'RE-SEND-1')).toMatchObject({ status: 'skip', reason: 'needs list, which was refused' });
  expect(rowOf(verdict, 'RE-SEND-1')).not.toHaveProperty('cause');
  expect(rowOf(verdict, 'RE-SEND-1')).not.toHaveProperty('blockedBy');
});

test('where no row of that action is missed, the refusal is a miss of what needs it', () => {
  const verdict = verdictOf([judgement('RE-LIST-1', {}), blocked]);
  expect(rowOf(verdict, 'RE-SEND-1')).toMatchObject({
    status: 'fail',
    reason: 'list was not served: HTTP 404',
    findings: [{ message: 'list was not served: HTTP 404' }],
  });
});

test('a shard leaves it open, and the merged verdict settles it by what the other shard found', () => {
  const [first, second] = [
    verdictOf([blocked], { current: 1, total: 2 }),
    verdictOf([missedList], { current: 2, total: 2 }),
  ];
  expect(rowOf(first, 'RE-SEND-1')).toMatchObject({ status: 'error', blockedBy: 'list' });
  const merged = mergeVerdicts([
    { name: 'first', verdict: first },
    { name: 'second', verdict: second },
  ]);
  expect(rowOf(merged, 'RE-SEND-1')).toMatchObject({ status: 'skip', reason: 'needs list, which was refused' });
});
