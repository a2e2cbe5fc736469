// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * Misses that are known and accepted for a time, given to run --waivers.
 */
export interface Waivers {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string;
  waivers: Waiver[];
}
/**
 * One miss that is accepted until a day.
 */
export interface Waiver {
  /**
   * a requirement id such as OZ-CLEAR-1
   */
  requirement: string;
  /**
   * Why the miss is accepted.
   */
  reason: string;
  /**
   * Where it is followed up.
   */
  ticket: string;
  /**
   * Who answers for it.
   */
  owner: string;
  /**
   * a date yyyy-MM-dd: the last day it holds
   */
  expires: string;
  /**
   * Narrows the waiver to the one miss of that fingerprint.
   */
  fingerprint?: string;
}
