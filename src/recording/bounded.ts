/** A map that forgets what was used longest ago when it holds too much. */
export interface Bounded<Key, Value> {
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  keys(): IterableIterator<Key>;
  /** Forgets what was used longest ago. */
  forgetOldest(): void;
}

/** Makes a map of at most `most` entries; `forget` is called for each that goes. */
export function createBounded<Key, Value>(
  most: number,
  forget: (value: Value, key: Key) => void = () => {},
): Bounded<Key, Value> {
  const map = new Map<Key, Value>();
  const forgetOldest = (): void => {
    const oldest = map.entries().next().value;
    if (oldest === undefined) return;
    map.delete(oldest[0]);
    forget(oldest[1], oldest[0]);
  };
  return {
    get(key) {
      const value = map.get(key);
      if (value === undefined) return undefined;
      map.delete(key);
      map.set(key, value);
      return value;
    },
    has: (key) => map.has(key),
    set(key, value) {
      map.delete(key);
      map.set(key, value);
      if (map.size > most) forgetOldest();
    },
    delete: (key) => map.delete(key),
    keys: () => map.keys(),
    forgetOldest,
  };
}
