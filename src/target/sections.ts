import type { Api } from '../exchange/index.js';
import type { OzekiAccount, ResolvedTarget } from './resolve.js';

/** A value that must be one account's alone, and the path where it stands. */
export interface Identity {
  path: string;
  /** What it is, for a message: 'email', 'station', 'relationId'. */
  kind: string;
  value: string;
}

/** What the loader must know of an API's section beyond the schema. */
interface Section {
  /** The values that the suite must never show. */
  secrets(target: ResolvedTarget): string[];
  /** What must differ between the accounts. Reads unchecked data, so nothing is taken for granted. */
  identities(section: unknown): Identity[];
  /** The base URL in the one form that the clients append to. */
  normaliseUrl(url: string): string;
  /** The headers beside Content-Type that its requests bear; one with `*` at its end stands for all that begin so. */
  ownHeaders: readonly string[];
}

/** The sections of a target file, in the order of the documentation. */
export const sections: Readonly<Record<Api, Section>> = {
  ozeki: {
    secrets: (target) => ozekiAccounts(target).flatMap((account) => [account.apikey, account.signature ?? '']),
    identities: (section) => [
      ...listAt(section, 'pairs').flatMap((pair, index) => [
        ...ozekiIdentities(memberOf(pair, 'alice'), `ozeki.pairs[${index}].alice`),
        ...ozekiIdentities(memberOf(pair, 'bob'), `ozeki.pairs[${index}].bob`),
      ]),
      ...ozekiIdentities(memberOf(section, 'outsider'), 'ozeki.outsider'),
    ],
    // The address is a script's, and a folder's index may answer too: only a slash after the script means nothing.
    normaliseUrl: (url) => url.replace(/(\.php)\/+$/, '$1'),
    ownHeaders: ['Ozeki-*'],
  },
  genesys: { secrets: () => [], identities: () => [], normaliseUrl: withoutTrailingSlashes, ownHeaders: [] },
  relation: {
    secrets: ({ relation }) =>
      relation === undefined ? [] : [relation.apiKey, ...relationRoles.map((role) => relation[role]?.token ?? '')],
    identities: (section) =>
      relationRoles.flatMap((role) => identity(memberOf(section, role), 'relationId', `relation.${role}`)),
    normaliseUrl: withoutTrailingSlashes,
    ownHeaders: ['ApiKey', 'Authorization'],
  },
};

/** The three APIs, in the order of the documentation. */
export const apis = Object.keys(sections) as readonly Api[];

const relationRoles = ['member', 'peer', 'outsider'] as const;

function ozekiAccounts({ ozeki }: ResolvedTarget): OzekiAccount[] {
  if (ozeki === undefined) return [];
  return [...ozeki.pairs.flatMap(({ alice, bob }) => [alice, bob]), ...(ozeki.outsider ? [ozeki.outsider] : [])];
}

function ozekiIdentities(account: unknown, path: string): Identity[] {
  // Notification names no user: the station id alone picks one, so two accounts cannot share it.
  return [...identity(account, 'email', path), ...identity(account, 'station', path)];
}

function identity(account: unknown, kind: string, path: string): Identity[] {
  const value = memberOf(account, kind);
  if (typeof value !== 'string' || value === '') return [];
  return [{ path: `${path}.${kind}`, kind, value: kind === 'email' ? value.toLowerCase() : value }];
}

/** The member of unchecked data, `undefined` where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function listAt(value: unknown, name: string): unknown[] {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list : [];
}

function withoutTrailingSlashes(url: string): string {
  return url.replace(/\/+$/, '');
}
