import type { Exchange, Violation } from '../exchange/index.js';
import type { Outcome } from '../exchange/outcome.js';
import type { Observation, PassiveCheck } from '../passive/types.js';
import type { Requirement } from '../requirements/types.js';
import type { Schemas } from '../schemas/index.js';
import type { HeaderLines, RecordedExchange } from './types.js';

/** What is looked at to recognise an action. */
export interface Asked {
  /** In upper case. */
  method: string;
  /** http or https. */
  url: URL;
  headers: HeaderLines;
  /** The JSON of the body, or the members of a form; `undefined` where it is neither. */
  json: unknown;
}

/** What an address and what was asked there say. */
export interface Recognised {
  /** The base address of the API, the same for all actions of one server. */
  server: string;
  /** Left out where the address is of the API, but nothing documented was asked. */
  action?: string;
}

/** What judges exchanges by those before them is made with. */
export interface SequenceOptions {
  clockToleranceMs: number;
  /** Takes down that a message was uploaded with a time of the past, for passive checks to know. */
  noteBackDated(messageId: string): void;
}

/** Judges an exchange by those before it; `outcome` is what its answer means. Remembers a bounded number. */
export type Sequences = (exchange: RecordedExchange, outcome: Outcome) => Observation[];

/** Where an API stores what clients upload, and shows it again. */
export interface Uploads {
  /** Members that an answer calls otherwise than the request that sets them. */
  shownAs?: Readonly<Record<string, string>>;
  /** Objects that clients upload whole. */
  objects?: {
    /** The id of the object that a request uploads in a form that is not documented; `undefined` where it does not. */
    undocumented(exchange: Exchange, misses: readonly Violation[]): string | undefined;
    /** Where an answer holds such objects: matches the pointer to one at the start of a pointer into it. */
    shownAt: RegExp;
    /** The member that holds the id. */
    id: string;
  };
}

/** What requests must bear to be let in. */
export interface Access {
  rules: readonly AccessRule[];
  /** Whether an answer gives what only those may have that bear it. */
  letsIn(exchange: RecordedExchange): boolean;
}

/** Credentials that a request must not be served without. */
export interface AccessRule {
  /** The requirement that says so. */
  requirement: string;
  /** The actions that document them. */
  actions: readonly string[];
  /** Headers, or members of the body; each of these names must be there. Those of headers in lower case. */
  place: 'headers' | 'body';
  names: readonly string[];
}

/** What must be known of an API to judge traffic that others sent. */
export interface RecordingRules {
  /**
   * What a request asks for; `undefined` where its address is of something else.
   * @param actions the rows of the API, those included that a team added
   */
  recognise(asked: Asked, actions: Readonly<Record<string, unknown>>): Recognised | undefined;
  /**
   * Whether an exchange bears a sign of the API beside its address, in what was asked or answered: other products have the same
   * paths. Left out where the address alone tells.
   */
  bearsSign?(exchange: RecordedExchange): boolean;
  /** Judges exchanges by those before them; made anew for each judging. */
  sequences?(options: SequenceOptions): Sequences;
  /** The requirements that traffic can decide: by one exchange, or by several. */
  decidable: readonly string[];
  /** Requirements of which nothing is left where the recording does not show something. */
  undecidable?: {
    withoutTimes?: readonly string[];
    withoutCredentials?: readonly string[];
    /** Without any header of the answer. */
    withoutHeaders?: readonly string[];
  };
  access?: Access;
  uploads?: Uploads;
  /** The e-mail address of the caller, of those that are known. */
  accountOf?(exchange: Exchange, emails: readonly string[]): string | undefined;
  /** What in a request is not as documented though it fits its schema. */
  requestViolations?(action: string, body: unknown): Violation[];
  /** What an answer that says nothing of the contract shows all the same. */
  unanswered?(exchange: RecordedExchange): Observation[];
}

/** An API, as far as judging traffic needs it. */
export interface RecordedApi {
  name: string;
  actions: Readonly<Record<string, unknown>>;
  requirements: readonly Requirement[];
  schemas: Pick<Schemas, 'validate' | 'judge'>;
  outcome(exchange: Exchange): Outcome;
  passive: PassiveCheck;
  /** Tells JSON of the API from that of what stands before a server; left out, all JSON is taken for the API's. */
  front?: { isOwn(body: unknown): boolean };
  recording: RecordingRules;
}

/** The ids of a prefix: `idsOf('OZ-COM', '1 2')` are `OZ-COM-1` and `OZ-COM-2`. */
export function idsOf(prefix: string, parts: string): string[] {
  return parts.split(' ').map((part) => `${prefix}-${part}`);
}
