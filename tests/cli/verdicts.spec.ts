import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { validateVerdict } from '../../src/schemas/index.js';
import { buildVerdict, type Judgement, notChosen, type Verdict } from '../../src/verdict/index.js';
import { requirementsOf } from '../apis.js';
import { expect, test } from '../test.js';
import { command, folder } from './command.js';

const catalogue = requirementsOf(['ozeki']).slice(0, 6);
/** Five of them are MUSTs, and among these the first three. */
const [first, second, third] = catalogue.map(({ id }) => id) as [string, string, string];

/** A verdict in which these requirements stand so, and all others are met. */
function verdictWith(outcomes: Record<string, Judgement['outcome']>): Verdict {
  const judgements = catalogue.map(({ id }): Judgement => {
    const outcome = outcomes[id] ?? 'met';
    return {
      requirement: id,
      outcome,
      reason: outcome === 'met' ? undefined : `because of ${outcome}`,
      findings: outcome === 'missed' ? [{ message: `because of ${outcome}` }] : [],
      evidence: [],
      steps: [],
      observed: {},
      requests: 1,
      startedAt: 0,
      durationMs: 1,
    };
  });
  const target = { name: 't', allow: 'read' as const, urls: {} };
  const times = { startedAt: Date.UTC(2026, 0, 1), durationMs: 1, requests: 6 };
  return buildVerdict({ target, apis: ['ozeki'], strict: false, catalogue, judgements, ...times });
}

/** Writes a verdict into a reports directory of the test's folder. */
function save(name: string, verdict: Verdict): void {
  mkdirSync(join(folder(), name), { recursive: true });
  writeFileSync(join(folder(), name, 'verdict.json'), JSON.stringify(verdict));
}

test('compare tells what is newly missed, met, skipped and gone', async () => {
  const before = verdictWith({ [second]: 'missed' });
  before.requirements.push({ ...(before.requirements[0] as Verdict['requirements'][number]), id: 'OZ-OLD-1' });
  save('before', before);
  save('after', verdictWith({ [first]: 'missed', [third]: 'skipped' }));
  const ran = await command(['compare', 'before/verdict.json', 'after']);
  expect(ran).toMatchObject({ code: 1, err: '' });
  const headings = ran.out.split('\n').filter((line) => !line.startsWith(' '));
  expect(headings).toEqual(['Newly missed (1)', 'Newly met (1)', 'Newly skipped (1)', 'Gone (1)']);
  expect(ran.out).toContain(`  ${first}  MUST  pass -> fail  `);
  expect(ran.out).toContain('      because of missed');
  expect(ran.out).toContain('  OZ-OLD-1  MUST  pass -> not listed  ');
});

test('compare is content when nothing is newly missed', async () => {
  save('before', verdictWith({ [first]: 'missed' }));
  save('after', verdictWith({}));
  expect(await command(['compare', 'before', 'after'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('Newly met (1)'),
  });
  expect(await command(['compare', 'after', 'after'])).toEqual({ code: 0, out: 'Nothing changed.', err: '' });
});

test('compare is not content where the later run judged nothing', async () => {
  save('before', verdictWith({}));
  save('after', verdictWith(Object.fromEntries(catalogue.map(({ id }) => [id, 'skipped' as const]))));
  const ran = await command(['compare', 'before', 'after']);
  expect(ran.code).toBe(2);
  expect(ran.out).toContain('Newly skipped (6)');
  expect(ran.err).toBe(
    'chat-conformance: nothing can be said of the later run. UNJUDGED: 0 of 5 MUSTs judged; nothing could be judged',
  );
});

test('compare holds nothing against a selection that it was not to check', async () => {
  save('before', verdictWith({ [first]: 'missed' }));
  const after = verdictWith({});
  const left = after.requirements.map((one) =>
    one.id === first ? one : { ...one, status: 'skip' as const, reason: notChosen },
  );
  save('after', { ...after, requirements: left, selection: { by: `--only ${first}` } });
  const ran = await command(['compare', 'before', 'after']);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out.split('\n').filter((line) => !line.startsWith(' '))).toEqual(['Newly met (1)']);
});

/** A verdict as that of a shard. */
function shard(current: number, total: number, verdict: Verdict): Verdict {
  return { ...verdict, shard: { current, total } };
}

test('merge joins shards into one verdict with its exit code, and report renders it again', async () => {
  test.setTimeout(120_000); // two HTML reports, on a machine that may be busy
  save('one', shard(1, 2, verdictWith({ [first]: 'missed' })));
  save('two', shard(2, 2, verdictWith({})));
  const merged = await command(['merge', 'one', 'two', '--reports', 'all']);
  expect(merged).toMatchObject({ code: 1, err: '' });
  expect(merged.out).toContain(first);
  const all = join(folder(), 'all');
  const verdict = JSON.parse(readFileSync(join(all, 'verdict.json'), 'utf8')) as Verdict;
  expect(verdict).toMatchObject({ verdict: 'non-conformant', requests: 12, merged: { shards: 2, problems: [] } });

  writeFileSync(join(all, 'summary.md'), 'damaged');
  expect(await command(['report', 'all'])).toMatchObject({ code: 1, out: merged.out, err: '' });
  expect(readFileSync(join(all, 'summary.md'), 'utf8')).toContain(first);
  expect(existsSync(join(all, 'allure', 'index.html'))).toBe(true);
});

test('merge names the shard of another run, one that left nothing and one that is broken, and judges nothing', async () => {
  test.setTimeout(120_000);
  save('one', shard(1, 4, verdictWith({})));
  save('other', { ...shard(2, 4, verdictWith({})), target: 'other' });
  mkdirSync(join(folder(), 'empty'));
  save('broken', { ...shard(4, 4, verdictWith({})), requirements: [{}] } as Verdict);
  mkdirSync(join(folder(), 'all'));
  writeFileSync(join(folder(), 'all', 'verdict.json'), 'of an earlier run');
  const ran = await command(['merge', 'one', 'other', 'empty', 'broken', '--reports', 'all']);
  expect(ran.code).toBe(2);
  for (const problem of [
    'other is of another run: its target is other, that of one is t',
    'empty/verdict.json is no verdict: there is no such file.',
    'broken/verdict.json is no whole verdict: at ',
    'shard 2 of 4 is missing; shard 3 of 4 is missing; shard 4 of 4 is missing',
  ])
    expect(ran.err).toContain(problem);
  expect(ran.out.split('\n').at(-1)).toMatch(/^UNJUDGED: 5 of 5 MUSTs judged, none missed; .*; and \d more$/);
  const verdict = JSON.parse(readFileSync(join(folder(), 'all', 'verdict.json'), 'utf8')) as Verdict;
  expect(validateVerdict(verdict)).toEqual([]);
  expect(verdict.verdict).toBe('unjudged');
});

test('merge does not write over a shard', async () => {
  save('reports', shard(1, 1, verdictWith({})));
  const ran = await command(['merge', 'reports']);
  expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('--reports reports: a shard lies there.') });
  expect(existsSync(join(folder(), 'reports', 'verdict.json'))).toBe(true);
});

test('merge asks for as much as it is told', async () => {
  test.setTimeout(120_000);
  save('one', shard(1, 1, verdictWith({ [second]: 'skipped' })));
  const ran = await command(['merge', 'one', '--reports', 'all', '--require-judged', '90%']);
  expect(ran.code).toBe(2);
  expect(ran.out.split('\n').at(-1)).toBe('UNJUDGED: 4 of 5 MUSTs judged, none missed; --require-judged asks for 90 %');
});

test('report takes nobody at his word: where nothing was judged it is unjudged', async () => {
  test.setTimeout(120_000);
  const nothing = verdictWith(Object.fromEntries(catalogue.map(({ id }) => [id, 'skipped' as const])));
  save('reports', { ...nothing, verdict: 'conformant' });
  const ran = await command(['report', 'reports']);
  expect(ran.code).toBe(2);
  expect(ran.out.split('\n').at(-1)).toBe('UNJUDGED: 0 of 5 MUSTs judged; nothing could be judged');
  expect(readFileSync(join(folder(), 'reports', 'badge.svg'), 'utf8')).toContain('not judged');
});

test('a host that refuses leaves an unjudged verdict, and no word of an earlier run', async () => {
  test.setTimeout(120_000); // an HTML report, on a machine that may be busy
  const port = await freePort();
  save('reports', verdictWith({}));
  writeFileSync(join(folder(), 'reports', 'junit.xml'), 'stale');
  const account = (name: string) => ({
    email: `${name}@example.test`,
    apikey: `canary-${name}`,
    station: name,
    signature: `canary-${name}`,
  });
  const ozeki = { url: `http://127.0.0.1:${port}`, pairs: [{ alice: account('alice'), bob: account('bob') }] };
  writeFileSync(join(folder(), 'target.json'), JSON.stringify({ name: 'gone', ozeki }));

  const ran = await command(['run', '--target', 'target.json']);
  expect(ran.code).toBe(2);
  expect(ran.err).toBe(
    `chat-conformance: unjudged. The host 127.0.0.1:${port} of ozeki.url refuses connections (ECONNREFUSED): start the server there, or mend the port.`,
  );
  const text = readFileSync(join(folder(), 'reports', 'verdict.json'), 'utf8');
  const verdict = JSON.parse(text) as Verdict;
  expect(validateVerdict(verdict)).toEqual([]);
  expect(verdict).toMatchObject({ verdict: 'unjudged', target: 'gone', requests: 0 });
  expect(verdict.requirements).toHaveLength(requirementsOf(['ozeki']).length);
  expect(readFileSync(join(folder(), 'reports', 'junit.xml'), 'utf8')).not.toContain('stale');
  expect(text + ran.err + ran.out).not.toContain('canary');
});

test('a mistake in the target takes away the verdict of an earlier run', async () => {
  save('reports', verdictWith({}));
  expect((await command(['run', '--target', 'none.json'])).code).toBe(2);
  expect(existsSync(join(folder(), 'reports', 'verdict.json'))).toBe(false);
});

/** A port on which nothing listens. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
