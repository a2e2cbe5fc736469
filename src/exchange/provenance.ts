import type { Exchange } from './index.js';
import { pointerOf } from './pointer.js';

/** Where a value was seen. */
export interface Source {
  exchanges: readonly Exchange[];
  /** JSON pointer of the value in the body of its one exchange; '' for the root. */
  path: string;
  /** The place in words, where it has some of its own. */
  where?: string;
}

/** Knows of every object in the answers of a session where it came from, so that what is found about it can be cited. */
export interface Provenance {
  /** Takes note of all objects in the answer of an exchange. */
  record(exchange: Exchange): void;
  /** Takes note that a value was made of what these sources show, and gives it. */
  derive<T extends object>(value: T, from: readonly unknown[], where?: string): T;
  /** Where a value came from; `undefined` for what is no object of an answer. An exchange is its own source. */
  of(value: unknown): Source | undefined;
}

/** How an object of an answer hangs in it: the place is written out only where somebody asks, for there may be many. */
interface Place {
  exchange: Exchange;
  parent?: Place;
  name: string;
}

/** A `Provenance` that keeps nothing alive. */
export function createProvenance(): Provenance {
  const places = new WeakMap<object, Place>();
  const derived = new WeakMap<object, Source>();
  const of = (value: unknown): Source | undefined => {
    if (!isObject(value)) return undefined;
    const place = places.get(value);
    return derived.get(value) ?? (place && { exchanges: [place.exchange], path: pathOf(place) });
  };
  return {
    record(exchange) {
      const root: Place = { exchange, name: '' };
      places.set(exchange, root);
      const { json } = exchange.response;
      // No recursion: how deep an answer is nested is the server's choice.
      const left: [value: object, place: Place][] = isObject(json) ? [[json, root]] : [];
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const [value, place] = next;
        places.set(value, place);
        for (const [name, member] of Object.entries(value))
          if (isObject(member)) left.push([member, { exchange, parent: place, name }]);
      }
    },
    derive(value, from, where) {
      const found = from.map(of).filter((source) => source !== undefined);
      const exchanges = [...new Set(found.flatMap((source) => source.exchanges))];
      const [only] = found.length === 1 ? found : [];
      derived.set(value, { exchanges, path: only?.path ?? '', where: where ?? only?.where });
      return value;
    },
    of,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function pathOf(place: Place): string {
  const names: string[] = [];
  for (let at = place; at.parent !== undefined; at = at.parent) names.unshift(at.name);
  return pointerOf(names);
}
