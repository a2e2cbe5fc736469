import type { ApiName } from '../src/exchange/index.js';
import type { Lie } from '../src/ledger/index.js';
import type { Double } from './doubles.js';

/** One server to try the suite on: a fault, a legal variant, the healthy stub of an API, or that stub with a lie in its answers. */
export interface Case {
  kind: 'healthy' | 'variant' | 'fault' | 'lie';
  /** Id of the fault or variant; the API's name for the healthy stub. */
  id: string;
  api: ApiName;
  action: string;
  /** The requirement that a fault breaks, that a hasty suite would accuse a variant of, or that caught a lie when last tried. */
  requirement?: string;
  sentence: string;
  /** SHOULD requirements that a variant misses all the same. */
  warns?: readonly string[];
  /** Variants that are tried on one server at once. */
  members?: readonly Case[];
  /** What is told in the place of the truth. */
  lie?: Lie;
  /** The requirements whose checks can see a lie; all, where left out. */
  only?: readonly string[];
}

/** A requirement that was missed, or could not be checked by the server's doing. */
export interface Miss {
  requirement: string;
  /** The sentence that an engineer reads first. */
  says: string;
}

/** What the suite said of a case. */
export interface CaseResult extends Case {
  misses: Miss[];
  /** Places of an answer at which several requirements were missed at once, without a reason that the stub gives. */
  doubles?: readonly Double[];
  /** A fault: a requirement of its row or action is among those that caught it. */
  localised: boolean;
  /** In how many answers a lie could be told. */
  lied?: number;
  /** `caught`, `survived` for faults and lies; `clean`, `false alarm` for the others; `failed` where a check broke by itself. */
  outcome: 'caught' | 'survived' | 'clean' | 'false alarm' | 'failed';
  /** By requirement, the actions that its check sends: what touches none of them cannot touch the check. Of healthy stubs. */
  actionsSent?: Record<string, string[]>;
  /** A variant: the others on the same server. What is clean together is clean alone, for they touch different things. */
  triedWith?: readonly string[];
  /** A fault that survived once and was tried again: whether it is caught is chance, as where calls meet or not. */
  again?: boolean;
  /** How many checks were run. */
  checks: number;
  requests: number;
  durationMs: number;
}
