import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { serveStub } from '../../src/api/stub.js';
import type { Verdict } from '../../types/verdict.js';
import { expect, test } from '../test.js';
import { command, folder } from './command.js';

test.describe.configure({ timeout: 120_000 });

/** A nickname that user data change: two steps and a text show it. */
const replay = {
  version: 1,
  api: 'genesys',
  requirement: 'GE-NICK-1',
  steps: [
    [{ do: 'updateuserdata', by: 'alice', members: { userData: { nickname: 'value1' } } }],
    [{ do: 'sendmessage', by: 'alice', members: { text: 'hello' } }],
  ],
};

const verdictIn = (reports: string) =>
  JSON.parse(readFileSync(join(folder(), reports, 'verdict.json'), 'utf8')) as Verdict;

/** Serves a stub with a fault, and writes its target file with the replay file in its folder. */
async function broken(faults: readonly string[], use: () => Promise<void>): Promise<void> {
  const served = await serveStub(apis, { faults });
  try {
    mkdirSync(join(folder(), 'replays'));
    writeFileSync(join(folder(), 'replays', 'nickname.json'), JSON.stringify(replay));
    const target = { ...stubTarget({ url: served.url }), name: 'broken', replays: './replays' };
    writeFileSync(join(folder(), 'broken.json'), JSON.stringify(target));
    await use();
  } finally {
    await served.close();
  }
}

test('a healthy server: nothing is missed, and what was judged is a part', async () => {
  const { code, out } = await command(['explore', '--api', 'genesys', '--seconds', '2', '--seed', '1', '--no-html']);
  expect(code, out).toBe(0);
  expect(out).toContain('none missed (genesys alone, a selection: explore)');
  const { explored = [], verdict } = verdictIn('reports');
  expect(verdict).toBe('partial');
  expect(explored).toMatchObject([{ api: 'genesys', seed: 1, seconds: 2, finds: [] }]);
});

test('a replay file that shows its miss fails the requirement, and leaves a page, a replay file and a script', async () => {
  await broken(['genesys-nickname-of-userdata'], async () => {
    const ran = await command(['run', '--target', 'broken.json', '--replay', 'replays/nickname.json', '--no-html']);
    expect(ran.code, ran.err).toBe(1);
    expect(ran.err).toContain('exploring genesys: GE-NICK-1 is missed');
    const row = verdictIn('reports').requirements.find(({ id }) => id === 'GE-NICK-1');
    expect(row).toMatchObject({ status: 'fail', basis: 'generated' });
    expect(row?.evidence?.length).toBeGreaterThan(2);
    expect(readdirSync(join(folder(), 'reports', 'explore')).sort()).toEqual([
      'GE-NICK-1-getmessages.md',
      'GE-NICK-1-getmessages.replay.json',
      'GE-NICK-1-getmessages.sh',
    ]);
  });
});

test('the folder of replay files that a target names is played first; on a mended server it shows nothing', async () => {
  await broken([], async () => {
    const args = ['explore', '--target', 'broken.json', '--api', 'genesys', '--seconds', '1', '--no-html'];
    const { code, err } = await command(args);
    expect(code, err).toBe(0);
    const { explored = [], requirements } = verdictIn('reports');
    expect(explored).toMatchObject([{ replays: [{ file: 'nickname.json', requirement: 'GE-NICK-1', shows: '' }] }]);
    expect(requirements.find(({ id }) => id === 'GE-NICK-1')).toMatchObject({ status: 'pass' });
  });
});

test('a folder of replay files that is not there is named', async () => {
  const target = { ...stubTarget({ url: 'http://127.0.0.1:1' }), replays: './none' };
  writeFileSync(join(folder(), 'target.json'), JSON.stringify(target));
  const { code, err } = await command(['explore', '--target', 'target.json']);
  expect(code).toBe(2);
  expect(err).toMatch(/replays: there is no folder .*none\. Make it, or take the member out of the target file\./);
});
