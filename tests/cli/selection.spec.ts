import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiNamed, apis as known } from '../../apis/index.js';
import { type SelectionOptions, selectionOf as selectionAmong } from '../../src/cli/selection.js';
import { placeOf } from '../../src/reporters/index.js';
import { selectionBy } from '../../src/reporters/playwright-arguments.js';
import type { Verdict } from '../../src/verdict/index.js';
import { apis, requirementsOf } from '../apis.js';
import { expect, test } from '../test.js';
import { judgement, miss, verdictOf } from '../verdict/builders.js';
import { folder } from './command.js';

const catalogue = requirementsOf(apis);
const selectionOf = (options: SelectionOptions, scope: readonly string[], last?: Verdict) =>
  selectionAmong(options, scope.map(apiNamed), known, last);
const idsOf = (options: SelectionOptions, scope: readonly string[] = apis, last?: Verdict): string[] | undefined =>
  selectionOf(options, scope, last)?.ids;

test('without an option nothing is selected', () => {
  expect(selectionOf({}, apis)).toBeUndefined();
  expect(selectionOf({ lastFailed: false }, apis)).toBeUndefined();
});

test('--only selects ids, in the order of the catalogue', () => {
  expect(selectionOf({ only: ['RE-LIST-2', 'OZ-CLEAR-1'] }, apis)).toEqual({
    by: '--only RE-LIST-2 OZ-CLEAR-1',
    ids: ['OZ-CLEAR-1', 'RE-LIST-2'],
  });
});

test('--topic selects by topic', () => {
  const paging = catalogue.filter(({ topic }) => topic === 'paging').map(({ id }) => id);
  expect(idsOf({ topic: ['paging'] })).toEqual(paging);
  expect(idsOf({ topic: ['paging', 'time'] })?.length).toBeGreaterThan(paging.length);
});

for (const [grep, id, other] of [
  ['OZ-CLEAR-1', 'OZ-CLEAR-1', 'OZ-CLEAR-2'],
  ['@paging', 'RE-LIST-2', 'OZ-CLEAR-1'],
  ['@should', 'OZ-LOGIN-2-SHOULD', 'OZ-LOGIN-2'],
  ['^genesys complete', 'GE-DONE-1', 'GE-REQ-1'],
  ['md5 of the account', 'OZ-COM-6', 'OZ-COM-5'],
] as const) {
  test(`--grep ${grep} selects ${id} and not ${other}`, () => {
    const ids = idsOf({ grep });
    expect(ids).toContain(id);
    expect(ids).not.toContain(other);
  });
}

test('options narrow each other, and an API in scope all of them', () => {
  const ids = idsOf({ topic: ['paging'], grep: 'must' }, ['ozeki']) ?? [];
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(catalogue.find((one) => one.id === id)).toMatchObject({ api: 'ozeki', topic: 'paging' });
});

test('--last-failed selects what was missed or in error', () => {
  const [met, missed, error, skipped] = catalogue.slice(0, 4).map(({ id }) => id) as [string, string, string, string];
  const last = verdictOf(catalogue, [
    judgement(met),
    miss(missed, 'lost'),
    judgement(error, { outcome: 'error', cause: 'environment', reason: '503' }),
    judgement(skipped, { outcome: 'skipped', reason: 'why' }),
  ]);
  expect(selectionOf({ lastFailed: true }, apis, last)).toEqual({ by: '--last-failed', ids: [missed, error] });
  const clean = verdictOf(catalogue, [judgement(met)]);
  expect(() => selectionOf({ lastFailed: true }, apis, clean)).toThrow(
    '--last-failed: the run before missed nothing and had no error. Run without it.',
  );
});

for (const [options, scope, words] of [
  [{ only: ['OZ-CLEAR-11'] }, apis, '--only OZ-CLEAR-11: there is no requirement of this id. Did you mean OZ-CLEAR-1?'],
  [{ only: ['xyz'] }, apis, '--only xyz: there is no requirement of this id. docs/requirements.md lists them all.'],
  [{ only: ['RE-LIST-2'] }, ['ozeki'], '--only RE-LIST-2: it is of relation, which is not in scope.'],
  [{ topic: ['pagin'] }, apis, '--topic pagin: there is no such topic. Did you mean paging?'],
  [{ topic: ['xyz'] }, apis, '--topic xyz: there is no such topic. Name one of shape, '],
  [{ grep: '(' }, apis, '--grep (: Invalid regular expression'],
  [
    { grep: 'no such words' },
    apis,
    '--grep no such words: no requirement of ozeki, genesys, relation, gms is left to check.',
  ],
  [{ only: ['OZ-CLEAR-1'], topic: ['paging'] }, apis, '--only OZ-CLEAR-1 --topic paging: no requirement of '],
] as [SelectionOptions, readonly string[], string][]) {
  test(`told: ${words}`, () => {
    expect(() => selectionOf(options, scope)).toThrow(words);
  });
}

test('a long selection is told in short', () => {
  const ids = catalogue.slice(0, 9).map(({ id }) => id);
  expect(selectionOf({ only: ids }, apis)?.by).toBe(`--only ${ids.slice(0, 3).join(' ')} and 6 more`);
});

for (const [argv, by] of [
  ['test', ''],
  ['test -c playwright.config.ts --workers 2 --shard=1/2 --reporter list', ''],
  ['test -g RE-LIST', '-g RE-LIST'],
  ['test --grep=RE-LIST --project ozeki', '--grep=RE-LIST --project ozeki'],
  ['test specs/ozeki/add.spec.ts:93 --headed', 'specs/ozeki/add.spec.ts:93'],
  ['test --last-failed -j 1', '--last-failed'],
  ['test --only-changed=main -- own', '--only-changed=main'],
] as const) {
  test(`of playwright ${argv} ${by === '' ? 'nothing' : by} selects`, () => {
    expect(selectionBy(['node', 'playwright', ...argv.split(' ')])).toBe(by);
  });
}

test('a selection leaves a verdict on the whole where it is', () => {
  const reports = folder();
  expect(placeOf(reports, true)).toBe(reports);
  const save = (content: string) => writeFileSync(join(reports, 'verdict.json'), content);
  const whole = verdictOf(catalogue, []);
  save(JSON.stringify(whole));
  expect(placeOf(reports, true)).toBe(join(reports, 'selection'));
  expect(placeOf(reports, false)).toBe(reports);
  save(JSON.stringify({ ...whole, selection: { by: '--topic ids' } }));
  expect(placeOf(reports, true)).toBe(reports);
  save('{');
  expect(placeOf(reports, true)).toBe(reports);
  mkdirSync(join(reports, 'none'));
  expect(placeOf(join(reports, 'none'), true)).toBe(join(reports, 'none'));
});
