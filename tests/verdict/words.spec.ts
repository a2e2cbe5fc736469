import fc from 'fast-check';
import {
  apiLine,
  exitCode,
  isJudged,
  isWhole,
  type Judgement,
  type Verdict,
  type VerdictInput,
  verdictLine,
} from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { catalogueOf, judgement, miss, requirement, verdictOf, waiver } from './builders.js';

const oz1 = requirement('OZ-ADD-1');
const oz2 = requirement('OZ-CLEAR-1');
const ozShould = requirement('OZ-CLEAR-2-SHOULD');
const ge1 = requirement('GE-GET-1');
const ge2 = requirement('GE-SEND-1');
const catalogue = [oz1, oz2, ozShould, ge1, ge2];
const all = catalogue.map(({ id }) => judgement(id));
const except = (id: string, ...others: Judgement[]): Judgement[] => [
  ...all.filter(({ requirement: own }) => own !== id),
  ...others,
];
const skip = (id: string) => judgement(id, { outcome: 'skipped', reason: 'needs write' });
const hung = (id: string) => judgement(id, { outcome: 'error', cause: 'server', reason: 'it hung' });
const gateway = (id: string) => judgement(id, { outcome: 'error', cause: 'environment', reason: '503 thrice' });
const genesysOnly = [skip(ge1.id), skip(ge2.id), ...all.slice(0, 3)];

/** What was found, and what the verdict says of it. */
const situations: [name: string, judgements: Judgement[], input: Partial<VerdictInput>, line: string, exit: number][] =
  [
    ['every MUST met', all, {}, 'CONFORMANT: 4 of 4 MUSTs judged', 0],
    ['a MUST skipped', except(oz1.id, skip(oz1.id)), {}, 'PARTIAL: 3 of 4 MUSTs judged, none missed', 0],
    ['a SHOULD skipped', except(ozShould.id), {}, 'CONFORMANT: 4 of 4 MUSTs judged', 0],
    ['a SHOULD missed', except(ozShould.id, miss(ozShould.id, 'lost')), {}, 'CONFORMANT: 4 of 4 MUSTs judged', 0],
    [
      'a SHOULD missed under strict',
      except(ozShould.id, miss(ozShould.id, 'lost')),
      { strict: true },
      'NON-CONFORMANT: 4 of 4 MUSTs judged, none missed; strict: 1 SHOULD missed',
      1,
    ],
    ['a MUST missed', except(oz1.id, miss(oz1.id, 'lost')), {}, 'NON-CONFORMANT: 4 of 4 MUSTs judged, 1 missed', 1],
    [
      'a MUST missed, and little judged',
      [miss(oz1.id, 'lost')],
      {},
      'NON-CONFORMANT: 1 of 4 MUSTs judged, 1 missed',
      1,
    ],
    [
      'a MUST that the server hung on',
      except(oz1.id, hung(oz1.id)),
      {},
      'NON-CONFORMANT: 3 of 4 MUSTs judged, none missed, 1 could not be checked, for what the server did',
      1,
    ],
    [
      'one missed, one hung, one behind a gateway',
      [miss(oz1.id, 'lost'), hung(oz2.id), gateway(ge1.id), judgement(ge2.id)],
      {},
      'NON-CONFORMANT: 2 of 4 MUSTs judged, 1 missed, 2 could not be checked, 1 of them for what the server did',
      1,
    ],
    [
      'a MUST behind a gateway',
      except(oz1.id, gateway(oz1.id)),
      {},
      'UNJUDGED: 3 of 4 MUSTs judged, none missed, 1 could not be checked',
      2,
    ],
    ['a SHOULD behind a gateway', except(ozShould.id, gateway(ozShould.id)), {}, 'CONFORMANT: 4 of 4 MUSTs judged', 0],
    ['nothing judged', [], {}, 'UNJUDGED: 0 of 4 MUSTs judged; nothing could be judged', 2],
    ['only a SHOULD judged', [judgement(ozShould.id)], {}, 'UNJUDGED: 0 of 4 MUSTs judged; nothing could be judged', 2],
    [
      'no MUST of one API judged',
      genesysOnly,
      {},
      'UNJUDGED: 2 of 4 MUSTs judged, none missed; no MUST of genesys judged',
      2,
    ],
    [
      'no MUST of one API judged, and one of the other missed',
      [...genesysOnly, miss(oz1.id, 'lost')],
      {},
      'NON-CONFORMANT: 2 of 4 MUSTs judged, 1 missed',
      1,
    ],
    [
      'an unreachable host',
      [],
      { unjudgedReason: 'The host refuses.' },
      'UNJUDGED: 0 of 4 MUSTs judged; The host refuses.',
      2,
    ],
    [
      'one API asked for',
      all.slice(0, 3),
      { apis: ['ozeki'], leftOut: ['genesys'] },
      'CONFORMANT: 2 of 2 MUSTs judged (ozeki alone)',
      0,
    ],
    [
      'a selection',
      [judgement(oz1.id)],
      { selection: { by: '--only OZ-ADD-1', ids: [oz1.id] }, checked: [oz1.id] },
      'PARTIAL: 1 of 4 MUSTs judged, none missed (a selection: --only OZ-ADD-1)',
      0,
    ],
    [
      'a selection of all',
      all,
      { selection: { by: '--grep .' }, checked: catalogue.map(({ id }) => id) },
      'PARTIAL: 4 of 4 MUSTs judged, none missed (a selection: --grep .)',
      0,
    ],
    [
      'a selection of a SHOULD',
      [judgement(ozShould.id)],
      { selection: { by: '--only OZ-CLEAR-2-SHOULD' }, checked: [ozShould.id] },
      'PARTIAL: 0 of 4 MUSTs judged (a selection: --only OZ-CLEAR-2-SHOULD)',
      0,
    ],
    [
      'a selection of which nothing was judged',
      [skip(oz1.id)],
      { selection: { by: '--topic state' }, checked: [oz1.id] },
      'UNJUDGED: 0 of 4 MUSTs judged; nothing could be judged (a selection: --topic state)',
      2,
    ],
    [
      'a selection that misses',
      [miss(oz1.id, 'lost')],
      { selection: { by: '--last-failed' }, checked: [oz1.id] },
      'NON-CONFORMANT: 1 of 4 MUSTs judged, 1 missed (a selection: --last-failed)',
      1,
    ],
    [
      'a shard',
      [judgement(oz1.id), judgement(ge1.id)],
      { shard: { current: 2, total: 3 }, checked: [oz1.id, ge1.id] },
      'PARTIAL: 2 of 4 MUSTs judged, none missed (shard 2 of 3)',
      0,
    ],
    [
      'a shard of one API alone',
      [judgement(oz1.id)],
      { shard: { current: 1, total: 3 }, checked: [oz1.id] },
      'PARTIAL: 1 of 4 MUSTs judged, none missed (shard 1 of 3)',
      0,
    ],
    [
      'a shard without a check',
      [],
      { shard: { current: 9, total: 9 }, checked: [] },
      'UNJUDGED: 0 of 4 MUSTs judged; nothing was to be checked (shard 9 of 9)',
      2,
    ],
    [
      'a waived miss',
      except(oz1.id, miss(oz1.id, 'lost')),
      { waivers: [waiver(oz1.id)] },
      'CONFORMANT: 4 of 4 MUSTs judged, 1 missed and waived',
      0,
    ],
    [
      'a stale waiver under strict',
      all,
      { waivers: [waiver(oz1.id)], strict: true },
      'NON-CONFORMANT: 4 of 4 MUSTs judged, none missed; strict: 1 waiver stale',
      1,
    ],
    ['all required, all judged', all, { requireJudged: 100 }, 'CONFORMANT: 4 of 4 MUSTs judged', 0],
    [
      'all required, one skipped',
      except(oz1.id),
      { requireJudged: 100 },
      'UNJUDGED: 3 of 4 MUSTs judged, none missed; --require-judged asks for 100 %',
      2,
    ],
    [
      'as much judged as required',
      except(oz1.id),
      { requireJudged: 75 },
      'PARTIAL: 3 of 4 MUSTs judged, none missed',
      0,
    ],
    [
      'less judged than required, and one missed',
      [miss(oz1.id, 'lost')],
      { requireJudged: 75 },
      'NON-CONFORMANT: 1 of 4 MUSTs judged, 1 missed',
      1,
    ],
    [
      'all of a selection required and judged',
      [judgement(oz1.id)],
      { requireJudged: 100, selection: { by: '--only OZ-ADD-1' }, checked: [oz1.id] },
      'PARTIAL: 1 of 4 MUSTs judged, none missed (a selection: --only OZ-ADD-1)',
      0,
    ],
  ];

for (const [name, judgements, input, line, exit] of situations) {
  test(`${name} is ${line.split(':')[0]}`, () => {
    const verdict = verdictOf(catalogue, judgements, input);
    expect(verdictLine(verdict)).toBe(line);
    expect(exitCode(verdict)).toBe(exit);
    expect(isWhole(verdict)).toBe(exit === 0 && /^CONFORMANT: \d of \d MUSTs judged$/.test(line));
  });
}

test('each API has a word and numbers of its own', () => {
  const judgements = [skip(ge1.id), skip(ge2.id), judgement(oz1.id), skip(oz2.id), miss(ozShould.id, 'lost')];
  const verdict = verdictOf(catalogue, judgements);
  const none = { missed: 0, waived: 0, errors: 0 };
  expect(verdict.musts).toEqual({ total: 4, judged: 1, ...none });
  expect(verdict.apis).toEqual({
    ozeki: {
      verdict: 'partial',
      musts: { total: 2, judged: 1, ...none },
      shoulds: { total: 1, judged: 1, ...none, missed: 1 },
    },
    genesys: {
      verdict: 'unjudged',
      musts: { total: 2, judged: 0, ...none },
      shoulds: { total: 0, judged: 0, ...none },
    },
  });
  expect(apiLine(verdict, 'ozeki')).toBe('PARTIAL: 1 of 2 MUSTs judged, none missed');
  expect(apiLine(verdict, 'genesys')).toBe('NOT JUDGED: 0 of 2 MUSTs judged');
  expect(apiLine(verdictOf(catalogue, [...all, gateway(ge1.id)]), 'genesys')).toBe(
    'UNJUDGED: 1 of 2 MUSTs judged, none missed, 1 could not be checked',
  );
});

const outcomes = ['met', 'missed', 'skipped', 'server', 'environment', 'none'] as const;

test('whatever was found, the word overstates nothing', () => {
  const requirements = catalogueOf(12);
  const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...outcomes), { minLength: 12, maxLength: 12 }),
      fc.boolean(),
      sometimes(fc.constant({ by: '--grep x' })),
      sometimes(fc.constant({ current: 1, total: 2 })),
      sometimes(fc.integer({ min: 0, max: 100 })),
      fc.subarray(requirements.map(({ id }) => id)),
      (found, strict, selection, shard, requireJudged, checked) => {
        const judgements = found.flatMap((outcome, index) => {
          const id = requirements[index]?.id ?? '';
          if (outcome === 'none') return [];
          if (outcome === 'server' || outcome === 'environment')
            return [judgement(id, { outcome: 'error', cause: outcome, reason: outcome })];
          return [judgement(id, { outcome, ...(outcome !== 'met' && { reason: outcome }) })];
        });
        const verdict: Verdict = verdictOf(requirements, judgements, {
          strict,
          selection,
          shard,
          requireJudged,
          ...((selection ?? shard) !== undefined && { checked }),
        });
        const musts = verdict.requirements.filter(({ level }) => level === 'MUST');
        const binding = verdict.requirements.filter(({ level }) => level === 'MUST' || strict);
        const isBad = binding.some(({ status, cause }) => status === 'fail' || cause === 'server');
        if (verdict.verdict === 'conformant') {
          expect(musts.every(({ status }) => isJudged(status))).toBe(true);
          expect(selection ?? shard).toBeUndefined();
        }
        if (verdict.verdict === 'conformant' || verdict.verdict === 'partial') {
          expect(isBad).toBe(false);
          expect(verdict.requirements.some(({ status }) => isJudged(status))).toBe(true);
          expect(binding.every(({ status }) => status !== 'error')).toBe(true);
          if (selection === undefined && shard === undefined) {
            for (const { musts } of Object.values(verdict.apis ?? {})) expect(musts.judged).toBeGreaterThan(0);
            expect((verdict.musts?.judged ?? 0) * 100).toBeGreaterThanOrEqual((requireJudged ?? 0) * musts.length);
          }
        }
        expect(verdict.verdict === 'non-conformant').toBe(isBad);
        expect(verdictLine(verdict)).toContain(`${verdict.musts?.judged} of ${musts.length} MUSTs judged`);
      },
    ),
    { numRuns: 300 },
  );
});
