import type { Api } from '../src/exchange/index.js';
import type { Observe } from '../src/passive/types.js';
import { observeGenesys } from './genesys/passive.js';
import { observeOzeki } from './ozeki/passive.js';
import { observeRelation } from './relation/passive.js';

export { stackTraceFindings } from '../src/passive/robustness.js';
export type { Knowledge, Observation, Observe } from '../src/passive/types.js';
export { flagStateFindings } from './ozeki/passive.js';
export { rateLimitFinding } from './relation/passive.js';

/** The observer of each API. */
export const observers = { ozeki: observeOzeki, genesys: observeGenesys, relation: observeRelation } satisfies Partial<
  Record<Api, Observe>
>;
