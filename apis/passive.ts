import type { Api } from '../src/exchange/index.js';
import type { PassiveCheck } from '../src/passive/types.js';
import { genesysPassive } from './genesys/passive.js';
import { ozekiPassive } from './ozeki/passive.js';
import { relationPassive } from './relation/passive.js';

export { stackTraceFindings } from '../src/passive/robustness.js';
export type { GroundTruth, Observation, PassiveCheck } from '../src/passive/types.js';
export { flagStateFindings } from './ozeki/passive.js';
export { rateLimitFinding } from './relation/passive.js';

/** The observer of each API. */
export const passiveChecks = {
  ozeki: ozekiPassive,
  genesys: genesysPassive,
  relation: relationPassive,
} satisfies Partial<Record<Api, PassiveCheck>>;
