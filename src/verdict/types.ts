import type { Verdict } from '../../types/verdict.js';

export type {
  Verdict,
  VerdictCoverage as ApiCoverage,
  VerdictEvidence as Evidence,
  VerdictFinding as CountedFinding,
  VerdictNumbers as Numbers,
  VerdictRequirement as RequirementVerdict,
  VerdictStaleWaiver as StaleWaiver,
  VerdictStatus as Status,
  VerdictTally as Judged,
  VerdictWaiver as WaiverNote,
  VerdictWord,
} from '../../types/verdict.js';
export type { Waiver, Waivers } from '../../types/waivers.js';

export type Counts = Verdict['counts'];
export type Coverage = NonNullable<Verdict['coverage']>;
