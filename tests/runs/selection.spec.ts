import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStub } from '../../apis/stub.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { checkEnded, makePlace, of, runArgs, start, verdictIn, writeTarget } from './runs.js';

test.describe.configure({ timeout: 240_000 });

const apis: string[] = ['relation'];

test('what was missed can be checked again alone, and the verdict on the whole stays', long, async () => {
  const place = makePlace();
  const broken = await serveStub({ faults: ['relation-list-oldest-first'] });
  const healthy = await serveStub();
  try {
    writeTarget(place, broken.url);
    const whole = checkEnded(await start(place, runArgs(apis, { html: true })).ended, place, apis);
    expect(whole.verdict).toBe('non-conformant');
    const text = readFileSync(join(place, 'reports', 'verdict.json'), 'utf8');

    writeTarget(place, healthy.url);
    const ended = await start(place, [...runArgs(apis), '--last-failed']).ended;
    expect(ended.code, ended.out + ended.err).toBe(0);
    const again = verdictIn(place, apis, 'reports/selection');
    expect(of(again, 'pass').map(({ id }) => id)).toEqual(of(whole, 'fail', 'warn', 'error').map(({ id }) => id));
    expect(again).toMatchObject({ verdict: 'partial', selection: { by: '--last-failed' } });
    expect(ended.out.trimEnd()).toMatch(
      /\nPARTIAL: \d of \d+ MUSTs judged, none missed \(relation alone, a selection: --last-failed\)$/,
    );
    expect(existsSync(join(place, 'reports', 'selection', 'allure'))).toBe(false);
    expect(readFileSync(join(place, 'reports', 'verdict.json'), 'utf8')).toBe(text);
    expect(existsSync(join(place, 'reports', 'allure', 'index.html'))).toBe(true);
  } finally {
    await broken.close();
    await healthy.close();
  }
});

test('a shard without a check says so, and is one of the run all the same', long, async () => {
  const place = makePlace();
  const stub = await serveStub();
  try {
    writeTarget(place, stub.url);
    const codes = [];
    for (const current of [1, 2]) {
      const options = ['--only', 'RE-LIST-2', '--shard', `${current}/2`, '--require-judged', 'all'];
      const ended = await start(place, [...runArgs(apis, { reports: `shard-${current}` }), ...options]).ended;
      expect(verdictIn(place, apis, `shard-${current}`).shard).toEqual({ current, total: 2 });
      codes.push(ended.code);
    }
    expect(codes).toEqual([0, 2]);
    const merged = await start(place, ['merge', 'shard-1', 'shard-2']).ended;
    expect(merged.code, merged.out + merged.err).toBe(0);
    expect(verdictIn(place, apis)).toMatchObject({
      verdict: 'partial',
      merged: { shards: 2, problems: [] },
      requireJudged: 100,
    });
  } finally {
    await stub.close();
  }
});

test('a selection asks nothing of the servers of other APIs', long, async () => {
  const place = makePlace();
  const stub = await serveStub();
  try {
    writeTarget(place, stub.url, (target) => {
      if (target.genesys !== undefined) target.genesys.url = 'http://127.0.0.1:9';
    });
    const ended = await start(place, ['run', '--target', 'target.json', '--only', 'RE-LIST-2', '--no-html']).ended;
    expect(ended.code, ended.out + ended.err).toBe(0);
  } finally {
    await stub.close();
  }
});
