import type { Exchange, Finding } from '../exchange/index.js';

/** What is known of a server beyond its answers. */
export interface GroundTruth {
  /** The accounts whose e-mail address is known, by user id of the documented rule. */
  emails: readonly string[];
  clockToleranceMs: number;
  /** Ids of messages that were uploaded with a `Created` of the past on purpose: order says nothing about them. */
  isBackDated?(messageId: string): boolean;
  /** Whether the chat that an exchange is about was opened by the suite and not completed since. */
  isOpenChat?(exchange: Exchange): boolean;
}

/** What one exchange says about one requirement: nothing found means met. */
export interface Observation {
  requirement: string;
  findings: Finding[];
}

/** Judges one exchange by every requirement that a single exchange can decide. */
export type PassiveCheck = (exchange: Exchange, groundTruth: GroundTruth) => Observation[];
