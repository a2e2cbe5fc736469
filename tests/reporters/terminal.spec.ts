import { stripVTControlCharacters } from 'node:util';
import { renderSummary } from '../../src/reporters/index.js';
import { expect, test } from '../test.js';
import {
  catalogueOf,
  judgement,
  miss,
  requirement,
  sampleVerdict,
  verdictOf,
  verdictWithMisses,
} from '../verdict/builders.js';

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
  expect(summary.split('\n').at(-1)).toBe('CONFORMANT: 160 of 160 MUSTs judged');
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
    'Ozeki     NON-CONFORMANT: 6 of 9 MUSTs judged, 2 missed, 1 missed and waived, 1 could not be checked',
    'NON-CONFORMANT: 7 of 11 MUSTs judged, 2 missed, 1 missed and waived, 2 could not be checked, 1 of them for what the server did',
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

test('no line but the one to copy and the verdict is wider than the terminal', () => {
  const lines = renderSummary(sampleVerdict(), { color: false, width: 60 }).split('\n').slice(0, -1);
  expect(lines.filter((line) => line.length > 60 && !line.includes('to waive'))).toEqual([]);
});

for (const [name, verdict, line] of [
  [
    'unreachable',
    sampleVerdict({ judgements: [], waivers: [], unjudgedReason: 'The host refuses.' }),
    'UNJUDGED: 0 of 11 MUSTs judged; The host refuses.',
  ],
  [
    'interrupted',
    verdictOf(catalogueOf(3), [], { interrupted: true }),
    'UNJUDGED: 0 of 3 MUSTs judged, 3 could not be checked; nothing could be judged',
  ],
] as const) {
  test(`the last line of an ${name} run says so`, () => {
    expect(renderSummary(verdict, plain).split('\n').at(-1)).toBe(line);
  });
}

test('what a server says commands neither the terminal nor a CI server', () => {
  const nasty = '\u001b]0;title\u0007 \u202egnp.exe\u2028::error::no ##vso[task.complete] \ud800 \u009b31m';
  const verdict = verdictOf(
    [requirement('OZ-CLEAR-1'), requirement('OZ-ADD-1'), requirement('OZ-LIST-1-SHOULD'), requirement('OZ-MUTE-1')],
    [
      miss('OZ-CLEAR-1', nasty, { findings: [{ message: nasty, path: nasty, expected: nasty, found: nasty }] }),
      judgement('OZ-ADD-1', { outcome: 'error', cause: 'server', reason: `${'word '.repeat(20)}::error::wrapped` }),
      miss('OZ-LIST-1-SHOULD', nasty),
      judgement('OZ-MUTE-1', { outcome: 'skipped', reason: nasty }),
    ],
    { unjudgedReason: nasty, target: { name: nasty, allow: 'read', urls: {} } },
  );
  const summary = renderSummary(verdict, { ...plain, width: 60 });
  expect(summary).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(summary).not.toMatch(/^\s*::/m);
  expect(summary).not.toMatch(/##(?:\[|vso\[)/);
  expect(summary).toContain('\\u001b]0;title\\u0007 \\u202egnp.exe\\u2028');
  expect(summary).toMatch(/^ +\\u003a:error::wrapped/m);
});
