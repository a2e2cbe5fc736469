import type { StubApi } from './api.js';
import { ozekiApi } from './ozeki/index.js';

/** The APIs that the stub serves. */
export const registry: readonly StubApi[] = [ozekiApi];
