import type { RelationFault } from '../rows.js';
import { accessFaults } from './access.js';
import { chatFaults } from './chats.js';
import { combinedFaults } from './combined.js';
import { directFaults } from './direct.js';
import { groupSequenceFaults } from './group-sequences.js';
import { groupFaults } from './groups.js';
import { idsFaults } from './ids.js';
import { pagingFaults } from './paging.js';
import { robustnessFaults } from './robustness.js';
import { shapeFaults } from './shape.js';
import { stateFaults } from './state.js';
import { timeFaults } from './time.js';
import { viewFaults } from './views.js';

/** All faults of the Relation stub, by the topics of the catalogue. */
export const faults: readonly RelationFault[] = [
  ...shapeFaults,
  ...directFaults,
  ...pagingFaults,
  ...timeFaults,
  ...idsFaults,
  ...accessFaults,
  ...stateFaults,
  ...robustnessFaults,
  ...viewFaults,
  ...groupFaults,
  ...chatFaults,
  ...groupSequenceFaults,
  ...combinedFaults,
];
