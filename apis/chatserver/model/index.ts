import type { Exchange } from '../../../src/exchange/index.js';
import type { Judged, Model } from '../../../src/explore/model.js';
import type { ResolvedTarget } from '../../../src/target/index.js';
import type { Way } from '../caller.js';
import type { Dialect } from '../dialect.js';
import { read } from './advance.js';
import { type Command, kindsOf, lastOf, next, preludeOf, viewsOf } from './commands.js';
import { type FileRuleIds, fileRulesOf } from './file-rules.js';
import { createGround } from './ground.js';
import { type Rule, type RuleIds, requirementsOf, rulesOf } from './rules.js';
import type { State } from './state.js';

/** How many sequences at the same time: each opens two chats, and servers may allow few. */
const mostLanes = 3;

/** What is to be known of one API. */
export interface Modelled {
  dialect: Dialect;
  /** The requirement that is missed where a call gets no complete answer. */
  answered: string;
  ids: RuleIds;
  /** Of an API that takes files. */
  fileIds?: FileRuleIds;
  /** The way to the server of a target; `undefined` where it has none of this API. */
  wayTo(target: ResolvedTarget): Way | undefined;
}

/** The contract of an API to Genesys Chat Server as something that can be run, with its rules and what judges by some of them. */
export function chatModel({ dialect, answered, ids, fileIds, wayTo }: Modelled) {
  const rules = [...rulesOf(ids), ...(fileIds === undefined ? [] : fileRulesOf(fileIds))];
  const judgeBy =
    (some: readonly Rule[]) =>
    (state: State, exchange: Exchange): Judged<State> => {
      const seen = read(dialect, state, exchange);
      return { state: seen.after, misses: some.flatMap((rule) => rule.judge(seen)) };
    };
  const model: Model<State, Command> = {
    requirements: [
      ...new Set([...requirementsOf(ids), ...(fileIds === undefined ? [] : Object.values<string>({ ...fileIds }))]),
    ],
    answered,
    lanes: (target) => (wayTo(target) === undefined ? 0 : mostLanes),
    async ground(environment) {
      const way = wayTo(environment.target);
      if (way === undefined) throw new Error(`the target has no ${dialect.api} section`);
      return createGround(dialect, environment, way);
    },
    kinds: kindsOf(dialect),
    prelude: () => preludeOf(dialect),
    views: (state) => viewsOf(dialect, state),
    last: () => lastOf(dialect),
    next: (state, command, made) => next(dialect, state, command, made),
    judge: judgeBy(rules),
  };
  return { model, rules, judgeBy };
}
