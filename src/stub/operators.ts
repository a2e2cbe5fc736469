import { segmentsOf } from '../exchange/pointer.js';
import { changeAt, LEFT_OUT } from './pointer.js';

/** Where an operator acts: a JSON pointer (RFC 6901), or several. The segment `*` stands for every item, or every member. */
export type Sites = string | readonly string[];

/**
 * How a fault changes an answer: what it makes of the JSON at some sites. An operator is pure: the JSON that it is given stays as it
 * is, and so does what it gives where none of its sites is there.
 */
export interface Operator<Call = unknown> {
  sites: readonly string[];
  /** A copy of the JSON with the sites changed. `call` is what the JSON answers. */
  transform(json: unknown, call: Call): unknown;
}

/**
 * Puts whatever `change` gives in the place of what is there.
 *
 * @example
 * change('/friends', (friends: Friend[]) => friends.slice(1)) // {"friends": [a, b]} becomes {"friends": [b]}
 */
export function change<Value, Call>(sites: Sites, change: (value: Value, call: Call) => unknown): Operator<Call> {
  const pointers = typeof sites === 'string' ? [sites] : sites;
  return {
    sites: pointers,
    transform: (json, call) =>
      pointers.reduce((given, pointer) => changeAt(given, pointer, (value) => change(value as Value, call)), json),
  };
}

/**
 * Puts a value in the place of what is there.
 *
 * @example
 * set('/status', 'ok') // {"status": "OK"} becomes {"status": "ok"}
 */
export function set(sites: Sites, value: unknown): Operator {
  return change(sites, () => value);
}

/**
 * Leaves out what is there: a member of an object or an item of an array.
 *
 * @example
 * drop('/message/Data') // {"message": {"ID": "1", "Data": "x"}} becomes {"message": {"ID": "1"}}
 */
export function drop(sites: Sites): Operator {
  return change(sites, () => LEFT_OUT);
}

/**
 * Gives the member at the site another name, and its place among the members.
 *
 * @example
 * rename('/data', 'result') // {"data": 1} becomes {"result": 1}
 */
export function rename(site: string, name: string): Operator {
  const member = segmentsOf(site).at(-1);
  return change(site.slice(0, site.lastIndexOf('/')), (holder) => {
    if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return holder;
    return Object.fromEntries(Object.entries(holder).map(([each, value]) => [each === member ? name : each, value]));
  });
}

const RETYPED = {
  string: (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value)),
  number: (value: unknown) => (typeof value !== 'object' && Number.isFinite(Number(value)) ? Number(value) : value),
  array: (value: unknown) => [value],
};

/**
 * Says the same in another type: a text as the number it holds, anything as a text, anything as an array of one. A value that cannot
 * be said as a number stays.
 *
 * @example
 * retype('/lastaccess', 'string') // {"lastaccess": 17} becomes {"lastaccess": "17"}
 */
export function retype(sites: Sites, type: keyof typeof RETYPED): Operator {
  return change(sites, RETYPED[type]);
}

/**
 * Writes texts in another way; what is no text stays.
 *
 * @example
 * respell('/mutedby/*', (id) => id.toUpperCase()) // {"mutedby": ["ab"]} becomes {"mutedby": ["AB"]}
 */
export function respell<Call>(sites: Sites, spell: (text: string, call: Call) => string): Operator<Call> {
  return change(sites, (value: unknown, call: Call) => (typeof value === 'string' ? spell(value, call) : value));
}

/**
 * Moves times by so many milliseconds, each within the form that it has: a number or digits, in Unix seconds where they are ten digits
 * or fewer and in milliseconds otherwise; `yyyy-MM-dd HH:mm:ss`; ISO 8601 in UTC. What is no time stays.
 *
 * @example
 * shift('/message/Created', 3_600_000) // "2024-03-08 14:12:48" becomes "2024-03-08 15:12:48"
 */
export function shift(sites: Sites, milliseconds: number): Operator {
  return change(sites, (time) => shifted(time, milliseconds));
}

const DATE_TIME = /^\d{4}-\d\d-\d\d([ T])\d\d:\d\d:\d\d(\.\d{3})?(Z?)$/;

function shifted(time: unknown, milliseconds: number): unknown {
  if (typeof time === 'number') return time + (Math.abs(time) < 1e10 ? milliseconds / 1000 : milliseconds);
  if (typeof time !== 'string') return time;
  if (/^\d{10,13}$/.test(time)) return String(shifted(Number(time), milliseconds));
  const parts = DATE_TIME.exec(time);
  const at = Date.parse(time.replace(' ', 'T').replace(/Z?$/, 'Z')) + milliseconds;
  if (parts === null || Number.isNaN(at)) return time;
  const [, blank = ' ', fraction, zone = ''] = parts;
  const iso = new Date(at).toISOString();
  return `${iso.slice(0, 10)}${blank}${iso.slice(11, fraction === undefined ? 19 : 23)}${zone}`;
}

/**
 * Does within some sites what an operator does, but only within those that fulfil a condition. The operator's own sites are looked for
 * from there; '' is the site itself.
 *
 * @example
 * where('/friends/*', ({ name }: Friend) => name === 'Bob', drop('')) // leaves Bob out
 */
export function where<Value, Call>(
  sites: Sites,
  isMeant: (value: Value, call: Call) => boolean,
  operator: Operator<Call>,
): Operator<Call> {
  return change(sites, (value: Value, call: Call) => (isMeant(value, call) ? operator.transform(value, call) : value));
}

/**
 * Writes the members of every object in another order in each answer, since JSON gives their order no meaning.
 *
 * @example
 * turnMembers // {"a": 1, "b": 2} becomes {"b": 2, "a": 1} in every other answer
 */
export const turnMembers: Operator<{ total: number }> = change('', (json, { total }: { total: number }) =>
  withTurnedMembers(json, total),
);

function withTurnedMembers(value: unknown, by: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withTurnedMembers(item, by));
  return Object.fromEntries(
    turned(Object.entries(value), by).map(([name, member]) => [name, withTurnedMembers(member, by)]),
  );
}

/** The items with so many of the first moved behind the others. */
export function turned<T>(items: readonly T[], by: number): T[] {
  const start = by % Math.max(1, items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}
