import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serveStub } from '../../apis/stub.js';
import { packageRoot } from '../../src/root.js';
import { makePlace, of, startProgram, verdictIn, writeTarget } from './runs.js';

test.describe.configure({ timeout: 240_000 });

/** `npx playwright test` with the configuration of the project, as those who live in Playwright call it; reports go into `cwd`. */
function playwright(cwd: string, target: string, grep: string) {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  // The variables of the runner that runs this test would make the inner one a part of it.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(PLAYWRIGHT|PW|TEST_|CHAT_CONFORMANCE_|FORCE_COLOR)/.test(name),
  );
  const env = { ...Object.fromEntries(own), CHAT_CONFORMANCE_TARGET: target };
  const args = [cli, 'test', '--config', join(packageRoot, 'playwright.config.ts'), '--grep', grep];
  return startProgram(cwd, args, env).ended;
}

test('npx playwright test judges the target, and shows a miss as a failed test', async () => {
  const stub = await serveStub({ faults: ['relation-list-oldest-first'] });
  const place = makePlace();
  try {
    const target = writeTarget(place, stub.url);
    const ended = await playwright(place, target, 'RE-LIST-2 |RE-LIST-5 ');
    const said = ended.out + ended.err;
    expect(ended.code, said).toBe(1);
    expect(said).toMatch(/✘.*RE-LIST-2 /);
    expect(said).toMatch(/✓.*RE-LIST-5 /);
    expect(said).toContain('curl ');
    const verdict = verdictIn(place, ['ozeki', 'genesys', 'relation']);
    expect(of(verdict, 'fail').map(({ id }) => id)).toContain('RE-LIST-2');
  } finally {
    await stub.close();
  }
});
