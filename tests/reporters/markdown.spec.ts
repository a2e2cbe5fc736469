import fc from 'fast-check';
import { Marked } from 'marked';
import { githubAnnotations, renderMarkdown } from '../../src/reporters/index.js';
import type { Judgement, Verdict, VerdictInput } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import {
  judgement,
  miss,
  requirement,
  sampleVerdict,
  verdictOf,
  verdictWithMisses,
  waiver,
} from '../verdict/builders.js';

test('the summary says the verdict, the coverage, the misses and what was not judged', () => {
  const summary = renderMarkdown(sampleVerdict());
  for (const part of [
    '## ❌ NON-CONFORMANT: 7 of 11 MUSTs judged, 2 missed, 1 missed and waived, 2 could not be checked, 1 of them for what the server did\n',
    'Target `staging`.',
    '**Genesys** NON-CONFORMANT: 1 of 2 MUSTs judged, none missed, 1 could not be checked, for what the server did',
    'Judged: 7 of 11 MUSTs, 1 of 1 SHOULD.',
    '| clear | 0 | 2 | 0 | 0 |',
    '| 3 other actions | 2 | 0 | 1 | 0 |',
    '- **MUST `OZ-CLEAR-1`** After Clear no participant can download any message of the conversation',
    '  - expected: `[]`',
    '### Warnings (1)',
    '### Waived (1)',
    '### Stale waivers',
    '<summary>Not judged (2)</summary>',
    '| `needs destroy, the target allows write` | 1 | `OZ-WORK-1` |',
    '{"requirement":"OZ-CLEAR-1"',
  ]) {
    expect(summary).toContain(part);
  }
});

test('a summary of many misses stays short enough for a comment', () => {
  const summary = renderMarkdown(verdictWithMisses(1200, 1000));
  expect(summary.length).toBeLessThan(65_536);
  expect(summary).toContain('- … and 775 more in verdict.json');
});

/** What a Markdown renderer makes of a summary beside text: links and images, elements, and all text that is no code. */
function rendered(summary: string): { links: string[]; elements: string[]; text: string } {
  const found = { links: [] as string[], elements: [] as string[], text: '' };
  const tokens = new Marked().lexer(summary);
  new Marked().walkTokens(tokens, (token) => {
    if (token.type === 'link' || token.type === 'image' || token.type === 'def') found.links.push(token.raw);
    if (token.type === 'html') found.elements.push(...(token.raw.match(/<[^>]*>?/g) ?? []));
    const isLeaf = !('tokens' in token);
    if ((token.type === 'text' || token.type === 'escape') && isLeaf) found.text += token.raw;
  });
  return found;
}

const ours = ['<br>', '<details>', '</details>', '<summary>', '</summary>'];
const nasty = [
  '<img src=x onerror=alert(1)> | **b** [a](b) @team `c`\n# d',
  'see https://evil.example/?a=1 or www.evil.example, write to a@evil.example, ask @team in org/repo#1 or #12',
  '``` @team\n\n<script>alert(1)</script>\n\n[x]: https://evil.example',
  '`@team` ``@team`` `',
  '\\`@team https://evil.example\\',
  '</details><h1>@team</h1>',
  '![x](https://evil.example/pixel.png)',
  '| a | b |\n| --- | --- |\n| \\| @team |',
];

/** A verdict in which `text` stands wherever a server can put it. */
function quoting(text: string): Verdict {
  const findings = [{ message: text, path: text, expected: text, found: text }];
  return verdictOf(
    [requirement('OZ-CLEAR-1'), requirement('OZ-ADD-1'), requirement('OZ-LIST-1-SHOULD'), requirement('OZ-MUTE-1')],
    [
      miss('OZ-CLEAR-1', text, { findings }),
      judgement('OZ-ADD-1', { outcome: 'error', cause: 'server', reason: text }),
      miss('OZ-LIST-1-SHOULD', text, { findings }),
      judgement('OZ-MUTE-1', { outcome: 'skipped', reason: text }),
    ],
    { unjudgedReason: text },
  );
}

for (const text of nasty) {
  test(`what a server says stays text: ${text.replace(/\s/g, ' ')}`, () => {
    const { links, elements, text: plain } = rendered(renderMarkdown(quoting(text)));
    expect(links).toEqual([]);
    expect(elements.filter((element) => !ours.includes(element))).toEqual([]);
    expect(plain).not.toMatch(/@|evil|<|#1/);
  });
}

test('whatever a server says stays text', () => {
  const pieces = fc.constantFrom(
    '`',
    '``',
    '\\',
    '|',
    '@team',
    'https://evil.example',
    '<b>',
    '[',
    '](',
    ')',
    '\n',
    ' ',
    '#1',
  );
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), (parts) => {
      const { links, elements, text: plain } = rendered(renderMarkdown(quoting(parts.join(''))));
      expect(links).toEqual([]);
      expect(elements.filter((element) => !ours.includes(element))).toEqual([]);
      expect(plain).not.toMatch(/@team|evil|<b>|#1/);
    }),
    { numRuns: 300 },
  );
});

test('a verdict on the whole alone gets a green tick', () => {
  const catalogue = [requirement('OZ-CLEAR-1'), requirement('OZ-ADD-1')];
  const met = catalogue.map(({ id }) => judgement(id));
  const heading = (judgements: Judgement[], input: Partial<VerdictInput> = {}) =>
    renderMarkdown(verdictOf(catalogue, judgements, input)).split('\n')[0];
  expect(heading(met)).toBe('## ✅ CONFORMANT: 2 of 2 MUSTs judged');
  expect(heading(met.slice(1))).toBe('## 🟡 PARTIAL: 1 of 2 MUSTs judged, none missed');
  expect(heading(met, { leftOut: ['genesys'] })).toBe('## 🟡 CONFORMANT: 2 of 2 MUSTs judged (ozeki alone)');
  expect(heading([miss('OZ-ADD-1', 'lost'), ...met.slice(0, 1)], { waivers: [waiver('OZ-ADD-1')] })).toBe(
    '## 🟡 CONFORMANT: 2 of 2 MUSTs judged, 1 missed and waived',
  );
  expect(heading(met, { selection: { by: '--grep @x' }, checked: ['OZ-CLEAR-1', 'OZ-ADD-1'] })).toBe(
    '## 🟡 PARTIAL: `2 of 2 MUSTs judged, none missed (a selection: --grep @x)`',
  );
  expect(heading([])).toBe('## ⚠️ UNJUDGED: 0 of 2 MUSTs judged; nothing could be judged');
});

test('annotations stand in a job of GitHub Actions alone', () => {
  expect(githubAnnotations(sampleVerdict(), {})).toEqual([]);
  const lines = githubAnnotations(sampleVerdict(), { GITHUB_ACTIONS: 'true' });
  expect(lines).toHaveLength(7);
  expect(lines[0]).toMatch(/^::error title=staging::NON-CONFORMANT: 7 of 11 MUSTs judged, 2 missed/);
  expect(lines[1]).toMatch(
    /^::error title=MUST OZ-PAGE-5 \(ozeki downloadpartial\)::Walking back .*%0Amessage m3 was lost/,
  );
  expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(2);
  expect(lines.at(-1)).toBe('::warning title=Stale waiver of OZ-AVAIL-1::CHAT-9: the requirement is met.');
});

test('the first annotation is the verdict, and a mere notice for the whole alone', () => {
  const must = requirement('OZ-CLEAR-1');
  const first = (input: Partial<VerdictInput>, judgements = [judgement(must.id)]) =>
    githubAnnotations(verdictOf([must], judgements, input), { GITHUB_ACTIONS: 'true' })[0];
  expect(first({})).toBe('::notice title=staging::CONFORMANT: 1 of 1 MUST judged');
  expect(first({ leftOut: ['genesys'] })).toBe('::warning title=staging::CONFORMANT: 1 of 1 MUST judged (ozeki alone)');
  expect(first({}, [])).toBe('::error title=staging::UNJUDGED: 0 of 1 MUST judged; nothing could be judged');
});

test('annotations are escaped and limited', () => {
  const verdict = verdictOf(
    [requirement('OZ-CLEAR-1', { action: 'a:b,c' })],
    [miss('OZ-CLEAR-1', '100%\r\n::error::no')],
  );
  const [, line] = githubAnnotations(verdict, { GITHUB_ACTIONS: 'true' });
  expect(line).toContain('title=MUST OZ-CLEAR-1 (ozeki a%3Ab%2Cc)::');
  expect(line).toContain('100%25\\u000d%0A\\u003a:error::no');
  expect(line).not.toContain('\n');
  const many = githubAnnotations(verdictWithMisses(300, 100), { GITHUB_ACTIONS: 'true' });
  expect(many.filter((one) => one.startsWith('::error '))).toHaveLength(10);
  expect(many).toContain('::error title=72 more::See the summary or verdict.json.');
});
