import fc from 'fast-check';
import {
  accountIdFindings,
  consecutive,
  containsAll,
  containsNone,
  conversationIdOf,
  directionOf,
  equal,
  farEnd,
  neverDecreasing,
  noRepeats,
  sameSet,
  sorted,
  unchanged,
  userIdOf,
} from '../../src/rules/index.js';
import { expect, test } from '../test.js';

test.describe('ids', () => {
  test('the id of a user is the md5 of the e-mail address, the id of two that of both ids', () => {
    expect(userIdOf('admin@ozeki.hu')).toBe('d574638619cbff603bf857164c47e850');
    expect(userIdOf('alice@ozeki.hu')).toBe('f22e679ed4bc266b4245954020c26e0e');
    const ids = ['d574638619cbff603bf857164c47e850', 'aa68d2204cb2bb85f2de3b9aad0d86d7'];
    expect(conversationIdOf(ids)).toBe('8ca16186c36a4e0a1ef2096e6c60b613');
    expect(conversationIdOf([...ids].reverse())).toBe(conversationIdOf(ids));
  });

  test('finds the md5 of another spelling of the address', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(accountIdFindings(userIdOf(email), email, '')).toEqual([]);
        expect(accountIdFindings(userIdOf(email).toUpperCase(), email, '')).toHaveLength(
          /[a-f]/.test(userIdOf(email)) ? 1 : 0,
        );
        expect(accountIdFindings(userIdOf(`${email} `), email, '')).toHaveLength(1);
      }),
    );
  });
});

test.describe('sets', () => {
  const names = { left: 'friends', right: 'availabilities' };

  test('sets are the same whatever the order, and differ by one member', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), (items) => {
        expect(sameSet(items, [...items].reverse(), names)).toEqual([]);
        expect(sameSet(items, items.slice(1), names)).toHaveLength(1);
        expect(sameSet(items.slice(1), items, names)).toHaveLength(1);
        expect(containsAll(items, items.slice(1), 'm')).toEqual([]);
        expect(containsAll(items.slice(1), items, 'm')).toHaveLength(1);
        expect(containsNone(items.slice(1), [items[0] as string], 'm')).toEqual([]);
        expect(containsNone(items, [items[0] as string], 'm')).toHaveLength(1);
        expect(noRepeats(items, 'w')).toEqual([]);
        expect(noRepeats([...items, items[0] as string], 'w')).toHaveLength(1);
      }),
    );
  });

  test('names what only one side has', () => {
    expect(sameSet(['a', 'b'], ['b', 'c'], names)[0]?.found).toBe('only in friends: a; only in availabilities: c');
  });

  for (const [a, b, same] of [
    [1, 1, true],
    [1, '1', false],
    [undefined, null, false],
    [undefined, undefined, true],
    [['a'], ['a'], true],
    [true, 'true', false],
  ] as const) {
    test(`${JSON.stringify(a)} ${same ? 'equals' : 'does not equal'} ${JSON.stringify(b)}`, () =>
      expect(equal(a, b, 'm')).toHaveLength(same ? 0 : 1));
  }
});

test.describe('order', () => {
  for (const [keys, direction] of [
    [[], 'level'],
    [[5], 'level'],
    [[5, 5], 'level'],
    [[1, 2], 'ascending'],
    [[1, 1, 2, 2], 'ascending'],
    [[2, 1, 1], 'descending'],
    [[1, 2, 1], 'unsorted'],
  ] as const) {
    test(`${JSON.stringify(keys)} runs ${direction}`, () => expect(directionOf(keys)).toBe(direction));
  }

  for (const [seconds, end] of [
    [[], 'unknown'],
    [[5], 'unknown'],
    [[5, 5], 'unknown'],
    [[1, 1, 2], 'first'],
    [[2, 1, 1], 'last'],
    // One that is dated back stands where it arrived.
    [[5, 6, 7, 1], 'first'],
    [[1, 7, 6, 5], 'last'],
    [[5, 1, 6], 'first'],
    [[5, 1, 5], 'unknown'],
  ] as const) {
    test(`of a page of ${JSON.stringify(seconds)} the far end is ${end}`, () => {
      expect(farEnd(seconds.map((second) => ({ Created: `2026-12-01 10:00:0${second}` })))).toBe(end);
    });
  }

  test('says plainly that the order is the other one', () => {
    expect(sorted([1, 2, 3], 'descending', 'the entries')[0]?.message).toContain('they come oldest first');
    expect(sorted([3, 2, 1], 'ascending', 'the entries')[0]?.message).toContain('they come newest first');
  });

  test('a sorted list is sorted, one with two swapped is not', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 2 }), (keys) => {
        const up = [...keys].sort((a, b) => a - b);
        expect(sorted(up, 'ascending', 'w')).toEqual([]);
        expect(sorted([...up].reverse(), 'descending', 'w')).toEqual([]);
        const swapped = [...up.slice(0, -2), up.at(-1) as number, up.at(-2) as number];
        expect(sorted(swapped, 'ascending', 'w')).toHaveLength(1);
      }),
    );
  });
});

test.describe('transcripts', () => {
  for (const [numbers, met] of [
    [[], true],
    [[1], true],
    [[1, 2, 3], true],
    [[5, 6], true],
    [[1, 3], false],
    [[1, 1], false],
    [[2, 1], false],
  ] as const) {
    test(`${JSON.stringify(numbers)} ${met ? 'runs' : 'does not run'} without gap`, () =>
      expect(consecutive(numbers, 'indexes')).toHaveLength(met ? 0 : 1));
  }

  test('every kind of broken transcript is found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 3, max: 40 }), fc.nat(), (start, length, at) => {
        const whole = Array.from({ length }, (_, i) => start + i);
        const i = 1 + (at % (length - 2));
        expect(consecutive(whole, 'indexes')).toEqual([]);
        const gap = whole.toSpliced(i, 1);
        const repeat = whole.toSpliced(i, 0, whole[i] as number);
        const swapped = whole.toSpliced(i, 2, whole[i + 1] as number, whole[i] as number);
        for (const broken of [gap, repeat, swapped]) expect(consecutive(broken, 'indexes')).toHaveLength(1);
        expect(neverDecreasing(whole, 'utcTime')).toEqual([]);
        expect(neverDecreasing(repeat, 'utcTime')).toEqual([]);
        expect(neverDecreasing(swapped, 'utcTime')).toHaveLength(1);
      }),
    );
  });
});

test.describe('texts', () => {
  for (const [sent, actual, cause] of [
    ['  padded  ', 'padded', 'trimmed'],
    ['  padded  ', 'padded  ', 'trimmed'],
    ['abcdefgh', 'abcd', 'cut after 4'],
    ['<b>', '&lt;b&gt;', 'escaped'],
    ['<b> &amp;', '&lt;b&gt; &amp;', 'escaped'],
    ['&lt;b&gt; &amp;', '<b> &', 'resolved'],
    ['one\r\ntwo', 'one\ntwo', 'line breaks'],
    ['one\u200btwo', 'onetwo', 'left out'],
    ['e\u0301', '\u00e9', 'normalised'],
    ['👋🏽 hello', '?? hello', 'narrower encoding'],
    ['Mixed', 'mixed', 'case'],
    ['one', 'two', 'not the text'],
  ] as const) {
    test(`${JSON.stringify(sent)} that comes back ${JSON.stringify(actual)}: ${cause}`, () => {
      expect(unchanged(actual, sent, 'a text')[0]?.message).toContain(cause);
    });
  }

  test('any text is itself, and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (text, more) => {
        expect(unchanged(text, text, 'a text')).toEqual([]);
        expect(unchanged(text + more, text, 'a text')).toHaveLength(1);
        expect(unchanged(text, text + more, 'a text')).toHaveLength(1);
      }),
    );
  });

  for (const value of [undefined, null, 42, {}]) {
    test(`${JSON.stringify(value)} is no text`, () => expect(unchanged(value, 'sent', 'a text')).toHaveLength(1));
  }
});
