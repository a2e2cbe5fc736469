import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serveStub } from '../../apis/stub.js';
import type { ApiName } from '../../src/exchange/index.js';
import type { Verdict } from '../../src/verdict/index.js';
import { checkEnded, makePlace, of, runArgs, start, verdictIn, writeTarget } from './runs.js';

test.describe.configure({ timeout: 480_000 });

const apis: ApiName[] = ['ozeki', 'relation'];
const shards = 2;

function statuses({ requirements }: Verdict): string[] {
  return requirements.map(({ id, status }) => `${id} ${status}`);
}

test('the merged reports of shards say what an unsharded run says', async () => {
  // Some that every exchange shows, and some that one scenario shows.
  const faults = ['ozeki-list-status-blank', 'ozeki-page-edge', 'relation-list-oldest-first'];
  const stub = await serveStub({ faults });
  const place = makePlace();
  try {
    // What only reads is enough to be divided, and soon done.
    writeTarget(place, stub.url, (target) => {
      target.allow = 'read';
    });
    const whole = checkEnded(await start(place, runArgs(apis)).ended, place, apis);
    const parts: Verdict[] = [];
    for (let shard = 1; shard <= shards; shard += 1) {
      const reports = `shard-${shard}`;
      const args = [...runArgs(apis, { reports }), '--shard', `${shard}/${shards}`];
      parts.push(checkEnded(await start(place, args).ended, place, apis, reports));
    }
    const folders = parts.map((_, index) => `shard-${index + 1}`);
    const ended = await start(place, ['merge', ...folders, '--reports', 'merged']).ended;
    const merged = verdictIn(place, apis, 'merged');

    expect(of(whole, 'fail').length).toBeGreaterThanOrEqual(faults.length);
    expect(statuses(merged)).toEqual(statuses(whole));
    expect(merged.verdict).toBe(whole.verdict);
    expect(merged.counts).toEqual(whole.counts);
    expect(ended.code).toBe(1);
    expect(merged.requests).toBe(parts.reduce((sum, { requests }) => sum + requests, 0));
    expect(existsSync(join(place, 'merged', 'allure', 'index.html'))).toBe(true);
    const judged = parts.map((part) => of(part, 'pass', 'fail', 'warn').length);
    console.log(
      `whole: ${JSON.stringify(whole.counts)}; merged: ${JSON.stringify(merged.counts)}; judged by shard: ${judged.join(', ')}`,
    );
    // Each shard has a part of the work only.
    for (const count of judged) expect(count).toBeLessThan(of(whole, 'pass', 'fail', 'warn').length);
  } finally {
    await stub.close();
  }
});
