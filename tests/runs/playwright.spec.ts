import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apis as known } from '../../apis/index.js';
import { serveStub } from '../../apis/stub.js';
import { holdFolder } from '../../src/processes/hold-folder.js';
import type { ServedStub } from '../../src/stub/index.js';
import type { Target } from '../../types/target.js';
import { requirementsOf } from '../apis.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { sampleVerdict } from '../verdict/builders.js';
import { hitsIn, textsIn } from './canaries.js';
import { makePlace, of, playwright, verdictIn, writeTarget } from './runs.js';

test.describe.configure({ timeout: 240_000 });

const apis = known.map(({ name }) => name);
const musts = (of: string[]) => requirementsOf(of).filter(({ level }) => level === 'MUST').length;

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

/** The credentials in a target file of Relation. */
function secretsOf(file: string): { name: string; secret: string }[] {
  const { relation } = JSON.parse(readFileSync(file, 'utf8')) as Target;
  const { apiKey = '', member, peer, outsider } = relation ?? {};
  const tokens = Object.entries({ member, peer, outsider }).map(([name, account]) => ({
    name,
    secret: account?.token ?? '',
  }));
  return [{ name: 'apiKey', secret: apiKey }, ...tokens].filter(({ secret }) => secret !== '');
}

test('npx playwright test judges the target, and shows a miss as a failed test', long, () =>
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
    // The frame is a line of the spec, and the verdict is the last that is said.
    expect(said).toMatch(/^\s+at .*specs\/relation\/list\.spec\.ts:\d+:\d+$/m);
    expect(ended.out.trimEnd().split('\n').at(-1)).toMatch(/^NON-CONFORMANT: /);
    expect(said).toContain(
      `NON-CONFORMANT: 2 of ${musts(apis)} MUSTs judged, 1 missed (a selection: --grep RE-LIST-2 |RE-LIST-5 )`,
    );
    expect(readFileSync(join(place, 'reports', 'verdict.json'), 'utf8')).toBe(whole);
    const verdict = verdictIn(place, apis, 'reports/selection');
    expect(verdict.selection).toEqual({ by: '--grep RE-LIST-2 |RE-LIST-5 ' });
    expect(of(verdict, 'fail').map(({ id }) => id)).toEqual(['RE-LIST-2']);
    expect(new Set(of(verdict, 'skip').map(({ reason }) => reason))).toEqual(new Set(['not selected']));
  }),
);

test('reporters of Playwright work beside the verdict, and none of them holds a credential', long, () =>
  withStub(['relation-list-oldest-first'], async (place, target) => {
    const secrets = secretsOf(target);
    expect(secrets.length).toBeGreaterThan(2);
    const variables = {
      CHAT_CONFORMANCE_API: 'relation',
      PLAYWRIGHT_HTML_OUTPUT_DIR: join(place, 'html'),
      PLAYWRIGHT_HTML_OPEN: 'never',
      PLAYWRIGHT_JUNIT_OUTPUT_FILE: join(place, 'out.xml'),
      PLAYWRIGHT_BLOB_OUTPUT_DIR: join(place, 'blob'),
    };
    const args = ['--grep', 'RE-LIST-2 |RE-LIST-5 |RE-SEND-1 ', '--reporter=html,junit,blob', '--trace=on'];
    const ended = await playwright(place, target, args, variables);
    expect(ended.code, ended.out + ended.err).toBe(1);
    expect(ended.out).toMatch(/^NON-CONFORMANT: .* MUSTs judged, 1 missed/m);
    expect(readFileSync(join(place, 'out.xml'), 'utf8')).toContain('RE-LIST-2 ');
    expect(existsSync(join(place, 'html', 'index.html'))).toBe(true);
    const blob = readdirSync(join(place, 'blob')).filter((name) => name.endsWith('.zip'));
    expect(blob).toHaveLength(1);
    const texts = textsIn(place).filter(({ from }) => !from.endsWith('target.json'));
    expect(texts.some(({ from }) => from.includes('trace'))).toBe(true);
    expect(hitsIn(texts, secrets)).toEqual([]);

    // Joined by Playwright, the blobs give the same verdict; the exit code is its own.
    const joined = await playwright(
      place,
      target,
      [join(place, 'blob')],
      { ...variables, CHAT_CONFORMANCE_REPORTS: 'joined' },
      'merge-reports',
    );
    expect(joined.code, joined.out + joined.err).toBe(1);
    const statuses = (reports: string) =>
      verdictIn(place, ['relation'], reports).requirements.map(({ id, status }) => `${id} ${status}`);
    expect(statuses('joined')).toEqual(statuses('reports'));

    const again = await playwright(place, target, ['--last-failed'], variables);
    expect(again.out).toMatch(/^NON-CONFORMANT: 1 of .*a selection: --last-failed\)$/m);
    const line = /specs\/relation\/list\.spec\.ts:\d+/.exec(again.out)?.[0] ?? '';
    const one = await playwright(place, target, [line], variables);
    expect(one.out).toContain(`(relation alone, a selection: ${line})`);
  }),
);

test('a reports directory that another process writes into is left alone', long, () =>
  withStub([], async (place, target) => {
    mkdirSync(join(place, 'reports'));
    const lock = holdFolder(join(place, 'reports'), 'reports');
    const ended = await playwright(place, target, ['--grep', 'RE-LIST-5 '], { CHAT_CONFORMANCE_API: 'relation' });
    lock.release();
    expect(ended.code).toBe(2);
    expect(ended.out + ended.err).toMatch(
      /^Error: chat-conformance: The reports directory .* writes its reports there now\..*$/m,
    );
    expect(ended.out + ended.err).not.toContain('    at ');
  }),
);

test('a missed SHOULD fails Playwright under strict alone', long, () =>
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
    expect(verdict).toMatchObject({ strict: true, leftOut: apis.filter((api) => api !== 'relation') });
    expect(of(verdict, 'fail').map(({ id }) => id)).toEqual(['RE-COM-4']);
    expect(existsSync(join(place, 'reports'))).toBe(false);
  }),
);

test('where everything is skipped nothing was judged', long, () =>
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
  ),
);

test('a list of tests, and a pattern that no test has, leave no verdict', long, () =>
  withStub([], async (place, target) => {
    const variables = { CHAT_CONFORMANCE_API: 'relation' };
    const list = await playwright(place, target, ['--list'], variables);
    expect(list.code, list.out).toBe(0);
    const none = await playwright(place, target, ['--grep', 'nothing has this name'], variables);
    expect(none.code, none.out).toBe(1);
    expect(none.out + none.err).toContain('No tests found');
    expect(existsSync(join(place, 'reports', 'verdict.json'))).toBe(false);
  }),
);

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
    "CHAT_CONFORMANCE_API: 'genesis' is no known API. Name one or more of ozeki, genesys, relation, gms, with commas between. Did you mean genesys?",
  ],
  [
    'waivers that are none',
    'stub',
    { CHAT_CONFORMANCE_WAIVERS: 'none.json' },
    'CHAT_CONFORMANCE_WAIVERS none.json: there is no such file. Name a file that can be read.',
  ],
] as [string, string, Record<string, string>, string][]) {
  test(`${name} is one clear line`, name === 'waivers that are none' ? {} : long, async () => {
    const ended = await playwright(makePlace(), target, [], variables);
    expect(ended.code).toBe(2);
    expect(ended.out).toBe('');
    expect(ended.err.trimEnd()).toBe(`chat-conformance: ${line}`);
  });
}
