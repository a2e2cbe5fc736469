import { existsSync } from 'node:fs';
import { serveStub } from '../../apis/stub.js';
import { journalPath, pendingEntries } from '../../src/journal/journal.js';
import { expect, test } from '../test.js';
import { setFlags } from './people.js';
import { checkEnded, killAll, makePlace, start, writeTarget } from './runs.js';

test.describe.configure({ timeout: 120_000 });

test('Ctrl-C while exploring ends it, puts flags back, and leaves a verdict that says so', async () => {
  const stub = await serveStub({ latencyMs: 20 });
  await setFlags(stub.stub);
  const before = stub.stub.flags();
  const place = makePlace();
  const file = writeTarget(place, stub.url, (target) => {
    target.allow = 'write';
  });
  const args = ['explore', '--target', 'target.json', '--api', 'ozeki', '--seconds', '100', '--no-html'];
  const { child, ended, said } = start(place, args);
  try {
    const changed = () => pendingEntries(journalPath(file)).length > 0;
    await expect.poll(changed, { timeout: 60_000, intervals: [5], message: said() }).toBe(true);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const verdict = checkEnded(await ended, place, ['ozeki']);
    expect(verdict.interrupted).toBe(true);
    expect(verdict.verdict).toBe('partial');
    expect(verdict.explored).toMatchObject([{ api: 'ozeki', finds: [] }]);
    expect(stub.stub.flags()).toEqual(before);
    expect(existsSync(journalPath(file))).toBe(false);
  } finally {
    killAll(child);
    await stub.close();
  }
});
