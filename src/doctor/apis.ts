import type { ApiDoctor } from './finding.js';
import { genesysDoctor } from './genesys.js';
import { ozekiDoctor } from './ozeki.js';
import { relationDoctor } from './relation.js';

/** The doctors of all APIs. */
export const apiDoctors: readonly ApiDoctor[] = [ozekiDoctor, genesysDoctor, relationDoctor];
