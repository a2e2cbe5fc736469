// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * A sequence of calls that exploring found to show something missed, given to run --replay or kept in the folder that a target names under replays.
 */
export interface Replay {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string;
  version: 1;
  /**
   * the name of an API such as ozeki
   */
  api: string;
  /**
   * a requirement id such as OZ-CLEAR-1
   */
  requirement: string;
  /**
   * The action of the call that showed it.
   */
  action?: string;
  /**
   * What was wrong when the file was written, in a sentence.
   */
  found?: string;
  /**
   * The seed of fast-check that made the sequence.
   */
  seed?: number;
  /**
   * The way of fast-check from the seed to the shortest sequence.
   */
  path?: string;
  /**
   * What is done, one step after the other.
   */
  steps: {
    [k: string]: unknown;
  }[][];
}
