import { segmentsOf } from '../exchange/pointer.js';

/** What a change gives for a value that is to be left out of its array or object. */
export const LEFT_OUT = Symbol('left out');

/**
 * A copy of a JSON value in which each site that the pointer names is changed. The segment `*` stands for every item of an array and
 * every member of an object. A site that is not there is not made.
 *
 * @example
 * changeAt({ friends: [{ id: 'a' }] }, '/friends/0/id', (id) => String(id).toUpperCase()); // { friends: [{ id: 'A' }] }
 */
export function changeAt(value: unknown, pointer: string, change: (site: unknown) => unknown): unknown {
  return changed(value, segmentsOf(pointer), change);
}

function changed(value: unknown, segments: readonly string[], change: (site: unknown) => unknown): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const next = segment === '*' || segment === name ? changed(member, rest, change) : member;
    return next === LEFT_OUT ? [] : [[name, next]];
  });
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
