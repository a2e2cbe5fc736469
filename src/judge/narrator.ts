import type { Finding } from '../exchange/index.js';
import type { EvidenceSource } from '../secrets/index.js';

/** What an exchange is to a narrator: one with an answer, or a request that got none and a note that says why. */
export interface Told extends EvidenceSource {
  /** When the request was sent, epoch milliseconds. */
  startedAt: number;
}

/** Told what a check does as it does it, so that who runs it can show steps with their times and exchanges. */
export interface Narrator {
  /** A step begins. It ends where the next one begins, or where the part of the check ends in which it stands. */
  step(words: string): void;
  /** A part of the check: the steps and exchanges that are told while `work` is under way belong to it. */
  within<T>(words: string, work: () => Promise<T>): Promise<T>;
  /** The current step made this exchange. */
  exchange(told: Told): void;
  /** It goes wrong in the current step: for the requirement that is judged, or for another one that is seen in passing. */
  missed(findings: readonly Finding[], requirement?: string): void;
  /** The check is over: what comes now puts back what it changed, and is no step of it. */
  over(): void;
}

/** Where nobody listens. */
export const silentNarrator: Narrator = {
  step: () => {},
  within: async (_words, work) => work(),
  exchange: () => {},
  missed: () => {},
  over: () => {},
};
