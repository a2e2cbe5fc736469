import type { GmsFault } from '../rows.js';
import { accessFaults } from './access.js';
import { combinedFaults } from './combined.js';
import { idsFaults } from './ids.js';
import { pagingFaults } from './paging.js';
import { robustnessFaults } from './robustness.js';
import { shapeFaults } from './shape.js';
import { stateFaults } from './state.js';
import { timeFaults } from './time.js';

/** All faults of the GMS stub, by the topics of the catalogue. */
export const faults: readonly GmsFault[] = [
  ...shapeFaults,
  ...pagingFaults,
  ...timeFaults,
  ...idsFaults,
  ...accessFaults,
  ...stateFaults,
  ...robustnessFaults,
  ...combinedFaults,
];
