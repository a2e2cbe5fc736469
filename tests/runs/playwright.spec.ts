import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serveStub } from '../../apis/stub.js';
import { holdFolder } from '../../src/processes/hold-folder.js';
import { packageRoot } from '../../src/root.js';
import type { ServedStub } from '../../src/stub/index.js';
import type { Target } from '../../types/target.js';
import { requirementsOf } from '../apis.js';
import { sampleVerdict } from '../verdict/builders.js';
import { makePlace, of, startProgram, verdictIn, writeTarget } from './runs.js';

test.describe.configure({ timeout: 240_000 });

const apis: string[] = ['ozeki', 'genesys', 'relation'];
const musts = (of: string[]) => requirementsOf(of).filter(({ level }) => level === 'MUST').length;

/** `npx playwright test` with the configuration of the project, as those who live in Playwright call it; reports go into `cwd`. */
function playwright(cwd: string, target: string, args: readonly string[], variables: Record<string, string> = {}) {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  // The variables of the runner that runs this test would make the inner one a part of it.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(PLAYWRIGHT|PW|TEST_|CHAT_CONFORMANCE_|FORCE_COLOR|GITHUB_)/.test(name),
  );
  const env = { ...Object.fromEntries(own), CHAT_CONFORMANCE_TARGET: target, ...variables };
  return startProgram(cwd, [cli, 'test', '--config', join(packageRoot, 'playwright.config.ts'), ...args], env).ended;
}

async function withStub(
  faults: string[],
  work: (place: string, target: string, stub: ServedStub) => Promise<void>,
  change: (target: Target) => void = () => {},
): Promise<void> {
  const stub = await serveStub({ faults });
  const place = makePlace();
  try {
    await work(place, writeTarget(place, stub.url, change), stub);
  } finally {
    await stub.close();
  }
}

test('npx playwright test judges the target, and shows a miss as a failed test', () =>
  withStub(['relation-list-oldest-first'], async (place, target) => {
    // What an earlier run said of the whole stays.
    const whole = JSON.stringify(sampleVerdict());
    mkdirSync(join(place, 'reports'));
    writeFileSync(join(place, 'reports', 'verdict.json'), whole);
    const ended = await playwright(place, target, ['--grep', 'RE-LIST-2 |RE-LIST-5 ']);
    const said = ended.out + ended.err;
    expect(ended.code, said).toBe(1);
    expect(said).toMatch(/✘.*RE-LIST-2 /);
    expect(said).toMatch(/✓.*RE-LIST-5 /);
    expect(said).toContain('curl ');
    expect(said).toContain(
      `NON-CONFORMANT: 2 of ${musts(apis)} MUSTs judged, 1 missed (a selection: --grep RE-LIST-2 |RE-LIST-5 )`,
    );
    expect(readFileSync(join(place, 'reports', 'verdict.json'), 'utf8')).toBe(whole);
    const verdict = verdictIn(place, apis, 'reports/selection');
    expect(verdict.selection).toEqual({ by: '--grep RE-LIST-2 |RE-LIST-5 ' });
    expect(of(verdict, 'fail').map(({ id }) => id)).toEqual(['RE-LIST-2']);
    expect(new Set(of(verdict, 'skip').map(({ reason }) => reason))).toEqual(new Set(['not selected']));
  }));

test('a reports directory that another process writes into is left alone', () =>
  withStub([], async (place, target) => {
    mkdirSync(join(place, 'reports'));
    const lock = holdFolder(join(place, 'reports'), 'reports');
    const ended = await playwright(place, target, ['--grep', 'RE-LIST-5 ']);
    lock.release();
    expect(ended.code).toBe(2);
    expect(ended.out + ended.err).toMatch(
      /^Error: chat-conformance: The reports directory .* writes its reports there now\..*$/m,
    );
    expect(ended.out + ended.err).not.toContain('    at ');
  }));

test('a missed SHOULD fails Playwright under strict alone', () =>
  withStub(['relation-apikey-unchecked'], async (place, target) => {
    const args = ['--grep', 'RE-COM-1 |RE-COM-4 '];
    const lenient = await playwright(place, target, args, { CHAT_CONFORMANCE_REPORTS: 'lenient' });
    expect(lenient.code, lenient.out).toBe(0);
    expect(lenient.out).toMatch(/✓.*RE-COM-4 /);
    expect(of(verdictIn(place, apis, 'lenient'), 'warn').map(({ id }) => id)).toEqual(['RE-COM-4']);
    const strict = await playwright(place, target, args, {
      CHAT_CONFORMANCE_REPORTS: 'strict',
      CHAT_CONFORMANCE_STRICT: 'true',
      CHAT_CONFORMANCE_API: 'relation',
    });
    expect(strict.code, strict.out).toBe(1);
    expect(strict.out).toMatch(/✘.*RE-COM-4 /);
    const verdict = verdictIn(place, ['relation'], 'strict');
    expect(verdict).toMatchObject({ strict: true, leftOut: ['ozeki', 'genesys'] });
    expect(of(verdict, 'fail').map(({ id }) => id)).toEqual(['RE-COM-4']);
    expect(existsSync(join(place, 'reports'))).toBe(false);
  }));

test('where everything is skipped nothing was judged', () =>
  withStub(
    [],
    async (place, target) => {
      const ended = await playwright(place, target, [], { CHAT_CONFORMANCE_API: 'genesys' });
      expect(ended.code, ended.out).toBe(2);
      expect(ended.out).toContain(
        `UNJUDGED: 0 of ${musts(['genesys'])} MUSTs judged; nothing could be judged (genesys alone)`,
      );
      const verdict = verdictIn(place, ['genesys']);
      expect(verdict.verdict).toBe('unjudged');
      expect(verdict).not.toHaveProperty('selection');
    },
    (target) => {
      target.allow = 'read';
    },
  ));

test('a list of tests, and a pattern that no test has, leave no verdict', () =>
  withStub([], async (place, target) => {
    const list = await playwright(place, target, ['--list']);
    expect(list.code, list.out).toBe(0);
    const none = await playwright(place, target, ['--grep', 'nothing has this name']);
    expect(none.code, none.out).toBe(1);
    expect(none.out + none.err).toContain('No tests found');
    expect(existsSync(join(place, 'reports', 'verdict.json'))).toBe(false);
  }));

for (const [name, target, variables, line] of [
  [
    'a target that is none',
    'none.json',
    {},
    'The target file none.json cannot be read: there is no such file. Name a target file, or the word stub.',
  ],
  [
    'an unknown API',
    'stub',
    { CHAT_CONFORMANCE_API: 'genesis' },
    "CHAT_CONFORMANCE_API: 'genesis' is no known API. Name one or more of ozeki, genesys, relation, with commas between. Did you mean genesys?",
  ],
  [
    'waivers that are none',
    'stub',
    { CHAT_CONFORMANCE_WAIVERS: 'none.json' },
    'CHAT_CONFORMANCE_WAIVERS none.json: there is no such file. Name a file that can be read.',
  ],
] as [string, string, Record<string, string>, string][]) {
  test(`${name} is one clear line`, async () => {
    const ended = await playwright(makePlace(), target, [], variables);
    expect(ended.code).toBe(2);
    expect(ended.out).toBe('');
    expect(ended.err.trimEnd()).toBe(`chat-conformance: ${line}`);
  });
}
