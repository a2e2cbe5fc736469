/** What a server's state may be: every state that explains all answers so far. Pure. */
import type { Exchange } from '../exchange/index.js';
import type { Judged, Miss } from './model.js';

/** Judges an answer in a state. */
export type Judge<State> = (state: State, exchange: Exchange) => Judged<State>;

/** The states that are possible, and what no state explains: the misses of one that explains most. */
export interface Possible<State> {
  states: readonly State[];
  misses: readonly Miss[];
}

/** What is known of states and of misses beside. */
export interface Known<State> {
  /** What tells states apart; left out, all that they hold. */
  key?(state: State): string;
  /** Whether a requirement is a MUST; left out, all are. */
  isMust?(requirement: string): boolean;
}

/** More states than these are not followed. They come of calls at the same time, and the next views tell them apart. */
const mostStates = 48;

/** Whether so many calls at the same time leave no more states than can be followed: none that may be the true one is ever dropped. */
export function canFollow(states: readonly unknown[], calls: number): boolean {
  return states.length * factorial(calls) <= mostStates;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** What is possible after an answer. Only states that explain as much of it as any are kept. */
export function after<State>(
  judge: Judge<State>,
  states: readonly State[],
  exchange: Exchange,
  known?: Known<State>,
): Possible<State> {
  return best(
    states.map((state) => judge(state, exchange)),
    known,
  );
}

/**
 * What is possible after answers to calls that were made at the same time: each order of them is tried on each state, in the manner
 * of linearizability checkers. A read among them may have come from any point in between, so what it lacks may be on its way.
 */
export function afterAtOnce<State>(
  judge: Judge<State>,
  states: readonly State[],
  exchanges: readonly Exchange[],
  known?: Known<State>,
): Possible<State> {
  const ends = ordersOf(exchanges).flatMap((order) =>
    states.map((state) =>
      order.reduce<Judged<State>>(
        (before, exchange) => {
          const judged = judge(before.state, exchange);
          return {
            state: judged.state,
            misses: [...before.misses, ...judged.misses.filter(({ mayLag }) => mayLag !== true)],
          };
        },
        { state, misses: [] },
      ),
    ),
  );
  return best(ends, known);
}

/** Every order of some items. */
export function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    ordersOf([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

function best<State>(
  judged: readonly Judged<State>[],
  { key = JSON.stringify, isMust = () => true }: Known<State> = {},
): Possible<State> {
  const least = Math.min(...judged.map(certain));
  // What may only be late rules no state out: an old answer can fit a state that never was.
  const kept = judged.filter((one) => certain(one) === least);
  // Of as many misses the mildest: where a SHOULD explains an answer no MUST is missed for sure.
  const musts = ({ misses }: Judged<State>) => misses.filter(({ requirement }) => isMust(requirement)).length;
  const [closest] = [...kept].sort((a, b) => a.misses.length - b.misses.length || musts(a) - musts(b));
  const misses = closest?.misses ?? [];
  // States that an answer changes nothing of stay what they are, and need no key.
  const states = [...new Set(kept.map(({ state }) => state))];
  if (states.length === 1) return { states, misses };
  return { states: [...new Map(states.map((state) => [key(state), state])).values()], misses };
}

function certain({ misses }: Judged<unknown>): number {
  return misses.filter(({ mayLag }) => mayLag !== true).length;
}
