import { casesOf } from '../../matrix/cases.js';
import { grouped } from '../../matrix/groups.js';
import { matrixLines, reportMatrix } from '../../matrix/report.js';
import { runMatrix } from '../../matrix/run.js';
import type { Case, CaseResult } from '../../matrix/types.js';
import { requirementsOf, stubs } from '../apis.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';

/** The healthy stub, the variants of one server, and one fault an action; every case in the thorough tests. */
function sliceOf(cases: readonly Case[]): readonly Case[] {
  if (thorough) return cases;
  const [first] = grouped(
    cases.filter(({ kind }) => kind === 'variant'),
    stubs,
  );
  const together = new Set(first?.members?.map(({ id }) => id));
  const firstOfAction = new Map<string, string>();
  for (const { kind, action, id } of cases)
    if (kind === 'fault' && !firstOfAction.has(action)) firstOfAction.set(action, id);
  return cases.filter(
    ({ kind, action, id }) => kind === 'healthy' || together.has(id) || firstOfAction.get(action) === id,
  );
}

const stubOf = (api: string) => stubs.filter((stub) => stub.api === api);

for (const { api } of stubs) {
  test(
    `${api}: a fault of each action is caught, and a server with many legal differences is accused of nothing`,
    long,
    async () => {
      test.skip(process.env.WHOLE_MATRIX_FOLLOWS !== undefined, 'the whole matrix is run after these tests');
      test.setTimeout(900_000);
      const cases = sliceOf(casesOf(stubOf(api)));
      const results = await runMatrix(cases, { jobs: 1, stubs: stubOf(api) });
      const report = reportMatrix(results, requirementsOf([api]), 0, false);
      expect(results).toHaveLength(cases.length);
      expect(report.falseAlarms, matrixLines(report).join('\n')).toEqual([]);
      expect([...report.survivors, ...report.caughtAgain]).toEqual([]);
      expect(report.doubles).toEqual([]);
      expect(report.failed).toEqual([]);
    },
  );
}

test('a matrix names survivors, false alarms, doubles and requirements without a fault', () => {
  const requirements = requirementsOf(['relation']).slice(0, 3);
  const [first, second] = requirements;
  const base = { api: 'relation' as const, action: 'list', localised: true, checks: 1, requests: 1, durationMs: 1 };
  const results: CaseResult[] = [
    { ...base, kind: 'healthy', id: 'relation-healthy', sentence: '', misses: [], outcome: 'clean' },
    {
      ...base,
      kind: 'variant',
      id: 'legal',
      sentence: '',
      misses: [{ requirement: second?.id ?? '', says: 'too strict' }],
      outcome: 'false alarm',
    },
    {
      ...base,
      kind: 'fault',
      id: 'caught',
      requirement: first?.id,
      sentence: '',
      misses: [{ requirement: first?.id ?? '', says: 'found' }],
      doubles: [{ path: '/data', requirements: ['RE-A-1', 'RE-B-1'] }],
      again: true,
      outcome: 'caught',
    },
    {
      ...base,
      kind: 'fault',
      id: 'alive',
      requirement: second?.id,
      sentence: 'It lives.',
      misses: [],
      localised: false,
      outcome: 'survived',
    },
  ];
  const report = reportMatrix(results, requirements, 1000, true);
  expect(report).toMatchObject({
    survivors: ['alive'],
    caughtAgain: ['caught'],
    unexercised: [requirements[2]?.id],
    faults: { total: 2, caught: 1, localised: 1 },
  });
  expect(report.falseAlarms).toEqual([{ requirement: second?.id, says: 'too strict', on: 'legal' }]);
  const text = matrixLines(report).join('\n');
  for (const words of [
    'alive',
    'It lives.',
    'too strict',
    'SURVIVED',
    '1 of 2 faults caught',
    'caught at /data: RE-A-1, RE-B-1',
  ])
    expect(text).toContain(words);
});

test('cases are chosen by glob and API, the healthy stubs first', () => {
  const some = casesOf([...stubOf('ozeki'), ...stubOf('relation')], '*-healthy');
  expect(some.map(({ id }) => id)).toEqual(['ozeki-healthy', 'relation-healthy']);
  expect(casesOf(stubOf('ozeki'), 'ozeki-page-*').length).toBeGreaterThan(5);
  expect(casesOf(stubOf('genesys'))[0]).toMatchObject({ kind: 'healthy', api: 'genesys' });
});
