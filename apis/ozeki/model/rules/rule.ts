import type { Miss } from '../../../../src/explore/model.js';
import type { Rule as RuleOf } from '../../../../src/explore/rule.js';
import { shortened } from '../../../../src/rules/index.js';
import type { Seen } from '../seen.js';

export { miss } from '../../../../src/explore/rule.js';

/** A rule of the Ozeki API. */
export type Rule = RuleOf<Seen>;

/** A rule on answers of some actions to those who take part. */
export function served(name: string, actions: readonly string[] | '*', judge: (seen: Seen) => Miss[]): Rule {
  return {
    name,
    judge: (seen) =>
      seen.outcome === 'served' && seen.isParticipant && (actions === '*' || actions.includes(seen.action))
        ? judge(seen)
        : [],
  };
}

export function answerOf({ exchange: { response } }: Seen): string {
  return response.json === undefined
    ? `HTTP ${response.status}, ${response.notJson}`
    : shortened(JSON.stringify(response.json), 120);
}
