import type { Event, Own } from './state.js';

/** How the events of a transcript go with what its client did. */
export interface Alignment {
  pairs: readonly { own: Own; event: Event }[];
  /** What does not show, though it must. */
  missing: readonly Own[];
  /** The first event that goes with nothing. */
  stray?: Event;
}

/**
 * Explains events by what was done, both in their order. What is optional may be left out, and the last ones may not show yet; events
 * that `isFree` lets pass need no explanation.
 */
export function align(
  done: readonly Own[],
  events: readonly Event[],
  isFree: (event: Event) => boolean = () => false,
): Alignment {
  let farthest = 0;
  const failed = new Set<number>();
  const explain = (i: number, j: number): Alignment | undefined => {
    farthest = Math.max(farthest, j);
    const event = events[j];
    const own = done[i];
    if (event === undefined) return { pairs: [], missing: done.slice(i).filter(({ optional }) => !optional) };
    const key = i * (events.length + 1) + j;
    if (failed.has(key)) return undefined;
    const tries = [
      () => (own !== undefined && goWith(own, event) ? and({ own, event }, explain(i + 1, j + 1)) : undefined),
      () => (own?.optional ? explain(i + 1, j) : undefined),
      () => (isFree(event) ? explain(i, j + 1) : undefined),
    ];
    for (const attempt of tries) {
      const found = attempt();
      if (found !== undefined) return found;
    }
    failed.add(key);
    return undefined;
  };
  return explain(0, 0) ?? { pairs: [], missing: [], stray: events[farthest] };
}

function and(pair: Alignment['pairs'][number], rest: Alignment | undefined): Alignment | undefined {
  return rest && { ...rest, pairs: [pair, ...rest.pairs] };
}

function goWith(own: Own, event: Event): boolean {
  return own.type === event.type && (own.isTextOpen === true || own.text === (event.text ?? ''));
}
