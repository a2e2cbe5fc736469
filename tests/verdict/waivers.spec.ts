import { applyWaivers, exitCode, waiverEntry } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { judgement, miss, requirement, verdictOf, waiver } from './builders.js';

const must = requirement('OZ-CLEAR-1');
const other = requirement('OZ-LOGIN-1');
const missed = verdictOf([must, other], [miss(must.id, 'lost 3 messages'), judgement(other.id)]);
const print = missed.requirements[0]?.fingerprint;
const today = '2026-11-21';

test('a waived miss does not fail the run', () => {
  const verdict = applyWaivers(missed, [waiver(must.id)], { today });
  expect(verdict.requirements[0]).toMatchObject({ status: 'waived', waiver: { ticket: 'CHAT-12', owner: 'carol' } });
  expect(verdict.counts).toMatchObject({ fail: 0, waived: 1 });
  expect(exitCode(verdict)).toBe(0);
});

for (const [expires, status] of [
  ['2026-11-22', 'waived'],
  ['2026-11-21', 'waived'],
  ['2026-11-20', 'fail'],
] as const) {
  test(`a waiver until ${expires} gives ${status} on ${today}`, () => {
    const verdict = applyWaivers(missed, [waiver(must.id, { expires })], { today });
    expect(verdict.requirements[0]?.status).toBe(status);
    if (status === 'fail')
      expect(verdict.requirements[0]?.reason).toBe(
        'lost 3 messages (its waiver expired on 2026-11-20, ticket CHAT-12)',
      );
  });
}

test('a fingerprint narrows a waiver to the one miss', () => {
  expect(applyWaivers(missed, [waiver(must.id, { fingerprint: print })], { today }).requirements[0]?.status).toBe(
    'waived',
  );
  const verdict = applyWaivers(missed, [waiver(must.id, { fingerprint: '0123456789abcdef' })], { today });
  expect(verdict.requirements[0]?.status).toBe('fail');
  expect(verdict.staleWaivers).toMatchObject([
    { requirement: must.id, why: `the miss is another one now, its fingerprint is ${print}` },
  ]);
});

for (const [strict, exit] of [
  [false, 0],
  [true, 1],
] as const) {
  test(`a stale waiver is listed, and gives exit ${exit} when strict is ${strict}`, () => {
    const clean = verdictOf([must, other], [judgement(must.id), judgement(other.id)]);
    const verdict = applyWaivers(clean, [waiver(must.id)], { today, strict });
    expect(verdict.staleWaivers).toMatchObject([
      { requirement: must.id, ticket: 'CHAT-12', why: 'the requirement is met' },
    ]);
    expect(exitCode(verdict)).toBe(exit);
  });
}

test('a waiver on what was not checked is not stale', () => {
  const skipped = verdictOf([must, other], [judgement(other.id)]);
  expect(applyWaivers(skipped, [waiver(must.id)], { today }).staleWaivers).toBeUndefined();
  const known = [must.id, other.id, 'GE-X-1'];
  expect(applyWaivers(skipped, [waiver('GE-X-1')], { today, known }).staleWaivers).toBeUndefined();
});

test('a waiver on an unknown requirement is an error that names the nearest', () => {
  expect(() => applyWaivers(missed, [waiver('OZ-CLAER-1')], { today })).toThrow(
    'names the requirement OZ-CLAER-1, which does not exist. The nearest known one is OZ-CLEAR-1.',
  );
});

test('waivers judged anew leave nothing of those before', () => {
  const once = applyWaivers(missed, [waiver(must.id)], { today });
  const expired = applyWaivers(once, [waiver(must.id, { expires: '2026-01-01' })], { today });
  expect(expired.requirements[0]?.waiver).toBeUndefined();
  expect(applyWaivers(expired, [waiver(must.id)], { today })).toEqual(once);
  const none = applyWaivers(expired, [], { today });
  expect(none.requirements[0]).toEqual(missed.requirements[0]);
});

test('the entry to copy waives the miss once it is filled in', () => {
  const [first] = missed.requirements;
  if (first === undefined) throw new Error('the verdict is empty');
  const entry = { ...JSON.parse(waiverEntry(first)), ...waiver(must.id, { fingerprint: print }) };
  expect(JSON.parse(waiverEntry(first))).toEqual({
    requirement: must.id,
    fingerprint: print,
    reason: '',
    ticket: '',
    owner: '',
    expires: 'yyyy-MM-dd',
  });
  expect(applyWaivers(missed, [entry], { today }).requirements[0]?.status).toBe('waived');
});
