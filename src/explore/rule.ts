import type { Finding } from '../exchange/index.js';
import type { Miss } from './model.js';

/** One rule of a contract: what an answer must be, seen from all that went before. */
export interface Rule<Seen> {
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
