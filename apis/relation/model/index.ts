import type { Exchange } from '../../../src/exchange/index.js';
import type { Judged, Model } from '../../../src/explore/model.js';
import { relationOf } from '../target.js';
import { read } from './advance.js';
import { next } from './calls.js';
import { type Command, kinds, prelude, views } from './commands.js';
import { createGround } from './ground.js';
import type { Rule } from './rule.js';
import { requirements, rules } from './rules.js';
import type { State } from './state.js';

/** Judges an answer in a state by some of the rules. */
export function judgeBy(some: readonly Rule[]): (state: State, exchange: Exchange) => Judged<State> {
  return (state, exchange) => {
    const seen = read(state, exchange);
    return { state: seen.after, misses: some.flatMap((rule) => rule.judge(seen)) };
  };
}

/** The contract of the Relation ONE API as something that can be run. */
export const relationModel: Model<State, Command> = {
  requirements,
  answered: 'RE-COM-1',
  // All sequences send to one channel, and count what is unread there.
  lanes: (target) => (relationOf(target) === undefined ? 0 : 1),
  ground: createGround,
  kinds,
  prelude: () => prelude,
  views,
  next,
  judge: judgeBy(rules),
};
