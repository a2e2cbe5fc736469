import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { type Judgement, mergeVerdicts, notSelected } from '../../src/verdict/index.js';
import {
  catalogueOf,
  evidence,
  finding,
  judgement,
  miss,
  requirement,
  sampleVerdict,
  verdictOf,
  waiver,
} from './builders.js';

const catalogue = catalogueOf(12);
const ids = catalogue.map(({ id }) => id);

const anyJudgement: fc.Arbitrary<Judgement> = fc
  .record({
    id: fc.constantFrom(...ids),
    outcome: fc.constantFrom('met', 'missed', 'skipped', 'error'),
    cause: fc.constantFrom('server', 'environment'),
    seen: fc.constantFrom(...ids),
    judged: fc.integer({ min: 1, max: 5 }),
    missed: fc.boolean(),
    reason: fc.constantFrom('one reason', 'another reason'),
  })
  .map(({ id, outcome, cause, seen, judged, missed, reason }) =>
    judgement(id, {
      outcome: outcome as Judgement['outcome'],
      reason,
      ...(outcome === 'error' && { cause: cause as Judgement['cause'] }),
      findings: outcome === 'missed' ? [finding(reason)] : [],
      evidence: outcome === 'missed' ? [evidence()] : [],
      observed: { [seen]: { judged, missed: missed ? 1 : 0, findings: missed ? [finding(reason)] : [], evidence: [] } },
    }),
  );

test('shards merged say what one run would have said', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyJudgement, fc.integer({ min: 0, max: 3 })), { maxLength: 25 }),
      fc.boolean(),
      (placed, strict) => {
        const whole = verdictOf(
          catalogue,
          placed.map(([one]) => one),
          { strict },
        );
        const shards = [0, 1, 2, 3].map((shard) =>
          verdictOf(
            catalogue,
            placed.filter(([, at]) => at === shard).map(([one]) => one),
            { strict },
          ),
        );
        const merged = mergeVerdicts(shards);
        const essence = (verdict: typeof whole) =>
          verdict.requirements.map(({ id, status, judged, missed, cause }) => ({ id, status, judged, missed, cause }));
        expect(essence(merged)).toEqual(essence(whole));
        expect(merged.verdict).toBe(whole.verdict);
        expect(merged.counts).toEqual(whole.counts);
        expect(merged.coverage).toEqual(whole.coverage);
        expect(merged.requests).toBe(whole.requests);
      },
    ),
    { numRuns: 150 },
  );
});

const must = requirement('OZ-CLEAR-1');
const other = requirement('OZ-LOGIN-1');

test('a shard that did not come to a requirement never outweighs one that did', () => {
  const judged = verdictOf([must, other], [judgement(must.id)]);
  const skipped = verdictOf(
    [must, other],
    [judgement(must.id, { outcome: 'skipped', reason: notSelected }), judgement(other.id)],
  );
  const stopped = verdictOf([must, other], [judgement(other.id)], { interrupted: true });
  for (const shard of [skipped, stopped]) expect(mergeVerdicts([shard, judged]).requirements[0]?.status).toBe('pass');
  const interrupted = mergeVerdicts([verdictOf([must, other], [judgement(other.id)]), stopped]);
  expect(interrupted.requirements[0]).toMatchObject({
    status: 'error',
    reason: 'the run was interrupted before this was checked',
  });
});

test('a reason of its own is kept before "not selected in this shard"', () => {
  const elsewhere = verdictOf([must], [judgement(must.id, { outcome: 'skipped', reason: notSelected })]);
  const here = verdictOf([must], [judgement(must.id, { outcome: 'skipped', reason: 'needs destroy' })]);
  expect(mergeVerdicts([elsewhere, here]).requirements[0]?.reason).toBe('needs destroy');
});

test('met in one shard and missed in another is intermittent', () => {
  const merged = mergeVerdicts([verdictOf([must], [judgement(must.id)]), verdictOf([must], [miss(must.id, 'lost')])]);
  expect(merged.requirements[0]).toMatchObject({ status: 'fail', intermittent: true });
});

test('the time of a merged run goes from the first start to the last end', () => {
  const at = Date.parse('2026-11-21T22:00:00.000Z');
  const merged = mergeVerdicts([
    sampleVerdict({ startedAt: at + 500, durationMs: 1000 }),
    sampleVerdict({ startedAt: at, durationMs: 200 }),
  ]);
  expect(merged).toMatchObject({ startedAt: '2026-11-21T22:00:00.000Z', durationMs: 1500 });
});

test('a waiver is stale only when it is stale in every shard', () => {
  const waivers = [waiver(must.id)];
  const met = verdictOf([must], [judgement(must.id)], { waivers });
  const missed = verdictOf([must], [miss(must.id, 'lost')], { waivers });
  expect(mergeVerdicts([met, met]).staleWaivers).toHaveLength(1);
  const merged = mergeVerdicts([met, missed]);
  expect(merged.staleWaivers).toBeUndefined();
  expect(merged.requirements[0]?.status).toBe('waived');
});

test('verdicts of different runs are not merged', () => {
  const verdict = sampleVerdict();
  expect(() => mergeVerdicts([])).toThrow('no verdict to merge');
  expect(() => mergeVerdicts([verdict, { ...verdict, target: 'live' }])).toThrow('targets differ, staging and live');
  expect(() => mergeVerdicts([verdict, sampleVerdict({ apis: ['genesys'], waivers: [] })])).toThrow('APIs differ');
  expect(() => mergeVerdicts([verdict, { ...verdict, strict: true }])).toThrow('--strict');
});
