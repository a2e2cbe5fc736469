import fc from 'fast-check';
import { apiNamed, apis } from '../../apis/index.js';
import { tryCase } from '../../matrix/case.js';
import { type Recorded, recorded, replayed } from '../../matrix/replay.js';
import { createLiar, fitsOf, lieOperators, membersOf, operatorsFor } from '../../src/ledger/index.js';
import { expect, test } from '../test.js';
import { demoApi } from './demo.js';

const id = fc.stringMatching(/^[0-9a-f]{8}$/);
const room = fc.record({
  id,
  open: fc.boolean(),
  made: fc
    .date({ min: new Date('2001-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19).replace('T', ' ')),
  users: fc.array(id, { maxLength: 4 }),
  parent: fc.option(id),
});
const answer = fc.record({
  status: fc.constant('OK'),
  note: fc.string(),
  colour: fc.constantFrom('red', 'blue'),
  count: fc.integer({ min: 0, max: 1e6 }),
  names: fc.dictionary(id, fc.string(), { maxKeys: 4 }),
  rooms: fc.array(room, { maxLength: 4 }),
});

test('each lie fits the schema and is no truth, and the truth stays as it is', () => {
  const { schemas } = demoApi(test.info().outputPath('demo'));
  const [members, fits] = [membersOf(schemas), fitsOf(schemas)];
  for (const member of members)
    for (const operator of operatorsFor(member)) {
      let lied = 0;
      fc.assert(
        fc.property(fc.array(answer, { minLength: 3, maxLength: 6 }), (answers) => {
          const liar = createLiar({ ...member, operator }, members, fits);
          for (const json of answers) {
            const before = JSON.stringify(json);
            const told = liar.tell({ action: 'show', account: 'alice', json });
            const isTruth = told === json || JSON.stringify(told) === before;
            if (JSON.stringify(json) !== before || !fits('show', told) || isTruth !== (told === json))
              throw new Error(`${member.path} ${operator}: ${JSON.stringify(told)} for ${before}`);
          }
          lied += liar.lied;
        }),
        { numRuns: 25, seed: 7 },
      );
      expect(lied, `${member.path} ${operator} is told`).toBeGreaterThan(0);
    }
});

test('every operator is of use to a member of an API that comes along', () => {
  const used = new Set(apis.flatMap(({ schemas }) => membersOf(schemas).flatMap(operatorsFor)));
  expect([...used].sort()).toEqual(Object.keys(lieOperators).sort());
});

const at = { path: '/x', nullable: false, choices: [] };
const lieAbout = (operator: string, value: unknown, context: object = {}) => {
  const lies = lieOperators[operator]?.lies(
    value,
    { seen: [], ...context },
    { ...at, action: 'a', kind: 'text', pool: 'x' },
  );
  return [...(lies ?? [])][0];
};

for (const [operator, value, context, lie] of [
  ['other', 'ab9', {}, 'ab1'],
  ['other', '', {}, 'x'],
  ['foreign', 'a', { seen: ['b', 'c'] }, 'b'],
  ['stale', 'a', { previous: 'b' }, 'b'],
  ['constant', 'a', { first: 'b' }, 'b'],
  ['inverted', false, {}, true],
  ['one-more', 1, {}, 2],
  ['hour', '2024-03-08 23:12:48', {}, '2024-03-09 00:12:48'],
  ['zone', '2024-03-08 23:12:48', {}, '2024-03-08 14:12:48'],
  ['day', 1404162425010, {}, 1404076025010],
  ['dropped', [1, 2, 3], {}, [1, 3]],
  ['dropped', { a: 1, b: 2 }, {}, { a: 1 }],
  ['doubled', [1, 2], {}, [1, 2, 2]],
  ['one-foreign', [1, 2], { seen: [9] }, [1, 9, 2]],
  ['reordered', [1, 2], {}, [2, 1]],
] as const)
  test(`${operator} says ${JSON.stringify(lie)} for ${JSON.stringify(value)}`, () => {
    expect(lieAbout(operator, value, context)).toEqual(lie);
  });

test('a lie about a member or by an operator that there is not is a mistake', () => {
  const { schemas } = demoApi(test.info().outputPath('demo'));
  const liarOf = (path: string, operator: string) => () =>
    createLiar({ action: 'show', path, operator }, membersOf(schemas), fitsOf(schemas));
  expect(liarOf('/gone', 'other')).toThrow('There is no lie other about show /gone.');
  expect(liarOf('/note', 'gone')).toThrow('There is no lie gone about show /note.');
});

/** A Send that a healthy server answered. */
function aSend(channelUuid: string): Recorded {
  const json = { code: '0', desc: 'success', data: { id: '1579309168845799425', channelUuid } };
  const response = {
    status: 200,
    headers: { 'content-type': 'application/json' },
    text: JSON.stringify(json),
    bytes: 9,
    json,
  };
  const request = { method: 'POST', url: 'http://127.0.0.1/', headers: {}, json: { channelUuid } };
  const about = {
    api: 'relation',
    action: 'send',
    intent: 'call',
    actor: 'member',
    startedAt: 0,
    durationMs: 1,
  } as const;
  return recorded(
    { ...about, request, response, violations: { request: [], response: [] } },
    { emails: [], clockToleranceMs: 0 },
  );
}

test('where one exchange decides a lie, the passive checks object to recorded answers', () => {
  const api = apiNamed('relation');
  const members = membersOf(api.schemas);
  const history = [aSend('4f326124812c41448bc587bf6b2eaf42'), aSend('4f326124812c41448bc587bf6b2eaf42')];
  const tried = (path: string, operator: string) => replayed(api, history, { action: 'send', path, operator }, members);
  expect(tried('/data/channelUuid', 'other')).toEqual({ caughtBy: ['RE-SEND-1'], lied: 1, forbidden: false });
  // It takes a List to tell whose id it is.
  expect(tried('/data/id', 'other')).toEqual({ caughtBy: [], lied: 2, forbidden: false });
  expect(tried('/data/channelUuid', 'stale')).toEqual({ caughtBy: [], lied: 0, forbidden: false });
});

test('where it takes more, a check that calls the action objects', async () => {
  const lie = { action: 'send', path: '/data/id', operator: 'other' };
  const about = { id: 'lie', api: 'relation', action: 'send', sentence: '' };
  const result = await tryCase({ kind: 'lie', ...about, lie }, apis, { only: ['RE-SEND-1'] });
  expect(result).toMatchObject({ outcome: 'caught', misses: [{ requirement: 'RE-SEND-1' }] });
  expect(result.lied).toBeGreaterThan(0);
});
