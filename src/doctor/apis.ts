import { genesysDoctor } from '../../apis/genesys/doctor.js';
import { ozekiDoctor } from '../../apis/ozeki/doctor.js';
import { relationDoctor } from '../../apis/relation/doctor.js';
import type { ApiDoctor } from './finding.js';

/** The doctors of all APIs. */
export const apiDoctors: readonly ApiDoctor[] = [ozekiDoctor, genesysDoctor, relationDoctor];
