import type { Finding } from '../exchange/index.js';
import type { Evidence, Verdict } from './types.js';

/** A finding as it is reported: what it was found in stands in the evidence. */
export type FindingRecord = Omit<Finding, 'exchanges'>;

/** What passive judging of a check's exchanges saw of one requirement. */
export interface Observed {
  /** How many exchanges were judged. */
  judged: number;
  /** How many of them missed. */
  missed: number;
  /** At most three are kept. */
  findings: FindingRecord[];
  evidence: Evidence[];
}

/** The name under which a test hands its judgement to the reporter. */
export const judgementName = 'judgement';

/** What one check of one requirement came to, with what it saw of others in passing. Redacted already. */
export interface Judgement {
  /** Id of the requirement that the check is about. */
  requirement: string;
  outcome: 'met' | 'missed' | 'skipped' | 'error';
  /** Why it was missed, skipped or in error. */
  reason?: string;
  /** Of an error: who is to blame. */
  cause?: 'server' | 'environment';
  /** Of an error: the action that was refused, which the check needs and is not about. */
  blockedBy?: string;
  /** Missed by a generated sequence, and not by the check of the requirement. */
  basis?: 'generated';
  /** Missed once and met once within the check. */
  intermittent?: true;
  findings: FindingRecord[];
  evidence: Evidence[];
  /** The story of the check in words. */
  steps: string[];
  /** By requirement id. */
  observed: Record<string, Observed>;
  /** How many requests the check sent. */
  requests: number;
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
}

/** A judgement of which no more is known. `startedAt`: epoch milliseconds. */
export function blankJudgement(requirement: string, outcome: Judgement['outcome'], startedAt: number): Judgement {
  return {
    requirement,
    outcome,
    findings: [],
    evidence: [],
    steps: [],
    observed: {},
    requests: 0,
    startedAt,
    durationMs: 0,
  };
}

/** What generated sequences came to before the checks of a run: what a verdict needs of it. */
export interface ExploredRun {
  judgements: Judgement[];
  requests: number;
  /** Epoch milliseconds. */
  startedAt: number;
  /** By API; absent where nothing was explored. */
  apis?: Verdict['explored'];
}
