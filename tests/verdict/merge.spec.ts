import fc from 'fast-check';
import {
  exitCode,
  type Judgement,
  mergeVerdicts,
  notSelected,
  type Part,
  tally,
  verdictLine,
} from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import {
  catalogueOf,
  evidence,
  finding,
  judgement,
  miss,
  requirement,
  sampleVerdict,
  shardsOf,
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
        const shards = [0, 1, 2, 3].map((shard) => {
          const own = placed.filter(([, at]) => at === shard).map(([one]) => one);
          return verdictOf(catalogue, own, {
            strict,
            shard: { current: shard + 1, total: 4 },
            checked: own.map(({ requirement }) => requirement),
          });
        });
        const merged = mergeVerdicts(shards.map((verdict, index) => ({ name: `shard-${index}`, verdict })));
        const essence = (verdict: typeof whole) =>
          verdict.requirements.map(({ id, status, judged, missed, cause }) => ({ id, status, judged, missed, cause }));
        expect(essence(merged)).toEqual(essence(whole));
        expect(merged.verdict).toBe(whole.verdict);
        expect(merged.apis).toEqual(whole.apis);
        expect(merged.merged).toEqual({ shards: 4, problems: [] });
        expect(merged).not.toHaveProperty('shard');
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
  const skipped = verdictOf([must, other], [judgement(other.id)], {
    shard: { current: 2, total: 2 },
    checked: [other.id],
  });
  expect(skipped.requirements[0]).toMatchObject({ status: 'skip', reason: notSelected });
  const stopped = verdictOf([must, other], [judgement(other.id)], { interrupted: true });
  for (const shard of [skipped, stopped])
    expect(mergeVerdicts(shardsOf(shard, judged)).requirements[0]?.status).toBe('pass');
  const interrupted = mergeVerdicts(shardsOf(verdictOf([must, other], [judgement(other.id)]), stopped));
  expect(interrupted.requirements[0]).toMatchObject({
    status: 'error',
    reason: 'the run was interrupted before this was checked',
  });
  expect(interrupted).toMatchObject({ verdict: 'unjudged', reason: 'shard-2: the run was interrupted.' });
});

test('a reason of its own is kept before "not selected in this shard"', () => {
  const elsewhere = verdictOf([must], [], { shard: { current: 1, total: 2 }, checked: [] });
  const here = verdictOf([must], [judgement(must.id, { outcome: 'skipped', reason: 'needs destroy' })]);
  expect(mergeVerdicts(shardsOf(elsewhere, here)).requirements[0]?.reason).toBe('needs destroy');
  const nowhere = mergeVerdicts(shardsOf(elsewhere, elsewhere));
  expect(nowhere.requirements[0]?.reason).toBe('not reached: no shard checked it');
});

test('met in one shard and missed in another is intermittent', () => {
  const merged = mergeVerdicts(
    shardsOf(verdictOf([must], [judgement(must.id)]), verdictOf([must], [miss(must.id, 'lost')])),
  );
  expect(merged.requirements[0]).toMatchObject({ status: 'fail', intermittent: true });
});

test('the time of a merged run goes from the first start to the last end', () => {
  const at = Date.parse('2026-11-21T22:00:00.000Z');
  const merged = mergeVerdicts(
    shardsOf(
      sampleVerdict({ startedAt: at + 500, durationMs: 1000 }),
      sampleVerdict({ startedAt: at, durationMs: 200 }),
    ),
  );
  expect(merged).toMatchObject({ startedAt: '2026-11-21T22:00:00.000Z', durationMs: 1500 });
});

test('a waiver is stale only when it is stale in every shard', () => {
  const waivers = [waiver(must.id)];
  const met = verdictOf([must], [judgement(must.id)], { waivers });
  const missed = verdictOf([must], [miss(must.id, 'lost')], { waivers });
  expect(mergeVerdicts(shardsOf(met, met)).staleWaivers).toHaveLength(1);
  const merged = mergeVerdicts(shardsOf(met, missed));
  expect(merged.staleWaivers).toBeUndefined();
  expect(merged.requirements[0]?.status).toBe('waived');
});

test('nothing to merge is a mistake, and what cannot be read is named', () => {
  expect(() => mergeVerdicts([])).toThrow('There is no verdict to merge.');
  expect(() => mergeVerdicts([], ['a is empty', 'b is no JSON'])).toThrow('a is empty.\nb is no JSON.');
});

const met = verdictOf([must, other], [judgement(must.id), judgement(other.id)]);
const [one, two, three] = shardsOf(met, met, met) as [Part, Part, Part];
const ofAnother = (part: Part, members: Partial<Part['verdict']>, name = 'foreign'): Part => ({
  name,
  verdict: { ...part.verdict, ...members },
});
const whole: Part = { name: 'whole', verdict: met };

/** What is merged, and what is wrong with it. */
const wrongs: [name: string, parts: Part[], unreadable: string[], problems: string[]][] = [
  ['a shard is missing', [one, three], [], ['shard 2 of 3 is missing']],
  ['several are missing', [two], [], ['shard 1 of 3 is missing', 'shard 3 of 3 is missing']],
  [
    'a shard is doubled',
    [one, two, { ...two, name: 'copy' }, three],
    [],
    ['shard 2 of 3 is there more than once, in shard-2 and copy'],
  ],
  [
    'one stands for another',
    [one, two, { ...two, name: 'copy' }],
    [],
    ['shard 2 of 3 is there more than once, in shard-2 and copy', 'shard 3 of 3 is missing'],
  ],
  [
    'a shard is of another target',
    [one, two, ofAnother(three, { target: 'live' })],
    [],
    ['foreign is of another run: its target is live, that of shard-1 is staging', 'shard 3 of 3 is missing'],
  ],
  [
    'a shard is of another version',
    [one, two, ofAnother(three, { suite: '0.0.1' })],
    [],
    [
      `foreign is of another run: its version of the suite is 0.0.1, that of shard-1 is ${met.suite}`,
      'shard 3 of 3 is missing',
    ],
  ],
  [
    'a shard is of another number of shards',
    [one, two, ofAnother(three, { shard: { current: 3, total: 4 } })],
    [],
    ['foreign is of another run: its number of shards is 4, that of shard-1 is 3', 'shard 3 of 3 is missing'],
  ],
  [
    'a shard is strict alone',
    [one, ofAnother(two, { strict: true }), three],
    [],
    ['foreign is of another run: its setting of --strict is true, that of shard-1 is false', 'shard 2 of 3 is missing'],
  ],
  [
    'a shard is of another run of the same target',
    [ofAnother(one, { runId: '7' }, 'a'), ofAnother(two, { runId: '7' }, 'b'), ofAnother(three, { runId: '8' })],
    [],
    ['foreign is of another run: its id of the run is 8, that of a is 7', 'shard 3 of 3 is missing'],
  ],
  [
    'a shard lists other requirements',
    [one, two, ofAnother(three, { requirements: three.verdict.requirements.slice(1) })],
    [],
    ['foreign is of another run: it lists other requirements than shard-1', 'shard 3 of 3 is missing'],
  ],
  [
    'the foreign one comes first',
    [ofAnother(three, { target: 'live' }), one, two],
    [],
    ['foreign is of another run: its target is live, that of shard-1 is staging', 'shard 3 of 3 is missing'],
  ],
  [
    'a whole run stands among shards',
    [one, two, whole],
    [],
    ['whole is of no shard: a run without --shard wrote it, and its own verdict holds', 'shard 3 of 3 is missing'],
  ],
  [
    'a whole run is merged with itself',
    [whole, whole],
    [],
    ['whole is of no shard: a run without --shard wrote it, and its own verdict holds'],
  ],
  ['a shard cannot be read', [one, two], ['c is empty'], ['c is empty', 'shard 3 of 3 is missing']],
];

for (const [name, parts, unreadable, problems] of wrongs) {
  test(`nothing is judged where ${name}`, () => {
    const merged = mergeVerdicts(parts, unreadable);
    expect(merged.merged?.problems).toEqual(problems);
    expect(merged.verdict).toBe('unjudged');
    expect(exitCode(merged)).toBe(2);
    for (const problem of problems) expect(merged.reason).toContain(problem);
    expect(verdictLine(merged)).toContain(problems[0]);
    // Whoever makes the words anew comes to the same.
    expect(tally(merged)).toEqual(merged);
  });
}

test('a miss does not hide that a shard is missing', () => {
  const missed = shardsOf(verdictOf([must, other], [miss(must.id, 'lost')]), met);
  expect(mergeVerdicts(missed).verdict).toBe('non-conformant');
  expect(mergeVerdicts(missed.slice(0, 1)).verdict).toBe('unjudged');
});

test('the embedded stub of each shard listens elsewhere', () => {
  const at = (port: number) => ({ urls: { ozeki: `http://127.0.0.1:${port}` } });
  const parts = [ofAnother(one, at(1), 'a'), ofAnother(two, at(2), 'b'), ofAnother(three, at(3), 'c')];
  expect(mergeVerdicts(parts).merged?.problems).toEqual([]);
  const servers = parts.map(({ name, verdict: { seed: _, ...verdict } }) => ({ name, verdict }));
  expect(mergeVerdicts(servers).merged?.problems[0]).toBe(
    'b is of another run: its url of ozeki is http://127.0.0.1:2, that of a is http://127.0.0.1:1',
  );
});

test('what less was judged than is required is seen when the shards are joined', () => {
  const half = (checked: string) =>
    verdictOf(
      [must, other],
      [judgement(checked, { outcome: checked === must.id ? 'met' : 'skipped', reason: 'why' })],
      {
        requireJudged: 100,
        shard: { current: 1, total: 2 },
        checked: [checked],
      },
    );
  const parts = shardsOf(half(must.id), half(other.id));
  expect(parts[0]?.verdict.verdict).toBe('partial');
  const merged = mergeVerdicts(parts);
  expect(merged.verdict).toBe('unjudged');
  expect(verdictLine(merged)).toBe('UNJUDGED: 1 of 2 MUSTs judged, none missed; --require-judged asks for 100 %');
});
