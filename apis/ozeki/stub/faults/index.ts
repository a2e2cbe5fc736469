import type { OzekiFault } from '../rows.js';
import { accessFaults } from './access.js';
import { agreementFaults } from './agreement.js';
import { combinedFaults } from './combined.js';
import { idsFaults } from './ids.js';
import { pagingFaults } from './paging.js';
import { robustnessFaults } from './robustness.js';
import { shapeFaults } from './shape.js';
import { stateFaults } from './state.js';
import { timeFaults } from './time.js';

/** All faults of the Ozeki stub, by the topics of the catalogue. */
export const faults: readonly OzekiFault[] = [
  ...shapeFaults,
  ...pagingFaults,
  ...timeFaults,
  ...idsFaults,
  ...accessFaults,
  ...stateFaults,
  ...robustnessFaults,
  ...agreementFaults,
  ...combinedFaults,
];
