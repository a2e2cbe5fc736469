import type { StubApi } from './api.js';
import { genesysApi } from './genesys/index.js';
import { ozekiApi } from './ozeki/index.js';
import { relationApi } from './relation/index.js';

/** The APIs that the stub serves. */
export const registry: readonly StubApi[] = [ozekiApi, genesysApi, relationApi];
