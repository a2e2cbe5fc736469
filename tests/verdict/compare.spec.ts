import { compareVerdicts, type Status, type Verdict } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { requirement, verdictOf } from './builders.js';

type Standing = Status | 'broken' | undefined;

/** A verdict whose one requirement stands so. */
function standing(status: Standing): Verdict {
  if (status === undefined) return verdictOf([requirement('OZ-LOGIN-1')], []);
  const verdict = verdictOf([requirement('OZ-CLEAR-1'), requirement('OZ-LOGIN-1')], []);
  const [first, ...rest] = verdict.requirements;
  if (first === undefined) throw new Error('the verdict is empty');
  const error = {
    status: 'error' as const,
    cause: status === 'broken' ? ('server' as const) : ('environment' as const),
  };
  return {
    ...verdict,
    requirements: [{ ...first, ...(status === 'broken' || status === 'error' ? error : { status }) }, ...rest],
  };
}

const rows: [Standing, Standing, string | undefined][] = [
  ['pass', 'fail', 'newlyMissed'],
  ['pass', 'warn', 'newlyMissed'],
  ['skip', 'fail', 'newlyMissed'],
  ['error', 'fail', 'newlyMissed'],
  ['pass', 'broken', 'newlyMissed'],
  [undefined, 'fail', 'newlyMissed'],
  ['pass', 'waived', undefined],
  ['fail', 'fail', undefined],
  ['waived', 'fail', undefined],
  ['broken', 'fail', undefined],
  ['fail', 'pass', 'newlyMet'],
  ['skip', 'pass', 'newlyMet'],
  [undefined, 'pass', 'newlyMet'],
  ['pass', 'pass', undefined],
  ['pass', 'skip', 'newlySkipped'],
  ['fail', 'skip', 'newlySkipped'],
  ['pass', 'error', 'newlySkipped'],
  ['skip', 'error', undefined],
  [undefined, 'skip', undefined],
  ['pass', undefined, 'gone'],
  ['skip', undefined, 'gone'],
];

for (const [was, is, kind] of rows) {
  test(`${was ?? 'absent'}, then ${is ?? 'absent'}: ${kind ?? 'nothing to say'}`, () => {
    const comparison = compareVerdicts(standing(was), standing(is));
    const kinds = Object.entries(comparison).filter(([, changes]) => changes.length > 0);
    expect(kinds.map(([name]) => name)).toEqual(kind === undefined ? [] : [kind]);
    expect(kinds.flatMap(([, changes]) => changes.map((change: { id: string }) => change.id))).toEqual(
      kind === undefined ? [] : ['OZ-CLEAR-1'],
    );
  });
}
