import type { Finding } from '../../../src/exchange/index.js';
import type { Miss } from '../../../src/explore/model.js';
import type { Seen } from './advance.js';

/** One rule of the contract: what an answer must be, seen from all that went before. */
export interface Rule {
  /** In words. */
  name: string;
  judge(seen: Seen): Miss[];
}

/** What is held against an answer. */
export const miss = (requirement: string, finding: Finding, mayLag?: true): Miss => ({
  requirement,
  ...finding,
  ...(mayLag && { mayLag }),
});
