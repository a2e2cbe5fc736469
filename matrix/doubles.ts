import type { Api } from '../src/api/api.js';
import type { Observation } from '../src/passive/types.js';

/** A place of one answer at which several requirements were missed. */
export interface Double {
  /** JSON pointer into the answer. */
  path: string;
  /** The requirements that were missed there, in alphabetical order. */
  requirements: string[];
}

/** The places at which what passive checks said of one answer misses several requirements. */
export function doublesIn(observations: readonly Observation[]): Double[] {
  const missed = new Map<string, Set<string>>();
  for (const { requirement, findings } of observations)
    for (const { path } of findings) {
      if (path === undefined) continue;
      const there = missed.get(path) ?? new Set();
      missed.set(path, there.add(requirement));
    }
  return [...missed].flatMap(([path, ids]) => (ids.size > 1 ? [{ path, requirements: [...ids].sort() }] : []));
}

/**
 * The API with somebody told of every double in what its passive checks say; the same place of other items is told once.
 * @param explained the doubles that have a reason, by their requirements
 */
export function watchedForDoubles(
  api: Api,
  explained: Readonly<Record<string, string>>,
  tell: (double: Double) => void,
): Api {
  const told = new Set<string>();
  return {
    ...api,
    passive(exchange, groundTruth) {
      const observations = api.passive(exchange, groundTruth);
      for (const double of doublesIn(observations)) {
        const key = `${double.path.replace(/\d+/g, '#')} ${double.requirements}`;
        if (told.has(key) || double.requirements.join(' ') in explained) continue;
        told.add(key);
        tell(double);
      }
      return observations;
    },
  };
}
