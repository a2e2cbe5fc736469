import type { Api } from '../exchange/index.js';
import { observeGenesys } from './genesys.js';
import { observeOzeki } from './ozeki.js';
import { observeRelation } from './relation.js';
import type { Observe } from './types.js';

export { flagStateFindings } from './ozeki.js';
export { rateLimitFinding } from './relation.js';
export { stackTraceFindings } from './robustness.js';
export type { Knowledge, Observation, Observe } from './types.js';

/** The observer of each API. */
export const observers = { ozeki: observeOzeki, genesys: observeGenesys, relation: observeRelation } satisfies Partial<
  Record<Api, Observe>
>;
