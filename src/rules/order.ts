import type { Finding } from '../exchange/index.js';

/** `ascending`: oldest first. `descending`: newest first. `level`: all keys equal, so no direction shows. */
export type Direction = 'ascending' | 'descending' | 'level' | 'unsorted';

/** The direction in which keys run. Equal neighbours fit both directions. */
export function directionOf(keys: readonly number[]): Direction {
  let up = false;
  let down = false;
  for (let i = 1; i < keys.length; i++) {
    const step = (keys[i] as number) - (keys[i - 1] as number);
    if (step > 0) up = true;
    if (step < 0) down = true;
  }
  if (up && down) return 'unsorted';
  return up ? 'ascending' : down ? 'descending' : 'level';
}

/** Finds the first place where keys do not run in the direction asked for. `what` names the items. */
export function sorted(
  keys: readonly number[],
  direction: 'ascending' | 'descending',
  what: string,
  path = '',
): Finding[] {
  const actual = directionOf(keys);
  if (actual === direction || actual === 'level') return [];
  const sign = direction === 'ascending' ? 1 : -1;
  const at = keys.findIndex((key, i) => i > 0 && sign * (key - (keys[i - 1] as number)) < 0);
  const oldest = direction === 'ascending' ? 'oldest first' : 'newest first';
  return [
    {
      message: `${what} are not sorted ${oldest}${actual === 'unsorted' ? '' : `: they come ${actual === 'ascending' ? 'oldest first' : 'newest first'}`}`,
      path: `${path}/${at}`,
      expected: oldest,
      found: `${keys[at]} after ${keys[at - 1]}`,
    },
  ];
}
