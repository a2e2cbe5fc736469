import { genesysApi } from '../../apis/genesys/stub/index.js';
import { ozekiApi } from '../../apis/ozeki/stub/index.js';
import { relationApi } from '../../apis/relation/stub/index.js';
import type { StubApi } from './api.js';

/** The APIs that the stub serves. */
export const registry: readonly StubApi[] = [ozekiApi, genesysApi, relationApi];
