import type { Exchange } from '../../../src/exchange/index.js';
import type { Judged, Model } from '../../../src/explore/model.js';
import { genesysOf } from '../target.js';
import { read } from './advance.js';
import { type Command, kinds, next, prelude, views } from './commands.js';
import { createGround } from './ground.js';
import { type Rule, requirements, rules } from './rules.js';
import type { State } from './state.js';

/** Judges an answer in a state by some of the rules. */
export function judgeBy(some: readonly Rule[]): (state: State, exchange: Exchange) => Judged<State> {
  return (state, exchange) => {
    const seen = read(state, exchange);
    return { state: seen.after, misses: some.flatMap((rule) => rule.judge(seen)) };
  };
}

/** How many sequences at the same time: each opens two chats, and servers may allow few. */
const mostLanes = 3;

/** The contract of the Genesys eServices chat API as something that can be run. */
export const genesysModel: Model<State, Command> = {
  requirements,
  answered: 'GE-COM-1',
  lanes: (target) => (genesysOf(target) === undefined ? 0 : mostLanes),
  ground: async (environment) => createGround(environment),
  kinds,
  prelude: () => prelude,
  views,
  next,
  judge: judgeBy(rules),
};
