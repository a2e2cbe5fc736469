import type { HttpHandler } from 'msw';
import type { ApiName } from '../exchange/index.js';

/** A named way in which the stub can be made to miss a requirement. */
export interface Fault {
  /** `<api>-<what>`, kebab case, unique over all faults and variants. */
  id: string;
  api: ApiName;
  /** The documented action that misbehaves, or `*` for all. */
  action: string;
  /** Id of the requirement that it breaks, such as `OZ-CLEAR-1`. */
  requirement: string;
  /** What the server does wrong, in one sentence. */
  sentence: string;
  /** Only combinations of calls show it: exploring finds it, and no check need. */
  found?: 'explore';
}

/** A named way in which a conforming server may differ from the stub's ordinary one. */
export interface Variant {
  id: string;
  api: ApiName;
  action: string;
  /** Id of the requirement that a hasty suite would accuse it of. */
  requirement: string;
  /** What the server does differently, in one sentence. */
  sentence: string;
  /** Ids of the SHOULD requirements that it misses all the same. Without it: none. */
  warns?: readonly string[];
}

/** How much a server holds at the start, where it is not the usual. An API that has no such thing leaves it aside. */
export interface StubSize {
  /** Messages in each conversation that is judged, or in the channel. */
  messages?: number;
  /** Further conversations of each user. */
  conversations?: number;
  /** Pairs of accounts. */
  pairs?: number;
}

/** What one API's part of the stub is made from. The ids are known ones. */
export interface ApiOptions {
  seed: number;
  /** The clock, epoch milliseconds. */
  now: () => number;
  faults: readonly string[];
  variants: readonly string[];
  size?: StubSize;
}

/** One API of a running stub. */
export interface ApiPart {
  handlers: HttpHandler[];
  /** A hash of all state that a client who only reads must leave as it is. */
  digest(): string;
  /** All flags of all users, as plain data. */
  flags(): unknown;
  /** How often each action was called. */
  sent(): Record<string, number>;
}

/** What an API gives to be simulated. */
export interface StubApi {
  api: ApiName;
  faults: readonly Fault[];
  variants: readonly Variant[];
  /** Requirements that one fault may break at one place of an answer, in alphabetical order with blanks between, and why. */
  doubles?: Readonly<Record<string, string>>;
  /** What a variant changes, by names of this API's own: variants that share none go together. */
  touchedBy(variant: string): string[];
  create(options: ApiOptions): ApiPart;
}
