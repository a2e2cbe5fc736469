import type { Finding } from '../../../../src/exchange/index.js';
import type { Miss } from '../../../../src/explore/model.js';
import { shortened } from '../../../../src/rules/index.js';
import type { Seen } from '../seen.js';

/** One rule of the contract: what an answer must be, seen from all that went before. */
export interface Rule {
  /** In words. */
  name: string;
  judge(seen: Seen): Miss[];
}

export const miss = (requirement: string, finding: Finding, mayLag?: true): Miss => ({
  requirement,
  ...finding,
  ...(mayLag && { mayLag }),
});

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
