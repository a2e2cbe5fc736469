import type { Connection } from '../exchange/connection.js';
import type { ApiName, Level } from '../exchange/index.js';
import type { JsonSchema } from '../schemas/index.js';

/** What the section of every API has, once a target is resolved. */
export interface Section {
  /** The base URL in the one form that the clients append to. */
  url: string;
}

/** The server under test with its accounts and permissions: a checked target file, variables replaced, defaults filled in. */
export interface ResolvedTarget {
  /** Where it was loaded from: an absolute path, or `stub`. */
  source: string;
  name: string;
  allow: Level;
  timeoutMs: number;
  clockToleranceSeconds: number;
  /** Over the run as a whole; without it, no limit. */
  maxRequestsPerSecond?: number;
  /** Nobody else uses the server during the run. */
  exclusive: boolean;
  /** The folder of replay files that each run plays first, absolute. */
  replays?: string;
  /** How the server of each API that has a section is reached. */
  connections: Readonly<Partial<Record<ApiName, Connection>>>;
  /** The sections by API, in the order of the APIs; each API knows the form of its own. */
  sections: Readonly<Record<ApiName, Section>>;
  /** The actions that the server of each API with a section does not have, as its section says. */
  without: Readonly<Record<ApiName, readonly string[]>>;
  /** Every credential, longest first, so that one that holds another is replaced whole. */
  secrets: readonly string[];
  /** By its value, the variable that names a credential in lines for a shell: the one of the target file, where it has one. */
  variables: ReadonlyMap<string, string>;
}

/** A value that must be one account's alone, and the path where it stands. */
export interface Identity {
  path: string;
  /** What it is, for a message: 'email', 'station', 'relationId'. */
  kind: string;
  value: string;
}

/** What is wrong at a path of a target file. */
export interface Problem {
  path: string;
  problem: string;
}

/** What an API says of its section of a target file. `given` is the section as it stands in the file. */
export interface TargetSection<Own extends Section = Section> {
  /** The schema of the section. */
  schema(): JsonSchema;
  /** Fills the defaults of a checked section in. Paths in it start from the folder of `file`, the absolute path of the target file. */
  resolve(given: unknown, file: string): Own;
  /** The values that the suite must never show. */
  secrets(section: Own): string[];
  /** The headers beside Content-Type that its requests bear; one with `*` at its end stands for all that begin so. */
  ownHeaders?: readonly string[];
  /** What must differ between the accounts. Reads unchecked data, so nothing is taken for granted. */
  identities(given: unknown): Identity[];
  /** What else is wrong that no schema can say. Reads unchecked data. */
  problems?(given: unknown, file: string): Problem[];
  /** The smallest section that judges, with placeholders for what only the user knows. */
  starter: unknown;
  /** The section for a stub of this seed at `url`, the host's root. */
  ofStub(seed: number, url: string, size?: { pairs?: number }): unknown;
  /** The stub's section, cut down to the accounts that a target's own has. */
  standIn(ofStub: unknown, section: Own): unknown;
  /** Loads what the section names, so that its faults show before a run and not in its middle. Throws a `UsageError`. */
  prepare?(target: ResolvedTarget): Promise<void>;
}

/** An API as target files know it. */
export interface TargetApi {
  name: ApiName;
  target: TargetSection;
  actions: Readonly<Record<string, unknown>>;
}

/** The member of unchecked data, `undefined` where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The items of unchecked data, none where the member is no array. */
export function listAt(value: unknown, name: string): unknown[] {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list : [];
}

/** The identity that `account` has in its member `kind`, if any. */
export function identity(account: unknown, kind: string, path: string): Identity[] {
  const value = memberOf(account, kind);
  if (typeof value !== 'string' || value === '') return [];
  return [{ path: `${path}.${kind}`, kind, value: kind === 'email' ? value.toLowerCase() : value }];
}

/** A base URL to which paths are appended. */
export function withoutTrailingSlashes(url: string): string {
  return url.replace(/\/+$/, '');
}
