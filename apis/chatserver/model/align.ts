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
 * Explains events by what was done, both in their order, so that as little as may be is missing, and as few events as may be bear a
 * nickname of another time or are of another kind. What is optional may be left out, and the last ones may not show yet; events that `isFree` lets pass need
 * no explanation.
 */
export function align(
  done: readonly Own[],
  events: readonly Event[],
  isFree: (event: Event) => boolean = () => false,
): Alignment {
  let farthest = 0;
  const known = new Map<number, Weighed | undefined>();
  const explain = (i: number, j: number): Weighed | undefined => {
    const key = i * (events.length + 1) + j;
    if (known.has(key)) return known.get(key);
    farthest = Math.max(farthest, j);
    const event = events[j];
    const own = done[i];
    const tries =
      event === undefined
        ? [() => unseen(done.slice(i))]
        : [
            () => (own !== undefined && goWith(own, event) ? and({ own, event }, explain(i + 1, j + 1)) : undefined),
            () => (own?.optional ? explain(i + 1, j) : undefined),
            () => (isFree(event) ? explain(i, j + 1) : undefined),
          ];
    let best: Weighed | undefined;
    for (const attempt of tries) {
      const found = attempt();
      if (found !== undefined && found.weight < (best?.weight ?? Number.POSITIVE_INFINITY)) best = found;
      if (best?.weight === 0) break;
    }
    known.set(key, best);
    return best;
  };
  const { pairs, missing } = explain(0, 0) ?? {};
  return pairs && missing ? { pairs, missing } : { pairs: [], missing: [], stray: events[farthest] };
}

/** An alignment with what speaks against it. */
interface Weighed extends Alignment {
  weight: number;
}

/** Of what speaks against an alignment, an event that is missing weighs more than any number of nicknames. */
const weightOfMissing = 1000;

function unseen(left: readonly Own[]): Weighed {
  const missing = left.filter(({ optional }) => !optional);
  return { pairs: [], missing, weight: weightOfMissing * missing.length };
}

function and(pair: Alignment['pairs'][number], rest: Weighed | undefined): Weighed | undefined {
  const weight = (isNamed(pair.own, pair.event) ? 0 : 1) + (isOfKind(pair.own, pair.event) ? 0 : 1);
  return rest && { ...rest, pairs: [pair, ...rest.pairs], weight: rest.weight + weight };
}

function goWith(own: Own, event: Event): boolean {
  return own.type === event.type && (own.isTextOpen === true || own.text === (event.text ?? ''));
}

/** Whether an event is of the kind that the client named with it. */
export function isOfKind({ kind }: Own, { messageType }: Event): boolean {
  return kind === undefined || messageType === kind;
}

/** Whether an event bears a nickname that the client had when it did this. */
export function isNamed({ names }: Own, { from }: Event): boolean {
  return names.includes(String(from.nickname));
}
