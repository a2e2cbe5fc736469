import fc from 'fast-check';
import { ozekiSchemas } from '../../apis/ozeki/schemas.js';
import { closeToNow, formatTimestamp, isEpochMs, parseTimestamp } from '../../src/rules/index.js';
import { expect, test } from '../test.js';

/** Whether the pattern of the schemas takes a value for a timestamp: it must be of one mind with the rule. */
const fitsSchema = (Created: unknown) =>
  ozekiSchemas.validate('downloadpartial', 'response', {
    status: 'OK',
    errormessage: '',
    messages: [{ ID: '1', Type: 'Message', Created }],
    reports: [],
  }).length === 0;

const good = [
  '2024-03-08 13:46:59',
  '2024-03-08 00:00:00',
  '2024-03-08 23:59:59',
  '2024-02-29 12:00:00',
  '2000-02-29 12:00:00',
  '1999-12-31 23:59:59',
];

const bad = [
  ['no leap year', '2023-02-29 12:00:00'],
  ['a century that is no leap year', '1900-02-29 12:00:00'],
  ['February 30', '2024-02-30 12:00:00'],
  ['April 31', '2024-04-31 12:00:00'],
  ['month 13', '2024-13-01 12:00:00'],
  ['month 0', '2024-00-10 12:00:00'],
  ['day 0', '2024-03-00 12:00:00'],
  ['24:00:00', '2024-03-08 24:00:00'],
  ['minute 60', '2024-03-08 12:60:00'],
  ['a leap second', '2016-12-31 23:59:60'],
  ['an hour of one digit', '2024-03-08 9:05:07'],
  ['a month of one digit', '2024-3-08 09:05:07'],
  ['a T in between', '2024-03-08T13:46:59'],
  ['a zone', '2024-03-08 13:46:59Z'],
  ['an offset', '2024-03-08 13:46:59+01:00'],
  ['a fraction', '2024-03-08 13:46:59.000'],
  ['AM or PM', '2024-03-08 01:46:59 PM'],
  ['a blank behind', '2024-03-08 13:46:59 '],
  ['a line break behind', '2024-03-08 13:46:59\n'],
  ['slashes', '2024/03/08 13:46:59'],
  ['Arabic digits', '٢٠٢٤-03-08 13:46:59'],
  ['an empty text', ''],
  ['a number', 1709907168],
  ['null', null],
  ['nothing', undefined],
] as const;

test.describe('timestamps', () => {
  for (const text of good) {
    test(`takes ${text}`, () => {
      expect(fitsSchema(text)).toBe(true);
      expect(formatTimestamp(parseTimestamp(text) as number)).toBe(text);
    });
  }

  for (const [what, value] of bad) {
    test(`finds ${what}`, () => {
      expect(parseTimestamp(value)).toBeUndefined();
      expect(fitsSchema(value)).toBe(false);
    });
  }

  test('reads the documented moments as UTC', () => {
    expect(parseTimestamp('2024-03-08 14:12:48')).toBe(1709907168_000);
    expect(parseTimestamp('2024-03-11 07:30:05')).toBe(1710142205_000);
    expect(parseTimestamp('2024-03-11 07:23:46')).toBe(1710141826_000);
  });

  test('writes and reads any second back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200, max: 253_402_300_799 }), (second) => {
        const text = formatTimestamp(second * 1000);
        expect(parseTimestamp(text)).toBe(second * 1000);
        expect(fitsSchema(text)).toBe(true);
      }),
    );
  });

  test('agrees with the calendar on every text of the right form', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9999 }),
        two(13),
        two(32),
        two(25),
        two(61),
        two(61),
        (y, mo, d, h, mi, s) => {
          const iso = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
          const legal = !Number.isNaN(iso.getTime()) && Number(h) < 24 && iso.getUTCDate() === Number(d);
          const text = `${y}-${mo}-${d} ${h}:${mi}:${s}`;
          expect(parseTimestamp(text) !== undefined).toBe(legal);
          expect(fitsSchema(text)).toBe(legal);
        },
      ),
    );
  });
});

test.describe('closeness to now', () => {
  const now = 1_709_907_168_000;
  for (const [offset, met] of [
    [0, true],
    [120_000, true],
    [-120_000, true],
    [120_001, false],
    [-121_000, false],
  ] as const) {
    test(`${offset} ms off is ${met ? 'met' : 'missed'} at a tolerance of 120 s`, () => {
      expect(closeToNow(now + offset, now, 120_000, 'Created')).toHaveLength(met ? 0 : 1);
    });
  }

  test('names a local zone or a 12-hour clock by its hours', () => {
    expect(closeToNow(now + 7_200_000, now, 120_000, 'Created')[0]?.message).toContain('2 hours off');
    expect(closeToNow(now - 19_800_000, now, 120_000, 'Created')[0]?.message).toContain('-5.5 hours off');
    expect(closeToNow(now + 1_000_000, now, 120_000, 'Created')[0]?.message).not.toContain('hours off');
  });
});

test.describe('epoch milliseconds', () => {
  for (const [value, legal] of [
    [1404162425010, true],
    [1404162425, false],
    [1404162425010000, false],
    [1404162425010.5, false],
    ['1404162425010', false],
    [Number.NaN, false],
    [null, false],
  ] as const) {
    test(`${String(value)} ${legal ? 'is' : 'is not'}`, () => expect(isEpochMs(value)).toBe(legal));
  }
});
