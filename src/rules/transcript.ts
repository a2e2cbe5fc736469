import type { Finding } from '../exchange/index.js';

/** Finds where numbers do not run up by one each: a gap, a repeat or a step back. */
export function consecutive(numbers: readonly number[], what: string, path = ''): Finding[] {
  const at = numbers.findIndex((value, i) => i > 0 && value !== (numbers[i - 1] as number) + 1);
  if (at === -1) return [];
  return [
    {
      message: `${what} do not run without gap or repeat, ascending`,
      path: `${path}/${at}`,
      expected: `${(numbers[at - 1] as number) + 1}`,
      found: `${numbers[at]}`,
    },
  ];
}

/** Finds where a number falls below the one before it. */
export function neverDecreasing(numbers: readonly number[], what: string, path = ''): Finding[] {
  const at = numbers.findIndex((value, i) => i > 0 && value < (numbers[i - 1] as number));
  if (at === -1) return [];
  return [
    {
      message: `${what} goes back`,
      path: `${path}/${at}`,
      expected: `${numbers[at - 1]} or later`,
      found: `${numbers[at]}`,
    },
  ];
}
