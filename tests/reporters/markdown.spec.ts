import { expect, test } from '@playwright/test';
import { githubAnnotations, renderMarkdown } from '../../src/reporters/index.js';
import { miss, requirement, sampleVerdict, verdictOf, verdictWithMisses } from '../verdict/builders.js';

test('the summary says the verdict, the coverage, the misses and what was not judged', () => {
  const summary = renderMarkdown(sampleVerdict());
  for (const part of [
    '## ❌ non-conformant: staging',
    'Judged: 7 of 11 MUSTs, 1 of 1 SHOULD.',
    '| clear | 0 | 2 | 0 | 0 |',
    '| 3 other actions | 2 | 0 | 1 | 0 |',
    '- **MUST `OZ-CLEAR-1`** After Clear no participant can download any message of the conversation',
    '  - expected: `[]`',
    '### Warnings (1)',
    '### Waived (1)',
    '### Stale waivers',
    '<summary>Not judged (2)</summary>',
    '| needs destroy, the target allows write | 1 | `OZ-WORK-1` |',
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

test('what a server says cannot break the summary', () => {
  const verdict = verdictOf(
    [requirement('OZ-CLEAR-1')],
    [miss('OZ-CLEAR-1', '<img src=x> | **b** [a](b) @team `c`\n# d')],
  );
  const summary = renderMarkdown(verdict);
  expect(summary).toContain('&lt;img src=x> \\| \\*\\*b\\*\\* \\[a\\](b) &#64;team \\`c\\` \\# d');
  expect(summary).not.toContain('\n# d');
});

test('annotations stand in a job of GitHub Actions alone', () => {
  expect(githubAnnotations(sampleVerdict(), {})).toEqual([]);
  const lines = githubAnnotations(sampleVerdict(), { GITHUB_ACTIONS: 'true' });
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(
    /^::error title=MUST OZ-PAGE-5 \(ozeki downloadpartial\)::Walking back .*%0Amessage m3 was lost/,
  );
  expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(2);
  expect(lines.at(-1)).toBe('::warning title=Stale waiver of OZ-AVAIL-1::CHAT-9: the requirement is met.');
});

test('annotations are escaped and limited', () => {
  const verdict = verdictOf(
    [requirement('OZ-CLEAR-1', { action: 'a:b,c' })],
    [miss('OZ-CLEAR-1', '100%\r\n::error::no')],
  );
  const [line] = githubAnnotations(verdict, { GITHUB_ACTIONS: 'true' });
  expect(line).toContain('title=MUST OZ-CLEAR-1 (ozeki a%3Ab%2Cc)::');
  expect(line).toContain('100%25%0D%0A::error::no');
  expect(line).not.toContain('\n');
  const many = githubAnnotations(verdictWithMisses(300, 100), { GITHUB_ACTIONS: 'true' });
  expect(many.filter((one) => one.startsWith('::error '))).toHaveLength(10);
  expect(many).toContain('::error title=71 more::See the summary or verdict.json.');
});
