import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeAllureResults } from '../../src/reporters/allure-results.js';
import {
  githubAnnotations,
  readVerdict,
  renderBadge,
  renderJunit,
  renderMarkdown,
  renderSummary,
  tellVerdict,
  writeReports,
} from '../../src/reporters/index.js';
import { validateVerdict } from '../../src/schemas/index.js';
import type { Judgement, Verdict } from '../../src/verdict/index.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { judgement, requirement, sampleVerdict, verdictOf } from '../verdict/builders.js';
import { parseXml } from './xml.js';

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reports-'));
});
test.afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Text as a server may have it: any characters, halves of them, controls, a lot of it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '\ud800 \udfff',
    '\u0000\u0007\u001b[2J\u009b1m\u202e\u2028\u0085\ufeff',
    '::error::x\n##[error]x\r\n##vso[x]',
    ']]> <!-- & "\' </script>',
    '```\n`@x` | a |\n',
    '__proto__',
  ),
  fc.constant('x'.repeat(20_000)),
  fc.constant('\u0060'.repeat(20_000)),
);

/** What stands where text should, as in the answer of a server that keeps no type. */
const anything = fc.oneof({ weight: 3, arbitrary: anyText }, fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));

/** Members each of which may be missing or of any form. */
const finding = fc.record(
  {
    message: anything,
    path: anything,
    expected: anything,
    found: anything,
    count: anything,
    pages: fc.oneof(
      anything,
      fc.array(
        fc.oneof(
          anything,
          fc.record(
            {
              page: anything,
              cursor: anything,
              items: fc.oneof(anything, fc.array(anything, { maxLength: 15 })),
              marks: fc.oneof(anything, fc.dictionary(anyText, anything, { maxKeys: 3 })),
            },
            { requiredKeys: [] },
          ),
        ),
        { maxLength: 4 },
      ),
    ),
  },
  { requiredKeys: [] },
);
const message = fc.record(
  {
    method: anything,
    url: anything,
    status: anything,
    headers: fc.oneof(anything, fc.dictionary(anyText, anything)),
    body: anything,
  },
  { requiredKeys: [] },
);
const evidence = fc.record(
  {
    request: fc.oneof(message, anything),
    response: fc.oneof(message, anything),
    durationMs: anything,
    curl: anything,
    note: anything,
    action: anything,
    actor: anything,
    count: anything,
  },
  { requiredKeys: [] },
);
const some = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.array(value, { maxLength: 3 }) }, anything);
const found = fc.record({
  outcome: fc.constantFrom('missed', 'error', 'skipped', 'met'),
  cause: fc.constantFrom('server', 'environment'),
  reason: anything,
  steps: some(anything),
  findings: some(fc.oneof(finding, anything)),
  evidence: some(fc.oneof(evidence, anything)),
  durationMs: anything,
});

const catalogue = ['OZ-CLEAR-1', 'OZ-ADD-1-SHOULD', 'GE-GET-1'].map((id) => requirement(id));

/** A verdict on what generated checks found, each as it comes out of the file that a worker hands over. */
const verdicts = fc.array(found, { minLength: 1, maxLength: 3 }).map((all) => {
  const judgements = all.map((members, index) => {
    const observed = { 'OZ-CLEAR-1': { judged: 1, missed: 1, findings: members.findings, evidence: members.evidence } };
    return { ...judgement(catalogue[index]?.id ?? ''), ...members, observed };
  });
  return verdictOf(catalogue, JSON.parse(JSON.stringify(judgements)) as Judgement[]);
});

const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test('whatever checks found, the verdict fits its schema, and every renderer of text shows it', long, () => {
  fc.assert(
    fc.property(verdicts, (verdict) => {
      expect(validateVerdict(JSON.parse(JSON.stringify(verdict)))).toEqual([]);
      const summary = renderSummary(verdict, { color: false, width: 80 });
      const annotations = githubAnnotations(verdict, { GITHUB_ACTIONS: 'true' });
      for (const text of [summary, renderMarkdown(verdict), ...annotations]) expect(text).not.toMatch(unseen);
      expect(summary).not.toMatch(/^\s*::|##(?:\[|vso\[|teamcity\[)|section_(?:start|end):/m);
      for (const line of annotations) expect(line).toMatch(/^::(?:error|warning|notice) title=[^:,]*::[^\n]*$/);
      expect(parseXml(renderJunit(verdict)).name).toBe('testsuites');
      expect(renderBadge(verdict)).toMatch(/^<svg /);
    }),
    { numRuns: 150 },
  );
});

test('whatever checks found, it becomes Allure results', long, () => {
  fc.assert(
    fc.property(verdicts, (verdict) => {
      const folder = join(root, 'results');
      writeAllureResults(folder, verdict);
      const results = readdirSync(folder).filter((name) => name.endsWith('-result.json'));
      for (const name of results) JSON.parse(readFileSync(join(folder, name), 'utf8'));
      rmSync(folder, { recursive: true });
      expect(results).toHaveLength(verdict.requirements.length);
    }),
    { numRuns: 60 },
  );
});

test('whatever checks found, there is an HTML report, and the verdict can be read back', long, async () => {
  test.setTimeout(180_000);
  for (const [index, verdict] of fc.sample(verdicts, { numRuns: 8, seed: 7 }).entries()) {
    const folder = join(root, `${index}`);
    expect((await writeReports(folder, verdict)).problems).toEqual([]);
    expect(existsSync(join(folder, 'allure', 'index.html'))).toBe(true);
    expect(await readVerdict(folder)).toEqual(JSON.parse(JSON.stringify(verdict)));
  }
});

test('a server whose ids are no strings gets its report', async () => {
  test.setTimeout(60_000);
  const pages = [{ page: 1, cursor: null, items: [undefined, null, 7, { id: 1 }], marks: { undefined: 'again' } }];
  const judgements = [{ ...judgement('OZ-CLEAR-1'), outcome: 'missed', findings: [{ message: 'lost', pages }] }];
  const verdict = verdictOf(catalogue, JSON.parse(JSON.stringify(judgements)) as Judgement[]);
  expect(verdict.requirements[0]?.findings?.[0]?.pages).toEqual([
    { page: 1, cursor: '', items: ['null', 'null', '7', '{"id":1}'], marks: { undefined: 'again' } },
  ]);
  expect((await writeReports(root, verdict)).problems).toEqual([]);
});

/** A verdict that the renderers of JUnit and Allure cannot bear. */
function broken(): Verdict {
  const verdict = sampleVerdict();
  const [first] = verdict.requirements.filter(({ status }) => status === 'fail');
  if (first !== undefined) (first as { source?: unknown }).source = undefined;
  return verdict;
}

test('a renderer that throws is named, and the others come', async () => {
  const written = await writeReports(root, broken());
  expect(written.problems).toEqual([
    expect.stringMatching(/^junit\.xml could not be made: Cannot read properties of undefined/),
    expect.stringMatching(/^The Allure results could not be made: Cannot read properties of undefined/),
  ]);
  expect(written).not.toHaveProperty('html');
  expect(readdirSync(root).sort()).toEqual(['badge.svg', 'summary.md', 'verdict.json']);
});

test('where the folder cannot be made, that is said', async () => {
  writeFileSync(join(root, 'file'), '');
  const written = await writeReports(join(root, 'file', 'reports'), sampleVerdict());
  expect(written).toEqual({ problems: [expect.stringMatching(/^.*reports could not be made: ENOTDIR/)] });
});

test('whatever cannot be rendered, the last line is the verdict', () => {
  const verdict = { ...sampleVerdict(), requests: Symbol('no number') as unknown as number };
  const [out, err]: [string[], string[]] = [[], []];
  const listener = { env: {}, out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  tellVerdict(verdict, ['junit.xml could not be made: \u001b[2J'], { ...listener, color: false, width: 80 });
  expect(out.join('\n').split('\n').at(-1)).toMatch(/^NON-CONFORMANT: 7 of 11 MUSTs judged, /);
  expect(err).toEqual([
    'junit.xml could not be made: \\u001b[2J',
    expect.stringMatching(/^The summary could not be made: /),
  ]);
});
