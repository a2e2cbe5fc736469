import type { Exchange } from '../../../src/exchange/index.js';
import type { Judged, Model } from '../../../src/explore/model.js';
import { ozekiOf } from '../target.js';
import { read } from './advance.js';
import { beside, next } from './calls.js';
import { type Command, kinds, prelude, views } from './commands.js';
import { createGround } from './ground.js';
import { requirements, rules } from './rules/index.js';
import type { Rule } from './rules/rule.js';
import { keyOf, type State } from './state.js';

/** Judges an answer in a state by some of the rules. */
export function judgeBy(some: readonly Rule[]): (state: State, exchange: Exchange) => Judged<State> {
  return (state, exchange) => {
    const seen = read(state, exchange);
    return { state: seen.after, misses: some.flatMap((rule) => rule.judge(seen)) };
  };
}

/** The contract of the Ozeki Chat Client API as something that can be run. Workspace registration is left out: what it makes stays. */
export const ozekiModel: Model<State, Command> = {
  requirements,
  answered: 'OZ-COM-2',
  lanes: (target) => ozekiOf(target)?.pairs.length ?? 0,
  ground: createGround,
  kinds,
  prelude,
  views,
  next,
  beside,
  again: (command) => (command.do === 'walk' ? { ...command, meanwhile: false } : command),
  judge: judgeBy(rules),
  key: keyOf,
};
