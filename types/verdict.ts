// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * conformant: every MUST in scope was judged, none missed. partial: none missed, but not all were judged. unjudged: it could not be judged, or no MUST was.
 */
export type VerdictWord = 'conformant' | 'partial' | 'non-conformant' | 'unjudged';
/**
 * What a requirement needs, or a target allows.
 */
export type VerdictLevel = 'read' | 'write' | 'destroy';
/**
 * fail: a MUST missed (or a SHOULD under strict). warn: a SHOULD missed. waived: a miss that a waiver covers. error: could not be checked.
 */
export type VerdictStatus = 'pass' | 'fail' | 'warn' | 'waived' | 'skip' | 'error';

/**
 * What a run found: verdict.json. Later versions may add members.
 */
export interface Verdict {
  version: 1;
  /**
   * The name of the target.
   */
  target: string;
  verdict: VerdictWord;
  musts?: VerdictNumbers;
  shoulds?: VerdictNumbers;
  /**
   * The same word and numbers for each API in scope.
   */
  apis?: {
    [k: string]: VerdictApi;
  };
  /**
   * APIs of the target that were not asked for: this is no verdict on them.
   */
  leftOut?: string[];
  /**
   * Only some requirements were selected: this is no verdict on the whole.
   */
  selection?: {
    /**
     * The options that selected, as on the command line.
     */
    by: string;
  };
  /**
   * The part of a run that this is; merge joins the parts.
   */
  shard?: {
    current: number;
    total: number;
  };
  /**
   * What merge joined this from.
   */
  merged?: {
    /**
     * How many shards the run had.
     */
    shards?: number;
    /**
     * What is wrong with the shards: missing, doubled, foreign or unreadable ones. Nothing is judged then.
     */
    problems: string[];
  };
  /**
   * The share of the MUSTs, in percent, of which less is not enough.
   */
  requireJudged?: number;
  /**
   * The version of the suite that judged.
   */
  suite?: string;
  /**
   * Names the run, alike in all its shards.
   */
  runId?: string;
  /**
   * Whether a missed SHOULD is a failure.
   */
  strict: boolean;
  /**
   * a date and time in UTC: when the run began
   */
  startedAt: string;
  /**
   * How long the run took, in milliseconds.
   */
  durationMs: number;
  /**
   * How many requests were sent.
   */
  requests: number;
  /**
   * How many requirements have each status.
   */
  counts: {
    pass: number;
    fail: number;
    warn: number;
    skip: number;
    error: number;
    waived?: number;
  };
  /**
   * Every requirement of an API in scope, checked or not.
   */
  requirements: VerdictRequirement[];
  allow?: VerdictLevel;
  /**
   * Where each API was, by its name.
   */
  urls?: {
    [k: string]: string;
  };
  /**
   * The seed of the test data.
   */
  seed?: number;
  /**
   * Why the run could judge nothing, where that is one reason for all.
   */
  reason?: string;
  /**
   * Whether the run was stopped before its end.
   */
  interrupted?: boolean;
  /**
   * By API and action: how many requirements were judged.
   */
  coverage?: {
    [k: string]: VerdictCoverage;
  };
  /**
   * Waivers that cover nothing any more.
   */
  staleWaivers?: VerdictStaleWaiver[];
  /**
   * What generated sequences came to, by API. Absent where none were tried.
   */
  explored?: VerdictExplored[];
}
/**
 * How many requirements of a level there are, and what became of them.
 */
export interface VerdictNumbers {
  total: number;
  /**
   * Met, missed or waived.
   */
  judged: number;
  /**
   * Missed without a waiver.
   */
  missed: number;
  /**
   * Missed with a waiver.
   */
  waived: number;
  /**
   * Could not be checked.
   */
  errors: number;
}
/**
 * How the target stands to one API.
 */
export interface VerdictApi {
  verdict: VerdictWord;
  musts: VerdictNumbers;
  shoulds: VerdictNumbers;
}
/**
 * One requirement and how the target stands to it.
 */
export interface VerdictRequirement {
  /**
   * a requirement id such as OZ-CLEAR-1
   */
  id: string;
  /**
   * The row of the documentation's requirement table.
   */
  ref: string;
  /**
   * the name of an API such as ozeki
   */
  api: string;
  /**
   * The action, or * for a requirement on all of them.
   */
  action: string;
  topic: 'shape' | 'paging' | 'time' | 'ids' | 'access' | 'state' | 'robustness';
  level: 'MUST' | 'SHOULD';
  needs: VerdictLevel;
  status: VerdictStatus;
  /**
   * The requirement in one sentence.
   */
  title: string;
  /**
   * Where the requirement comes from.
   */
  source: {
    page: string;
    basis: 'stated' | 'example' | 'inferred' | 'client';
    /**
     * What the suite holds where the pages contradict themselves, as docs/rulings.md tells.
     */
    rulings?: {
      /**
       * a ruling id such as ozeki-clock-hours
       */
      id: string;
      /**
       * What the suite holds.
       */
      held: string;
    }[];
  };
  /**
   * What was missed, or why it was not checked.
   */
  reason?: string;
  evidence?: VerdictEvidence[];
  /**
   * Who is behind an error.
   */
  cause?: 'server' | 'environment';
  /**
   * Of an error in a shard: the action that was refused, which the check needs. The merged verdict settles it: skipped where a requirement of that action is missed, else missed.
   */
  blockedBy?: string;
  /**
   * It was missed at one time and met at another.
   */
  intermittent?: true;
  /**
   * How long the check took, in milliseconds.
   */
  durationMs?: number;
  /**
   * How many requests the check sent, second looks and what opened its sessions included.
   */
  requests?: number;
  /**
   * How many exchanges were judged in passing.
   */
  judged?: number;
  /**
   * How many of them missed it.
   */
  missed?: number;
  findings?: VerdictFinding[];
  /**
   * What the check did, in order.
   */
  steps?: string[];
  /**
   * Names the miss, alike from run to run.
   */
  fingerprint?: string;
  waiver?: VerdictWaiver;
  /**
   * The miss was found by a generated sequence alone: the check of the requirement did not show it.
   */
  basis?: 'generated';
}
/**
 * One request with its response.
 */
export interface VerdictEvidence {
  request: {
    method: string;
    url: string;
    headers: {
      [k: string]: string;
    };
    /**
     * The JSON sent, or its text where it is no JSON.
     */
    body?: unknown;
  };
  /**
   * null where none came; note then says why.
   */
  response: {
    status: number;
    headers: {
      [k: string]: string;
    };
    /**
     * The JSON answered, or its text where it is no JSON.
     */
    body?: unknown;
  } | null;
  /**
   * From sending to the last byte, in milliseconds.
   */
  durationMs: number;
  /**
   * A command that sends the same request, with variables where credentials stood.
   */
  curl: string;
  /**
   * A script for a POSIX shell that makes the situation first, where the command alone does not show the same.
   */
  script?: string;
  note?: string;
  /**
   * How many exchanges of this kind this one stands for.
   */
  count?: number;
  action?: string;
  /**
   * Who sent it: alice, bob, outsider, member, nobody.
   */
  actor?: string;
}
/**
 * One way in which data misses what was promised.
 */
export interface VerdictFinding {
  message: string;
  /**
   * JSON pointer into the body.
   */
  path?: string;
  expected?: string;
  found?: string;
  pages?: VerdictPageRow[];
  /**
   * How often it was found.
   */
  count?: number;
}
/**
 * One page of a walk.
 */
export interface VerdictPageRow {
  page: number;
  cursor: string;
  items: string[];
  /**
   * Items that are wrong, with the reason.
   */
  marks?: {
    [k: string]: string;
  };
}
/**
 * The waiver that covers a miss.
 */
export interface VerdictWaiver {
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
}
/**
 * By action.
 */
export interface VerdictCoverage {
  [k: string]: {
    must: VerdictTally;
    should: VerdictTally;
  };
}
/**
 * How many of how many were judged.
 */
export interface VerdictTally {
  judged: number;
  total: number;
}
/**
 * A waiver that covers nothing.
 */
export interface VerdictStaleWaiver {
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
   * The one miss that it was narrowed to.
   */
  fingerprint?: string;
  /**
   * Why it covers nothing.
   */
  why?: string;
}
/**
 * What generated sequences came to on one API.
 */
export interface VerdictExplored {
  /**
   * the name of an API such as ozeki
   */
  api: string;
  /**
   * The seed of the sequences.
   */
  seed: number;
  /**
   * The budget; absent where replay files alone were played.
   */
  seconds?: number;
  /**
   * How many sequences were played, those that made a find shorter among them.
   */
  sequences: number;
  calls: number;
  /**
   * The replay files that were played first.
   */
  replays?: VerdictReplayed[];
  finds: VerdictFind[];
  /**
   * What was missed once and never again: it counts for nothing.
   */
  unconfirmed?: string[];
  /**
   * Why it ended before its budget was spent.
   */
  stopped?: string;
}
/**
 * A replay file that was played.
 */
export interface VerdictReplayed {
  file: string;
  /**
   * What was missed when the file was written.
   */
  requirement: string;
  /**
   * The requirement that it shows missed now; empty where it shows nothing.
   */
  shows: string;
  /**
   * Why it was not played.
   */
  skipped?: string;
}
/**
 * Something missed, with the shortest sequence that shows it. The files lie in the folder explore of the reports.
 */
export interface VerdictFind {
  /**
   * a requirement id such as OZ-CLEAR-1
   */
  requirement: string;
  /**
   * The action of the call that shows it.
   */
  action: string;
  /**
   * How many steps the sequence has.
   */
  steps: number;
  /**
   * The seed of fast-check that made it.
   */
  seed: number;
  /**
   * It does not show each time.
   */
  intermittent?: true;
  /**
   * The file that tells it.
   */
  page: string;
  /**
   * The file that run --replay plays.
   */
  replay: string;
  /**
   * The script that repeats it with curl.
   */
  script: string;
}
