import { existsSync } from 'node:fs';
import { apiNamed } from '../../apis/index.js';
import { createStub, serveStub } from '../../apis/stub.js';
import type { ApiName } from '../../src/exchange/index.js';
import { journalPath, pendingEntries } from '../../src/journal/journal.js';
import type { ServedStub } from '../../src/stub/index.js';
import type { Target } from '../../types/target.js';
import { long } from '../long.js';
import { outcomesOf, someChecks } from '../matrix/checks.js';
import { expect, test } from '../test.js';
import { setFlags } from './people.js';
import { checkEnded, killAll, makePlace, of, runArgs, start, type Working, writeTarget } from './runs.js';

test.describe.configure({ timeout: 240_000 });

/** A stub on which people have set flags, a target file for it, and the state before the run. */
async function prepared(
  options: Parameters<typeof serveStub>[0],
  change: (target: Target) => void,
): Promise<{ stub: ServedStub; place: string; file: string; before: unknown }> {
  const stub = await serveStub(options);
  await setFlags(stub.stub);
  const place = makePlace();
  const file = writeTarget(place, stub.url, (target) => {
    target.ozeki?.pairs.splice(2);
    change(target);
  });
  return { stub, place, file, before: stub.stub.flags() };
}

/** Nothing is left changed, and no journal of it is left. */
function expectAsFound({ stub, file, before }: Awaited<ReturnType<typeof prepared>>): void {
  expect(stub.stub.flags()).toEqual(before);
  expect(existsSync(journalPath(file))).toBe(false);
}

const spoiling = ['ozeki-mute-spoils-another', 'ozeki-favorite-everywhere', 'ozeki-hide-spoils-another'];

for (const [what, allow, faults] of [
  ['are met at "write"', 'write', []],
  ['find faults', 'destroy', spoiling],
] as const) {
  test(`checks that ${what} leave flags as they found them, and complete their chats`, long, async () => {
    const stub = createStub({ faults });
    await setFlags(stub);
    const before = stub.flags();
    for (const name of ['ozeki', 'genesys']) {
      const outcomes = await outcomesOf(name, stub.fetch, await someChecks(name), (target) => {
        target.allow = allow;
      });
      const missed = [...outcomes].filter(([, outcome]) => outcome.startsWith('missed'));
      expect(missed.length > 0, missed.join('\n')).toBe(name === 'ozeki' && faults.length > 0);
    }
    const sent = stub.sent();
    expect(sent['ozeki/mute']).toBeGreaterThan(0);
    expect(sent['genesys/requestchat']).toBeGreaterThan(0);
    expect(sent['ozeki/clear'] !== undefined).toBe(allow === 'destroy');
    expect(stub.flags()).toEqual(before);
  });
}

test('a run that fails leaves flags as it found them, and completes its chats', long, async () => {
  const apis: ApiName[] = ['ozeki', 'genesys'];
  const found = await prepared({ faults: spoiling }, () => {});
  const { stub, place } = found;
  try {
    const some = ['--grep', 'OZ-FLAG-[1-4]-(MUTE|HIDE|FAVORITE)|GE-REQ-'];
    const verdict = checkEnded(await start(place, [...runArgs(apis), ...some]).ended, place, apis);
    expect(verdict.verdict).toBe('non-conformant');
    expect(of(verdict, 'fail').map(({ action }) => action)).toContain('mute');
    expect(stub.stub.sent()['genesys/requestchat']).toBeGreaterThan(0);
    expectAsFound(found);
  } finally {
    await stub.close();
  }
});

test('a run at "read" changes nothing at all and sends no changing action', long, async () => {
  const apis: ApiName[] = ['ozeki', 'genesys', 'relation'];
  const found = await prepared({}, (target) => {
    target.allow = 'read';
  });
  const { stub, place } = found;
  try {
    const [digest, before] = [stub.stub.digest(), stub.stub.sent()];
    const verdict = checkEnded(await start(place, runArgs(apis)).ended, place, apis);
    const words = Object.entries(verdict.apis ?? {}).map(([api, { verdict: word }]) => `${api} ${word}`);
    expect(words).toEqual(['ozeki partial', 'genesys unjudged', 'relation partial']);
    expect(verdict.verdict).toBe('unjudged');
    expect(stub.stub.digest()).toBe(digest);
    expectAsFound(found);
    const sent = Object.entries(stub.stub.sent()).filter(([action, count]) => count !== before[action]);
    const changing = sent.filter(([key]) => {
      const [api = '', action = ''] = key.split('/');
      const level = apiNamed(api).actions[action]?.level;
      // What names no action is bad input of an action that reads.
      return level !== 'read' && action !== 'unknown';
    });
    expect(changing).toEqual([]);
    expect(sent.map(([action]) => action)).toEqual(expect.arrayContaining(['ozeki/list', 'relation/list']));
  } finally {
    await stub.close();
  }
});

/** Waits until a run has changed flags that are not back. */
async function inMidChange(
  { stub, file, before }: Awaited<ReturnType<typeof prepared>>,
  { said }: Working,
): Promise<void> {
  const changed = () =>
    pendingEntries(journalPath(file)).length > 0 &&
    JSON.stringify((stub.stub.flags() as { ozeki: unknown }).ozeki) !==
      JSON.stringify((before as { ozeki: unknown }).ozeki);
  await expect.poll(changed, { timeout: 100_000, intervals: [5], message: said() }).toBe(true);
}

for (const [key, to] of [
  ['Ctrl-C', 'the process group, as a terminal does'],
  ['SIGTERM', 'the command alone, as a CI server does'],
] as const) {
  test(`${key} in mid-run, sent to ${to}, is one clean stop`, long, async () => {
    const apis: ApiName[] = ['ozeki', 'genesys'];
    const found = await prepared({ latencyMs: 60 }, () => {});
    const { stub, place } = found;
    const working = start(place, runArgs(apis, { workers: 4 }));
    try {
      await inMidChange(found, working);
      await expect.poll(() => (stub.stub.flags() as { genesys: { open: string[] } }).genesys.open).not.toEqual([]);
      const pid = working.child.pid ?? 0;
      if (key === 'Ctrl-C') process.kill(-pid, 'SIGINT');
      else process.kill(pid, 'SIGTERM');
      const ended = await working.ended;
      const verdict = checkEnded(ended, place, apis);
      expect(verdict.interrupted).toBe(true);
      expect(verdict.verdict).toBe('unjudged');
      expect(of(verdict, 'error').length).toBeGreaterThan(50);
      expectAsFound(found);
    } finally {
      killAll(working.child);
      await stub.close();
    }
  });
}

/** Kills a run while flags are not as it found them. A last request on its way may just put them back: then another one is killed. */
async function killInMidChange(found: Awaited<ReturnType<typeof prepared>>): Promise<void> {
  await expect(async () => {
    const working = start(found.place, runArgs(['ozeki']));
    try {
      await inMidChange(found, working);
    } finally {
      killAll(working.child);
      await working.ended;
    }
    expect(found.stub.stub.flags()).not.toEqual(found.before);
  }).toPass({ timeout: 150_000 });
}

test('what a killed run left changed is put back by cleanup', long, async () => {
  const found = await prepared({ latencyMs: 60 }, () => {});
  const { stub, place } = found;
  try {
    await killInMidChange(found);
    const ended = await start(place, ['cleanup', '--target', 'target.json']).ended;
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/are put back: .*\nEverything is as it was\.\n$/s);
    expectAsFound(found);
  } finally {
    await stub.close();
  }
});

test('what a killed run left changed is put back by the next run', long, async () => {
  const found = await prepared({ latencyMs: 60 }, () => {});
  const { stub, place } = found;
  try {
    await killInMidChange(found);
    // A small part of a run, of another API: it is the start of the run that puts back.
    const ended = await start(place, [...runArgs(['relation']), '--shard', '1/16']).ended;
    checkEnded(ended, place, ['relation']);
    expect(ended.err).toMatch(/The flags of \S+ on conversation \w+ are put back/);
    expectAsFound(found);
  } finally {
    await stub.close();
  }
});
