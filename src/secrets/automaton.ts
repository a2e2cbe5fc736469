/** Searches a text for many strings at once, in one pass: the automaton of Aho and Corasick. */

/** Where a string of an automaton ends in the units searched. */
export interface Hit {
  /** After its last unit. */
  end: number;
  length: number;
}

export interface Automaton {
  /** How many steps building took. */
  built: number;
  /**
   * Tells the longest string that ends at each place, in order. Gives for each place how many units before it are the beginning of
   * a string, where `depths` is given: so half a string at the end of an excerpt is known.
   * @returns how many steps it took, which is at most twice the number of units
   */
  search(units: Uint16Array, length: number, found: (hit: Hit) => void, depths?: Int32Array): number;
}

/**
 * Units that are searched for as one. ASCII letters in either case, for what is case-blind (hex digits, UUIDs) comes back in either;
 * space and plus, which are one in a form.
 */
export function folded(unit: number): number {
  if (unit >= 0x41 && unit <= 0x5a) return unit | 0x20;
  return unit === 0x20 ? 0x2b : unit;
}

/**
 * Builds the automaton of some strings, in time and memory that are linear in their lengths. Transitions lie in one hash table, so
 * that a long string costs twenty bytes a unit whatever its alphabet.
 *
 * The packages for this match whole grapheme clusters, so that a combining mark would hide a credential, or are built anew from
 * objects for each string; none tells of half a string at an end.
 */
export function createAutomaton(strings: Iterable<string>): Automaton {
  const list = [...strings];
  const most = list.reduce((sum, text) => sum + text.length, 1);
  const table = createTable(most);
  const depth = new Int32Array(most + 1);
  /** The longest string that ends in a state: its own, or that of the state it falls back to. */
  const longest = new Int32Array(most + 1);
  const parents = new Int32Array(most + 1);
  const units = new Uint16Array(most + 1);
  let states = 1;
  for (const text of list) {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = folded(text.charCodeAt(at));
      let next = table.get(state, unit);
      if (next === 0) {
        next = states;
        states += 1;
        table.set(state, unit, next);
        depth[next] = at + 1;
        parents[next] = state;
        units[next] = unit;
      }
      state = next;
    }
    longest[state] = text.length;
  }
  const { fallbacks, steps: falling } = fallbacksOf(table, { states, depth, parents, units, longest });

  return {
    built: most + falling,
    search(searched, length, found, depths) {
      let state = 0;
      let steps = length;
      for (let at = 0; at < length; at += 1) {
        const unit = folded(searched[at] as number);
        let next = table.get(state, unit);
        while (next === 0 && state !== 0) {
          state = fallbacks[state] as number;
          next = table.get(state, unit);
          steps += 1;
        }
        state = next;
        if (depths !== undefined) depths[at + 1] = depth[state] as number;
        const hit = longest[state] as number;
        if (hit !== 0) found({ end: at + 1, length: hit });
      }
      return steps;
    },
  };
}

interface States {
  states: number;
  depth: Int32Array;
  parents: Int32Array;
  units: Uint16Array;
  longest: Int32Array;
}

/** For each state that of the longest beginning of a string with which it ends. */
function fallbacksOf(
  table: Table,
  { states, depth, parents, units, longest }: States,
): { fallbacks: Int32Array; steps: number } {
  const fallbacks = new Int32Array(states);
  let steps = states;
  for (const state of byDepth(states, depth)) {
    if ((depth[state] as number) < 2) continue;
    const unit = units[state] as number;
    let from = fallbacks[parents[state] as number] as number;
    let next = table.get(from, unit);
    while (next === 0 && from !== 0) {
      from = fallbacks[from] as number;
      steps += 1;
      next = table.get(from, unit);
    }
    fallbacks[state] = next;
    if (longest[state] === 0) longest[state] = longest[next] as number;
  }
  return { fallbacks, steps };
}

/** The states, those of shorter beginnings first: by counting, for a sort would not be linear. */
function byDepth(states: number, depth: Int32Array): Int32Array {
  let deepest = 0;
  for (let state = 1; state < states; state += 1) deepest = Math.max(deepest, depth[state] as number);
  const starts = new Int32Array(deepest + 2);
  for (let state = 1; state < states; state += 1)
    starts[(depth[state] as number) + 1] = (starts[(depth[state] as number) + 1] as number) + 1;
  for (let level = 1; level < starts.length; level += 1)
    starts[level] = (starts[level] as number) + (starts[level - 1] as number);
  const order = new Int32Array(Math.max(0, states - 1));
  for (let state = 1; state < states; state += 1) {
    const level = depth[state] as number;
    order[starts[level] as number] = state;
    starts[level] = (starts[level] as number) + 1;
  }
  return order;
}

interface Table {
  /** The state after a unit, 0 where there is none. */
  get(state: number, unit: number): number;
  set(state: number, unit: number, next: number): void;
}

/** A hash table with open addressing, at most half full. */
function createTable(entries: number): Table {
  const size = 2 ** Math.ceil(Math.log2(entries * 2 + 2));
  const mask = size - 1;
  const states = new Int32Array(size);
  const units = new Uint16Array(size);
  const nexts = new Int32Array(size);
  const slotOf = (state: number, unit: number): number => {
    let slot = (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    while (nexts[slot] !== 0 && (states[slot] !== state || units[slot] !== unit)) slot = (slot + 1) & mask;
    return slot;
  };
  return {
    get: (state, unit) => nexts[slotOf(state, unit)] as number,
    set(state, unit, next) {
      const slot = slotOf(state, unit);
      states[slot] = state;
      units[slot] = unit;
      nexts[slot] = next;
    },
  };
}
