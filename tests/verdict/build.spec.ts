import { buildVerdict, exitCode, type Judgement, type VerdictInput } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { evidence, finding, judgement, miss, requirement, sampleVerdict, verdictOf } from './builders.js';

const must = requirement('OZ-CLEAR-1');
const should = requirement('OZ-CLEAR-4-SHOULD');
const met = requirement('OZ-LOGIN-1');

interface Row {
  name: string;
  judgements: Judgement[];
  input?: Partial<VerdictInput>;
  status: string;
  verdict: string;
  exit: number;
  reason?: string;
}

const serverError = judgement('OZ-CLEAR-1', { outcome: 'error', cause: 'server', reason: 'it hung' });
const networkError = judgement('OZ-CLEAR-1', { outcome: 'error', cause: 'environment', reason: '503 thrice' });

const rows: Row[] = [
  { name: 'met', judgements: [judgement('OZ-CLEAR-1')], status: 'pass', verdict: 'conformant', exit: 0 },
  {
    name: 'missed',
    judgements: [miss('OZ-CLEAR-1', 'lost')],
    status: 'fail',
    verdict: 'non-conformant',
    exit: 1,
    reason: 'lost',
  },
  {
    name: 'skipped',
    judgements: [judgement('OZ-CLEAR-1', { outcome: 'skipped', reason: 'needs destroy' })],
    status: 'skip',
    verdict: 'partial',
    exit: 0,
    reason: 'needs destroy',
  },
  { name: 'never judged', judgements: [], status: 'skip', verdict: 'partial', exit: 0, reason: 'not reached' },
  {
    name: 'server error',
    judgements: [serverError],
    status: 'error',
    verdict: 'non-conformant',
    exit: 1,
    reason: 'it hung',
  },
  {
    name: 'environment error',
    judgements: [networkError],
    status: 'error',
    verdict: 'unjudged',
    exit: 2,
    reason: '503 thrice',
  },
  {
    name: 'error and met',
    judgements: [judgement('OZ-CLEAR-1'), networkError],
    status: 'error',
    verdict: 'unjudged',
    exit: 2,
  },
  {
    name: 'error and missed',
    judgements: [networkError, miss('OZ-CLEAR-1', 'lost')],
    status: 'fail',
    verdict: 'non-conformant',
    exit: 1,
  },
  {
    name: 'interrupted',
    judgements: [],
    input: { interrupted: true },
    status: 'error',
    verdict: 'unjudged',
    exit: 2,
    reason: 'the run was interrupted before this was checked',
  },
  {
    name: 'unreachable',
    judgements: [],
    input: { unjudgedReason: 'the host refuses' },
    status: 'skip',
    verdict: 'unjudged',
    exit: 2,
    reason: 'not reached: the host refuses',
  },
];

for (const row of rows) {
  test(`a MUST: ${row.name}`, () => {
    const verdict = verdictOf([must, met], [judgement('OZ-LOGIN-1'), ...row.judgements], row.input);
    expect(verdict.requirements[0]).toMatchObject({ status: row.status, ...(row.reason && { reason: row.reason }) });
    expect(verdict.verdict).toBe(row.verdict);
    expect(exitCode(verdict)).toBe(row.exit);
  });
}

for (const [strict, status, word] of [
  [false, 'warn', 'conformant'],
  [true, 'fail', 'non-conformant'],
] as const) {
  test(`a missed SHOULD ${strict ? 'fails' : 'warns'} when strict is ${strict}`, () => {
    const verdict = verdictOf([should, met], [miss(should.id, 'lost'), judgement('OZ-LOGIN-1')], { strict });
    expect(verdict.requirements[0]?.status).toBe(status);
    expect(verdict.verdict).toBe(word);
  });
  test(`an error on a SHOULD ${strict ? 'counts' : 'does not count'} when strict is ${strict}`, () => {
    const broken = judgement(should.id, { outcome: 'error', cause: 'server', reason: 'it hung' });
    const verdict = verdictOf([should, met], [broken, judgement('OZ-LOGIN-1')], { strict });
    expect(verdict.verdict).toBe(word);
  });
}

test('nothing judged is unjudged, however many were skipped', () => {
  const verdict = verdictOf([must, met], [judgement('OZ-CLEAR-1', { outcome: 'skipped', reason: 'why' })]);
  expect(verdict.verdict).toBe('unjudged');
  expect(verdict.counts).toEqual({ pass: 0, fail: 0, warn: 0, skip: 2, error: 0 });
});

test('every requirement of an API in scope is listed, in the order of the catalogue', () => {
  const catalogue = [must, requirement('GE-X-1'), should, requirement('RE-X-1')];
  const verdict = verdictOf(catalogue, [], { apis: ['relation', 'ozeki'] });
  expect(verdict.requirements.map(({ id }) => id)).toEqual([must.id, should.id, 'RE-X-1']);
});

test('what others saw in passing counts, and sums up', () => {
  const saw = (judged: number, missed: number) => ({
    'OZ-CLEAR-1': {
      judged,
      missed,
      findings: missed > 0 ? [finding('wrong type')] : [],
      evidence: missed > 0 ? [evidence()] : [],
    },
  });
  const clean = [judgement('OZ-LOGIN-1', { observed: saw(3, 0) })];
  expect(verdictOf([must, met], clean).requirements[0]).toMatchObject({ status: 'skip', judged: 3, missed: 0 });
  expect(verdictOf([must, met], clean, { passive: true }).requirements[0]).toMatchObject({
    status: 'pass',
    judged: 3,
    missed: 0,
  });
  const verdict = verdictOf(
    [must, met],
    [judgement('OZ-LOGIN-1', { observed: saw(3, 1) }), judgement('OZ-LOGIN-1', { observed: saw(4, 2) })],
  );
  expect(verdict.requirements[0]).toMatchObject({
    status: 'fail',
    judged: 7,
    missed: 3,
    reason: 'wrong type',
    findings: [{ message: 'wrong type', count: 2 }],
  });
  expect(verdict.requirements[0]?.intermittent).toBeUndefined();
});

test('missed in one place and met in another is intermittent', () => {
  const retried = verdictOf([must], [miss('OZ-CLEAR-1', 'lost'), judgement('OZ-CLEAR-1')]);
  expect(retried.requirements[0]).toMatchObject({ status: 'fail', intermittent: true });
  const observed = { 'OZ-CLEAR-1': { judged: 2, missed: 1, findings: [], evidence: [] } };
  const seen = verdictOf([must, met], [judgement('OZ-CLEAR-1'), judgement('OZ-LOGIN-1', { observed })]);
  expect(seen.requirements[0]).toMatchObject({ status: 'fail', intermittent: true });
});

test('evidence stands only where something was missed or went wrong', () => {
  const verdict = sampleVerdict();
  const proven = verdict.requirements.filter((one) => one.evidence !== undefined).map(({ status }) => status);
  expect(new Set(proven)).toEqual(new Set(['fail', 'warn', 'waived', 'error']));
});

test('evidence alike but for ids, times and data is kept once with a count', () => {
  const alike = [1, 2, 3].map((n) =>
    evidence({ response: { status: 200, headers: {}, body: { id: `fc2515cb-e483-4f64-936b-98f68056500${n}`, n } } }),
  );
  const other = evidence({ response: { status: 500, headers: {}, body: 'oops' } });
  const verdict = verdictOf([must], [miss('OZ-CLEAR-1', 'lost', { evidence: [...alike, other] })]);
  expect(verdict.requirements[0]?.evidence?.map(({ count }) => count)).toEqual([3, undefined]);
});

test('a long body is kept whole once', () => {
  const body = { filler: 'x'.repeat(100_000) };
  const long = (action: string) => evidence({ action, response: { status: 200, headers: {}, body } });
  const verdict = verdictOf(
    [must, met],
    [miss(must.id, 'lost', { evidence: [long('clear')] }), miss(met.id, 'lost', { evidence: [long('login')] })],
  );
  const bodies = verdict.requirements.map((one) => one.evidence?.[0]?.response?.body);
  expect(bodies).toEqual([body, '[the 100013 characters that stand in the response of OZ-CLEAR-1, evidence 1]']);
});

test('coverage says what was judged, by API and action', () => {
  const catalogue = [must, should, met, requirement('GE-X-1', { action: '*' })];
  const verdict = verdictOf(catalogue, [judgement(must.id), judgement(met.id, { outcome: 'skipped', reason: 'why' })]);
  expect(verdict.coverage).toEqual({
    ozeki: {
      clear: { must: { judged: 1, total: 1 }, should: { judged: 0, total: 1 } },
      login: { must: { judged: 0, total: 1 }, should: { judged: 0, total: 0 } },
    },
    genesys: { '*': { must: { judged: 0, total: 1 }, should: { judged: 0, total: 0 } } },
  });
});

test('a fingerprint stays the same from run to run, and differs between misses', () => {
  const print = (message: string, id = must.id) =>
    verdictOf([must, met], [miss(id, message)]).requirements.find((one) => one.id === id)?.fingerprint;
  const first = print('message fc2515cb-e483-4f64-936b-98f680565c96 of "a" came 3 times at 2026-11-21 22:00:00');
  expect(print('message 7849ae79-efc2-4254-a207-7148e70fbc93 of "b" came 12 times at 2027-01-01 01:02:03')).toBe(first);
  expect(print('message fc2515cb-e483-4f64-936b-98f680565c96 of "a" never came')).not.toBe(first);
  expect(print('lost', must.id)).not.toBe(print('lost', met.id));
});

test('addresses are shown without credentials', () => {
  const target = { name: 'x', allow: 'read' as const, urls: { ozeki: 'https://alice:s3cret@staging.example/ozeki' } };
  const verdict = buildVerdict({
    target,
    apis: ['ozeki'],
    strict: false,
    catalogue: [must],
    judgements: [],
    startedAt: 0,
    durationMs: 0,
    requests: 0,
  });
  expect(verdict.urls).toEqual({ ozeki: 'https://staging.example/ozeki' });
});
