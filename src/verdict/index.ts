/** What a run found, made from the judgements of its checks. Everything here is pure. */
export { buildVerdict, type VerdictInput } from './build.js';
export { type Change, compareVerdicts, type VerdictComparison } from './compare.js';
export {
  blankJudgement,
  type ExploredRun,
  type FindingRecord,
  type Judgement,
  judgementName,
  type Observed,
} from './judgement.js';
export { mergeVerdicts, type Part } from './merge.js';
export {
  interruptedReason,
  isElsewhere,
  misshapen,
  notChosen,
  notReached,
  notSelected,
  notServed,
  outOfBudget,
} from './reasons.js';
export { actionsOf, type Root, rootsOf } from './roots.js';
export { runIdOf } from './run-id.js';
export { exitCode, isBlamed, isJudged, isMissed, numbersOf, tally } from './tally.js';
export type {
  ApiCoverage,
  CountedFinding,
  Counts,
  Coverage,
  Evidence,
  Judged,
  Numbers,
  RequirementVerdict,
  StaleWaiver,
  Status,
  Verdict,
  VerdictWord,
  Waiver,
  WaiverNote,
  Waivers,
} from './types.js';
export { applyWaivers, checkWaivers, type WaiverOptions, waiverEntry } from './waivers.js';
export { apiLine, isWhole, verdictLine } from './words.js';
