import type { Finding } from '../exchange/index.js';
import { firstFew } from './text.js';

/** Finds members that two sets do not share. Order and repeats do not matter. */
export function sameSet(
  left: Iterable<string>,
  right: Iterable<string>,
  names: { left: string; right: string },
  path?: string,
): Finding[] {
  const a = new Set(left);
  const b = new Set(right);
  const onlyLeft = [...a].filter((item) => !b.has(item));
  const onlyRight = [...b].filter((item) => !a.has(item));
  if (onlyLeft.length + onlyRight.length === 0) return [];
  return [
    {
      message: `${names.left} and ${names.right} do not hold the same`,
      path,
      expected: 'the same members in both',
      found: [
        onlyLeft.length > 0 ? `only in ${names.left}: ${firstFew(onlyLeft)}` : '',
        onlyRight.length > 0 ? `only in ${names.right}: ${firstFew(onlyRight)}` : '',
      ]
        .filter(Boolean)
        .join('; '),
    },
  ];
}

/** Finds members of `expected` that `actual` lacks. */
export function containsAll(actual: Iterable<string>, expected: Iterable<string>, message: string): Finding[] {
  const held = new Set(actual);
  const missing = [...expected].filter((item) => !held.has(item));
  if (missing.length === 0) return [];
  return [{ message, expected: `all of ${firstFew([...expected])}`, found: `missing: ${firstFew(missing)}` }];
}

/** Finds members of `forbidden` that `actual` holds. */
export function containsNone(actual: Iterable<string>, forbidden: Iterable<string>, message: string): Finding[] {
  const held = new Set(actual);
  const present = [...forbidden].filter((item) => held.has(item));
  if (present.length === 0) return [];
  return [{ message, expected: 'none of them', found: firstFew(present) }];
}

/** Finds values that stand more than once. */
export function noRepeats(values: readonly string[], what: string, path?: string): Finding[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const value of values) (seen.has(value) ? repeated : seen).add(value);
  if (repeated.size === 0) return [];
  return [{ message: `${what} holds the same twice`, path, expected: 'each once', found: firstFew([...repeated]) }];
}

/** Finds a value that differs from the expected one, compared as JSON: the order of members says nothing. */
export function equal(actual: unknown, expected: unknown, message: string, path?: string): Finding[] {
  if (canonical(actual) === canonical(expected)) return [];
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  return [{ message, path, expected: wanted ?? 'nothing', found: found ?? 'nothing' }];
}

/** A JSON value as text that is the same for equal values; `undefined` where it is no JSON. */
export function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
