import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apis } from '../../apis/index.js';
import { casesOf, shardOf } from '../../matrix/cases.js';
import { casesOn, changedBy, changedFiles, changedLine } from '../../matrix/changed.js';
import { stubs } from '../apis.js';
import { command, folder } from '../cli/command.js';
import { expect, test } from '../test.js';

const cases = casesOf(stubs);

test('each case is in one shard, the same each time, and no shard has much more than another', () => {
  for (const total of [1, 3, 7]) {
    const shards = Array.from({ length: total }, (_, i) => shardOf(cases, { current: i + 1, total }));
    const ids = shards.flat().map(({ id }) => id);
    expect(ids.toSorted()).toEqual(cases.map(({ id }) => id).toSorted());
    const sizes = shards.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
});

const everything = Object.fromEntries(apis.map(({ name }) => [name, 'all']));

for (const [files, changed] of [
  [['docs/ci.md', 'tests/apis.ts', 'README.md', '.ci/run'], {}],
  [['specs/ozeki/mute.spec.ts', 'schemas/ozeki/list.response.json'], { ozeki: ['mute', 'list'] }],
  [['specs/relation/all.spec.ts'], { relation: 'all' }],
  [['schemas/genesys/shared.json', 'specs/genesys/complete.spec.ts'], { genesys: 'all' }],
  [['specs/genesys/complete.spec.ts', 'apis/genesys/stub/faults/time.ts'], { genesys: 'all' }],
  [['specs/unknown/x.spec.ts', 'fixtures/ozeki/user.ts'], everything],
  [['src/judge/log.ts'], everything],
  [['package.json', 'specs/ozeki/mute.spec.ts'], everything],
  [['apis/chatserver/session.ts'], everything],
] as [string[], Record<string, string | string[]>][]) {
  test(`a change of ${files.join(' and ')} is one of ${Object.keys(changed).join(', ') || 'nothing'}`, () => {
    const found = [...changedBy(files, apis)].map(([api, actions]) => [
      api,
      actions === 'all' ? actions : [...actions],
    ]);
    expect(Object.fromEntries(found)).toEqual(changed);
  });
}

test('what changed of an action has its cases tried, those of all actions and the healthy server', () => {
  const chosen = casesOn(new Map([['ozeki', new Set(['mute'])]]), cases);
  expect(new Set(chosen.map(({ api }) => api))).toEqual(new Set(['ozeki']));
  expect(new Set(chosen.map(({ action }) => action))).toEqual(new Set(['*', 'mute']));
  expect(chosen.map(({ id }) => id)).toContain('ozeki-healthy');
  const ofRelation = cases.filter(({ api }) => api === 'relation');
  expect(casesOn(new Map([['relation', 'all']]), cases)).toEqual(ofRelation);
  expect(casesOn(new Map(), cases)).toEqual([]);
});

test('what is left out is said', () => {
  const changed = changedBy(['specs/ozeki/mute.spec.ts', 'apis/relation/index.ts'], apis);
  expect(changedLine(changed, 'main', { tried: 30, all: 100 })).toBe(
    'Changed since main: ozeki mute; all of relation. 30 of 100 cases are tried, 70 left out.',
  );
});

/** A repository with one commit, in the folder of this test. */
function repository(): string {
  const cwd = folder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd });
  git('init', '--quiet');
  mkdirSync(join(cwd, 'specs', 'relation'), { recursive: true });
  writeFileSync(join(cwd, 'specs', 'relation', 'list.spec.ts'), '');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  return cwd;
}

test('Git says what differs from a revision, with files that it does not know yet', () => {
  const cwd = repository();
  expect(changedFiles('HEAD', cwd)).toEqual([]);
  writeFileSync(join(cwd, 'specs', 'relation', 'list.spec.ts'), 'changed');
  writeFileSync(join(cwd, 'specs', 'relation', 'sénd.spec.ts'), 'new');
  const both = ['specs/relation/list.spec.ts', 'specs/relation/sénd.spec.ts'];
  expect(changedFiles('HEAD', cwd)).toEqual(both);
  expect(changedFiles('HEAD', join(cwd, 'specs'))).toEqual(both);
});

test('where nothing has changed nothing is tried, and it is said', async () => {
  const cwd = repository();
  mkdirSync(join(cwd, 'reports'));
  const ran = await command(['faults', 'run', '--api', 'relation', '--changed', 'HEAD', '--shard', '1/2']);
  expect(ran, ran.err).toMatchObject({ code: 0 });
  expect(ran.out).toContain('Nothing that a case hangs on has changed since HEAD: none of ');
  expect(ran.out).toContain('Shard 1/2: 0 of 0 cases.');
});

test('a revision that is not there, a place without Git, and what cannot be divided are mistakes with a mend', async () => {
  const cwd = repository();
  const changed = (...args: string[]) => command(['faults', 'run', '--changed', ...args]);
  expect(await changed('nowhere')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--changed: there is no such revision: nowhere\. Name a revision of the repository/),
  });
  expect(await changed('HEAD', '--explore')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--shard and --changed/),
  });
  const { PATH } = process.env;
  process.env.PATH = join(cwd, 'nothing');
  try {
    expect(await changed('HEAD')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/git cannot be run\. Install it/),
    });
  } finally {
    process.env.PATH = PATH;
  }
  const outside = { ...process.env, GIT_DIR: join(cwd, 'none') };
  Object.assign(process.env, outside);
  try {
    expect(await changed('HEAD')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--changed: .*not a git repository/),
    });
  } finally {
    delete process.env.GIT_DIR;
  }
});
