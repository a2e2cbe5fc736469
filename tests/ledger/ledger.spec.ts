import { apis } from '../../apis/index.js';
import {
  type Excuse,
  ledgerLines,
  ledgerOf,
  ledgerPage,
  membersOf,
  operatorsFor,
  type Tries,
} from '../../src/ledger/index.js';
import { command } from '../cli/command.js';
import { expect, test } from '../test.js';
import { demoApi } from './demo.js';

/** Every lie about the small API caught, but for those about one member. */
function triesBut(folder: string, path: string, outcome: string | undefined): Tries {
  const members = membersOf(demoApi(folder).schemas);
  const lies = members.map((member) => [
    member.path,
    Object.fromEntries(
      operatorsFor(member).flatMap((operator) => {
        const came = member.path === path ? outcome : 'DE-SHOW-1';
        return came === undefined ? [] : [[operator, came]];
      }),
    ),
  ]);
  return { show: Object.fromEntries(lies) };
}

const excuse: Excuse = { members: ['/note'], why: 'Nobody says what it is.', source: 'Show' };

test('every leaf and every array of an answer is a member', () => {
  const members = membersOf(demoApi(test.info().outputPath('demo')).schemas);
  expect(members.map(({ path, kind, pool }) => `${path} ${kind} ${pool}`)).toEqual([
    '/status fixed status',
    '/note text note',
    '/colour choice colour',
    '/count number count',
    '/names map names',
    '/names/* text names',
    '/rooms array rooms',
    '/rooms/*/id text id',
    '/rooms/*/open truth open',
    '/rooms/*/made time made',
    '/rooms/*/users array users',
    '/rooms/*/parent text id',
  ]);
});

test('the members of every action of each API are listed, each once', () => {
  for (const { name, schemas, actions } of apis) {
    const members = membersOf(schemas);
    const paths = members.map(({ action, path }) => `${action} ${path}`);
    expect(new Set(paths).size, name).toBe(paths.length);
    expect(new Set(members.map(({ action }) => action))).toEqual(
      new Set([...Object.keys(actions), ...schemas.actions()]),
    );
    // What a documented answer holds as a leaf is a member: nothing that is documented stays out.
    for (const { action, part, body } of schemas.examples())
      if (part === 'response')
        for (const leaf of leavesOf(body))
          expect(
            members.filter((each) => each.action === action).some(({ path }) => fits(path, leaf)),
            `${name} ${action} ${leaf}`,
          ).toBe(true);
  }
});

/** The pointers of the leaves of a JSON value; an item that is a leaf is told by its array. */
function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).filter(([, each]) => !Array.isArray(value) || typeof each === 'object');
  return inner.flatMap(([key, each]) => leavesOf(each, `${path}/${key}`));
}

function fits(path: string, leaf: string): boolean {
  const [pattern, segments] = [path.split('/'), leaf.split('/')];
  return pattern.length === segments.length && pattern.every((part, i) => part === '*' || part === segments[i]);
}

test('a ledger in which each lie is caught or excused has no problem', () => {
  const folder = test.info().outputPath('demo');
  const api = demoApi(folder, { 'ledger.json': triesBut(folder, '/note', ''), 'excuses.json': [excuse] });
  const ledger = ledgerOf(api);
  expect(ledger.problems).toEqual([]);
  const text = ledgerLines(api, ledger).join('\n');
  expect(text).toContain('show /note  other, foreign, stale: Nobody says what it is. (Show)');
  expect(text).toContain('show /status  one value alone fits the schema');
  expect(text).toContain('12 members; 31 lies caught, 3 excused, 0 forbidden by the schema, 0 untold, 0 not judged');
  const page = ledgerPage([{ title: 'Demo', ledger }]);
  expect(page).toContain('| `/count` | foreign, stale, one-more: DE-SHOW-1 |');
  expect(page).toContain('| other | ');
});

for (const [words, path, outcome, excuses, problem] of [
  ['a lie that was never tried', '/note', undefined, [], /demo show \/note, other: never tried/],
  ['a lie that nothing catches or excuses', '/count', '', [], /demo show \/count, one-more: no requirement catches it/],
  ['a catch by what is no requirement', '/count', 'DE-GONE-1', [], /caught by DE-GONE-1, which is no requirement/],
  ['an excuse that nothing needs', '/note', 'DE-SHOW-1', [excuse], /excuses\.json, \/note: it excuses nothing/],
  [
    'an excuse by nobody',
    '/note',
    '',
    [{ ...excuse, source: 'Elsewhere' }],
    /Elsewhere is neither a page nor a ruling/,
  ],
] as const)
  test(`${words} is a problem`, () => {
    const folder = test.info().outputPath('demo');
    const files = { 'ledger.json': triesBut(folder, path, outcome), 'excuses.json': excuses };
    expect(ledgerOf(demoApi(folder, files)).problems.join('\n')).toMatch(problem);
  });

test('what is tried of a member that no schema has is a problem', () => {
  const folder = test.info().outputPath('demo');
  const tries = triesBut(folder, '', 'DE-SHOW-1');
  const stale = { show: { ...tries.show, '/gone': { other: 'DE-SHOW-1' } } };
  expect(ledgerOf(demoApi(folder, { 'ledger.json': stale })).problems).toEqual([
    'demo show /gone, other: no schema has it any more. Write ledger.json again.',
  ]);
});

test('the ledgers that come along are those of the schemas, and leave nothing open', async () => {
  const { code, out, err } = await command(['ledger']);
  expect(err).toBe('');
  expect(code).toBe(0);
  for (const api of apis) expect(out).toContain(ledgerLines(api, ledgerOf(api)).at(-1));
});
