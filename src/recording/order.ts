/** How many entries may wait, and how heavy they may be in all, until an earlier one can still come. */
const window = 128;
const maxWeight = 16 * 1024 * 1024;

/** Puts a stream into the order of time as far as a bounded window can: recorders write what ends first first. */
export interface Reorder<Item> {
  /** Takes one item and gives those that need not wait any longer, earliest first. */
  push(item: Item, time: number, weight: number): Item[];
  /** Gives all that wait. */
  drain(): Item[];
  /** How many came later than the window could wait, and so stay out of order. */
  late(): number;
}

/** Makes a window. A time that is NaN is taken for that of the item before. */
export function createReorder<Item>(): Reorder<Item> {
  let waiting: { item: Item; time: number; weight: number }[] = [];
  let weight = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let released = Number.NEGATIVE_INFINITY;
  let late = 0;
  return {
    push(item, given, ownWeight) {
      const time = Number.isNaN(given) ? latest : given;
      latest = time;
      if (time < released) late += 1;
      let at = waiting.length;
      while (at > 0 && (waiting[at - 1]?.time ?? 0) > time) at -= 1;
      waiting.splice(at, 0, { item, time, weight: ownWeight });
      weight += ownWeight;
      const free: Item[] = [];
      while (waiting.length > window || (weight > maxWeight && waiting.length > 1)) {
        const first = waiting.shift();
        if (first === undefined) break;
        weight -= first.weight;
        released = Math.max(released, first.time);
        free.push(first.item);
      }
      return free;
    },
    drain() {
      const all = waiting.map(({ item }) => item);
      waiting = [];
      weight = 0;
      return all;
    },
    late: () => late,
  };
}
