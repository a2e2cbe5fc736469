import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { packageRoot } from '../../src/root.js';
import { mergeVerdicts, waiverEntry } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { sampleVerdict, shardsOf, verdictWithMisses, waiver } from './builders.js';

function validator(name: string) {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(join(packageRoot, 'schemas', name), 'utf8')));
}

for (const [name, verdict] of [
  ['of every status', sampleVerdict()],
  ['of a strict run', sampleVerdict({ strict: true })],
  ['of an interrupted run', sampleVerdict({ interrupted: true })],
  ['of an unreachable host', sampleVerdict({ judgements: [], waivers: [], unjudgedReason: 'the host refuses' })],
  ['merged', mergeVerdicts(shardsOf(sampleVerdict(), sampleVerdict()))],
  ['merged of what is no shard', mergeVerdicts([{ name: 'a', verdict: sampleVerdict() }], ['b is empty'])],
  [
    'of a shard of a selection',
    sampleVerdict({
      selection: { by: '--only OZ-CLEAR-1', ids: ['OZ-CLEAR-1'] },
      shard: { current: 1, total: 3 },
      checked: [],
      leftOut: ['relation'],
      requireJudged: 80,
      runId: '12',
    }),
  ],
  ['with many misses', verdictWithMisses(30, 20)],
] as const) {
  test(`a verdict ${name} obeys its schema`, () => {
    const validate = validator('verdict.json');
    validate(JSON.parse(JSON.stringify(verdict)));
    expect(validate.errors).toBeNull();
  });
}

test('a waiver entry that is filled in obeys the schema of waivers, a blank one does not', () => {
  const validate = validator('waivers.json');
  const [first] = verdictWithMisses(3, 1).requirements;
  if (first === undefined) throw new Error('the verdict is empty');
  const blank = JSON.parse(waiverEntry(first));
  expect(validate({ waivers: [blank] })).toBe(false);
  expect(validate({ waivers: [{ ...blank, ...waiver(first.id) }] })).toBe(true);
});
