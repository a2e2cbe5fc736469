import fc from 'fast-check';
import {
  change,
  drop,
  type Operator,
  rename,
  respell,
  retype,
  set,
  shift,
  turned,
  turnMembers,
  where,
} from '../../src/stub/operators.js';
import { expect, test } from '../test.js';

const segment = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
const upperCase = (text: string) => text.toUpperCase();
const apply = (operator: Operator, json: unknown) => operator.transform(json, undefined);

/** One operator of each kind, at some sites. */
const EACH: Record<string, (sites: string) => Operator> = {
  change: (sites) => change(sites, (value) => [value]),
  set: (sites) => set(sites, 'other'),
  drop,
  rename: (sites) => rename(sites, 'renamed'),
  'retype as a string': (sites) => retype(sites, 'string'),
  'retype as a number': (sites) => retype(sites, 'number'),
  'retype as an array': (sites) => retype(sites, 'array'),
  respell: (sites) => respell(sites, upperCase),
  shift: (sites) => shift(sites, 1000),
  where: (sites) => where(sites, () => true, drop('')),
};

for (const [name, at] of Object.entries(EACH)) {
  test(`${name} leaves an answer as it is where its site is not there`, () => {
    const operator = at('/is/not/there');
    fc.assert(fc.property(fc.jsonValue(), (json) => expect(apply(operator, json)).toEqual(json)));
  });

  test(`${name} changes nothing but its site, and not the answer that it is given`, () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (member, others, value) => {
        fc.pre(member !== '*');
        const json = { ...others, [member]: value };
        const before = structuredClone(json);
        const { [member]: _was, ...left } = json;
        const { [member]: _is, renamed: _renamed, ...found } = apply(at(`/${segment(member)}`), json) as typeof json;
        const { renamed: _known, ...expected } = left;
        expect(found).toEqual(expected);
        expect(json).toEqual(before);
      }),
    );
  });
}

test('a pointer finds members of any name, escaped as RFC 6901 says', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (path) => {
      fc.pre(!path.includes('*'));
      const json = path.reduceRight<unknown>((inner, name) => Object.fromEntries([[name, inner]]), 'here');
      const changed = path.reduceRight<unknown>((inner, name) => Object.fromEntries([[name, inner]]), 'there');
      expect(apply(set(path.map((name) => `/${segment(name)}`).join(''), 'there'), json)).toEqual(changed);
    }),
  );
});

test('a pointer finds items by their place, and the whole where it is empty', () => {
  expect(apply(set('/1', 'x'), ['a', 'b', 'c'])).toEqual(['a', 'x', 'c']);
  expect(apply(set('/01', 'x'), ['a', 'b'])).toEqual(['a', 'b']);
  expect(apply(set('/-', 'x'), ['a'])).toEqual(['a']);
  expect(apply(set('', 'x'), ['a'])).toBe('x');
});

test('* stands for every item and every member', () => {
  const json = { a: [{ b: 1 }, { b: 2 }, { c: 3 }], d: { b: 4 } };
  expect(apply(set('/a/*/b', 0), json)).toEqual({ a: [{ b: 0 }, { b: 0 }, { c: 3 }], d: { b: 4 } });
  expect(apply(drop('/*/b'), json)).toEqual({ a: json.a, d: {} });
  expect(apply(drop('/a/*'), json)).toEqual({ a: [], d: { b: 4 } });
});

test('several sites are changed one after the other', () => {
  expect(apply(set(['/a', '/b/c', '/d'], 0), { a: 1, b: { c: 2 } })).toEqual({ a: 0, b: { c: 0 } });
});

test('rename keeps the value and the place of the member', () => {
  expect(JSON.stringify(apply(rename('/a/b', 'x'), { a: { b: 1, c: 2 } }))).toBe('{"a":{"x":1,"c":2}}');
  expect(apply(rename('/a/0', 'x'), { a: ['b'] })).toEqual({ a: ['b'] });
});

test('retype says the same in another type, where it can', () => {
  expect(apply(retype('/*', 'string'), [1, true, null, { a: 1 }])).toEqual(['1', 'true', 'null', '{"a":1}']);
  expect(apply(retype('/*', 'number'), ['17', false, 'x', { a: 1 }])).toEqual([17, 0, 'x', { a: 1 }]);
  fc.assert(
    fc.property(fc.integer(), (n) => expect(apply(retype('', 'number'), apply(retype('', 'string'), n))).toBe(n)),
  );
});

test('respell changes texts alone', () => {
  expect(apply(respell('/*', upperCase), ['a', 1, null, ['a']])).toEqual(['A', 1, null, ['a']]);
});

const HOUR = 3_600_000;
const TIMES: Record<string, [time: unknown, anHourLater: unknown]> = {
  'Unix seconds': [1_709_907_168, 1_709_910_768],
  'Unix milliseconds': [1_709_907_168_123, 1_709_910_768_123],
  'seconds in digits': ['1709907168', '1709910768'],
  'milliseconds in digits': ['1709907168123', '1709910768123'],
  'a date with a blank': ['2024-02-29 23:12:48', '2024-03-01 00:12:48'],
  'ISO 8601': ['2024-02-29T23:12:48Z', '2024-03-01T00:12:48Z'],
  'ISO 8601 with milliseconds': ['2024-02-29T23:12:48.123Z', '2024-03-01T00:12:48.123Z'],
  'no time': ['soon', 'soon'],
  'a date that the calendar does not have': ['2024-13-29 23:12:48', '2024-13-29 23:12:48'],
  null: [null, null],
};

for (const [form, [time, later]] of Object.entries(TIMES)) {
  test(`shift moves ${form} within its form`, () => {
    expect(apply(shift('/at', HOUR), { at: time })).toEqual({ at: later });
  });
}

test('shift there and back is the same time', () => {
  fc.assert(
    fc.property(
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
      fc.integer(),
      (date, by) => {
        const text = date.toISOString().slice(0, 19).replace('T', ' ');
        const seconds = 1000 * (by % 1_000_000);
        expect(apply(shift('', -seconds), apply(shift('', seconds), text))).toBe(text);
      },
    ),
  );
});

test('where looks for the sites of its operator from its own', () => {
  const friends = [
    { name: 'Alice', id: 1 },
    { name: 'Bob', id: 2 },
  ];
  const isBob = ({ name }: { name: string }) => name === 'Bob';
  expect(apply(where('/friends/*', isBob, set('/id', 0)), { friends })).toEqual({
    friends: [friends[0], { name: 'Bob', id: 0 }],
  });
  expect(apply(where('/friends/*', isBob, drop('')), { friends })).toEqual({ friends: [friends[0]] });
});

test('a change is told which call it answers', () => {
  expect(change('/id', (_id, call: { caller: string }) => call.caller).transform({ id: 1 }, { caller: 'me' })).toEqual({
    id: 'me',
  });
});

test('turned members are the same JSON, in another order in each answer', () => {
  const json = { a: [{ b: 1, c: 2 }], d: 'text' };
  const written = [0, 1].map((total) => JSON.stringify(turnMembers.transform(json, { total })));
  expect(written).toEqual([JSON.stringify(json), '{"d":"text","a":[{"c":2,"b":1}]}']);
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (any, total) => expect(turnMembers.transform(any, { total })).toEqual(any)),
  );
});

test('turned items begin later and lose none', () => {
  expect([turned([1, 2, 3], 1), turned([1, 2, 3], 3), turned([], 5)]).toEqual([[2, 3, 1], [1, 2, 3], []]);
});
