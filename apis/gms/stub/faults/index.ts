import type { GmsFault } from '../rows.js';

/** All faults of the GMS stub, by the topics of the catalogue. */
export const faults: readonly GmsFault[] = [];
