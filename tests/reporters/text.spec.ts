import { duration, pageTable } from '../../src/reporters/text.js';
import { expect, test } from '../test.js';

test('durations read well', () => {
  expect([0, 999, 1000, 59_999, 60_000, 185_000].map(duration)).toEqual([
    '0 ms',
    '999 ms',
    '1.0 s',
    '60.0 s',
    '1 min 0 s',
    '3 min 5 s',
  ]);
});

test('the table of a walk marks what is wrong', () => {
  const table = pageTable([
    { page: 1, cursor: 'now', items: ['m3', 'm2'] },
    { page: 2, cursor: 'm2', items: ['m2', 'm2', 'm0'], marks: { m2: 'again', m1: 'lost before this' } },
    { page: 3, cursor: 'm0', items: [] },
  ]);
  expect(table.split('\n')).toEqual([
    'page  cursor  items',
    '1     now     m3  m2',
    '2     m2      [m2]  [m2]  m0',
    '              ^ [m2] again',
    '              ^ [m1] lost before this',
    '3     m0      (empty)',
    '',
  ]);
});

test('the table of a long walk shows its ends and what is around the wrong', () => {
  const pages = Array.from({ length: 100 }, (_, index) => ({
    page: index + 1,
    cursor: `c${index}`,
    items: Array.from({ length: 50 }, (__, item) => `m${index * 50 + item}`),
    ...(index === 40 && { marks: { m2025: 'again' } }),
  }));
  const lines = pageTable(pages).trimEnd().split('\n');
  expect(lines.map((line) => line.slice(0, 6).trim())).toEqual(['page', '1', '…', '40', '41', '', '42', '…', '100']);
  expect(lines[4]).toBe(
    '41    c40     m2000  m2001  m2002  m2003  (21 more)  [m2025]  (20 more)  m2046  m2047  m2048  m2049',
  );
});
