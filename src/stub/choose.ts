import { closest } from 'fastest-levenshtein';

/** The items of these ids, in the order asked for. An unknown id is an error that names the nearest known one. */
export function choose<T extends { id: string }>(
  kind: 'fault' | 'variant',
  known: readonly T[],
  ids: readonly string[],
): T[] {
  return ids.map((id) => {
    const found = known.find((item) => item.id === id);
    if (found !== undefined) return found;
    const nearest =
      known.length > 0
        ? ` Did you mean "${closest(
            id,
            known.map((item) => item.id),
          )}"?`
        : '';
    throw new Error(`There is no ${kind} "${id}".${nearest}`);
  });
}
