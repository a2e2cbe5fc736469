import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@playwright/test';
import { renderSummary } from '../../src/reporters/index.js';
import { catalogueOf, judgement, sampleVerdict, verdictOf, verdictWithMisses } from '../verdict/builders.js';

const plain = { color: false, width: 100 };

test('a clean run of all three APIs fits a screen', () => {
  const catalogue = catalogueOf(200).map((one, index) => ({
    ...one,
    action: index % 34 === 0 ? '*' : `action${index % 34}`,
  }));
  const summary = renderSummary(
    verdictOf(
      catalogue,
      catalogue.map(({ id }) => judgement(id)),
    ),
    { ...plain, where: { html: 'reports/allure/index.html' } },
  );
  expect(summary.split('\n').length).toBeLessThanOrEqual(40);
  expect(summary).toMatch(/every action\s+2/);
  expect(summary).toMatch(/33 actions\s+65/);
  expect(summary).toContain('Judged: 160 of 160 MUSTs, 40 of 40 SHOULDs.');
  expect(summary.split('\n').at(-1)).toBe('CONFORMANT: no MUST missed (exit code 0)');
});

test('a miss has its sentence, what was expected and found, how often and where to look', () => {
  const summary = renderSummary(sampleVerdict(), {
    ...plain,
    where: { verdict: 'reports/verdict.json', html: 'reports/allure/index.html' },
  });
  for (const line of [
    '✗ MUST OZ-CLEAR-1  After Clear no participant can download any message of the conversation',
    '    after clear, downloadpartial still returned 3 messages',
    '    at        /messages',
    '    expected  []',
    '    found     an array of 3',
    '    intermittent: missed once, met once',
    '! SHOULD OZ-COM-4-SHOULD  errormessage is empty beside "OK"',
    '    errormessage is not empty beside "OK" (in 2 of 9 exchanges)',
    '    no end of the answer within 10000 ms (the server is to blame)',
    '~ MUST OZ-CLEAR-2  CHAT-12, carol, until 2026-12-31: known since the last release',
    '  OZ-AVAIL-1, CHAT-9: the requirement is met. Take it out.',
    '    1  needs destroy, the target allows write',
    'Judged: 7 of 11 MUSTs, 1 of 1 SHOULD.',
    'Report:   reports/allure/index.html',
    'Evidence: reports/verdict.json',
    'NON-CONFORMANT: 3 MUSTs missed (exit code 1)',
  ]) {
    expect(summary.split('\n')).toContain(line);
  }
  expect(summary).toMatch(/to waive {2}\{"requirement":"OZ-CLEAR-1","fingerprint":"[0-9a-f]{16}"/);
});

test('the table counts met, missed, skipped and error by action', () => {
  const summary = renderSummary(sampleVerdict(), plain);
  expect(summary).toMatch(/^ {2}every action +1 +1 +1 +·$/m);
  expect(summary).toMatch(/^ {2}clear +· +2 +· +·$/m);
  expect(summary).toMatch(/^ {2}notification +· +· +· +1$/m);
});

test('a long list of misses is cut, and says how many are left out', () => {
  const summary = renderSummary(verdictWithMisses(300, 100), plain);
  expect(summary).toContain('Missed (80)');
  expect(summary).toContain('… and 70 more in verdict.json');
  expect(summary.match(/^✗/gm)).toHaveLength(10);
});

test('colours only where asked for, whatever the stream', () => {
  expect(renderSummary(sampleVerdict(), plain)).not.toContain('\u001b[');
  const coloured = renderSummary(sampleVerdict(), { ...plain, color: true });
  expect(coloured).toContain('\u001b[31m');
  expect(stripVTControlCharacters(coloured)).toBe(renderSummary(sampleVerdict(), plain));
});

test('no line but the one to copy is wider than the terminal', () => {
  const lines = renderSummary(sampleVerdict(), { color: false, width: 60 }).split('\n');
  expect(lines.filter((line) => line.length > 60 && !line.includes('to waive'))).toEqual([]);
});

for (const [name, verdict, line] of [
  [
    'unreachable',
    sampleVerdict({ judgements: [], waivers: [], unjudgedReason: 'The host refuses.' }),
    'UNJUDGED: nothing could be judged (exit code 2)',
  ],
  [
    'interrupted',
    verdictOf(catalogueOf(3), [], { interrupted: true }),
    'UNJUDGED: not every MUST could be judged (exit code 2)',
  ],
] as const) {
  test(`the last line of an ${name} run says so`, () => {
    expect(renderSummary(verdict, plain).split('\n').at(-1)).toBe(line);
  });
}
