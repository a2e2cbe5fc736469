import { dirname, resolve } from 'node:path';
import type { Target } from '../../types/target.js';
import type { Api, Level } from '../exchange/index.js';
import { apis, sections } from './sections.js';

/** One account of the Ozeki API. */
export interface OzekiAccount {
  email: string;
  apikey: string;
  station: string;
  /** What static signing sends; absent under module signing. */
  signature?: string;
}

/** Two accounts that share at least one conversation. */
export interface OzekiPair {
  alice: OzekiAccount;
  bob: OzekiAccount;
}

/** How the Ozeki signature header is made; the module's path is absolute. */
export type Signing = { scheme: 'static' } | { scheme: 'module'; path: string };

/** The Ozeki section, defaults filled in. */
export interface OzekiTarget {
  url: string;
  firstPageCursor: 'now' | 'empty' | 'omit';
  signing: Signing;
  pairs: OzekiPair[];
  /** Friend and partner of nobody in `pairs`. */
  outsider?: OzekiAccount;
}

/** The Genesys section. Its URL ends without a slash. */
export interface GenesysTarget {
  url: string;
  tenantName: string;
}

/** One relation of the Relation API with its bearer token. */
export interface RelationAccount {
  relationId: string;
  token: string;
}

/** The Relation section. Its URL ends without a slash. */
export interface RelationTarget {
  url: string;
  apiKey: string;
  channelUuid: string;
  member: RelationAccount;
  peer: RelationAccount;
  outsider?: RelationAccount;
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
  ozeki?: OzekiTarget;
  genesys?: GenesysTarget;
  relation?: RelationTarget;
}

/** Fills the defaults of a checked target in. `source` is its file, from which a signing module's path starts, or `stub`. */
export function resolveTarget(target: Target, source: string): ResolvedTarget {
  const { ozeki, genesys, relation } = target;
  return {
    source,
    name: target.name,
    allow: target.allow ?? 'read',
    timeoutMs: target.timeoutMs ?? 10_000,
    clockToleranceSeconds: target.clockToleranceSeconds ?? 120,
    maxRequestsPerSecond: target.maxRequestsPerSecond,
    exclusive: target.exclusive ?? false,
    ozeki: ozeki && {
      url: sections.ozeki.normaliseUrl(ozeki.url),
      firstPageCursor: ozeki.firstPageCursor ?? 'now',
      signing: resolveSigning(ozeki.signing, source),
      pairs: ozeki.pairs,
      outsider: ozeki.outsider,
    },
    genesys: genesys && { ...genesys, url: sections.genesys.normaliseUrl(genesys.url) },
    relation: relation && { ...relation, url: sections.relation.normaliseUrl(relation.url) },
  };
}

function resolveSigning(signing: { scheme: string; path?: string } | undefined, source: string): Signing {
  if (signing?.scheme !== 'module' || signing.path === undefined) return { scheme: 'static' };
  return { scheme: 'module', path: resolve(dirname(source), signing.path) };
}

/** Every credential of the target, longest first, so that one that holds another is replaced whole. */
export function secretsOf(target: ResolvedTarget): string[] {
  const found = apis.flatMap((api) => {
    const section = target[api];
    if (section === undefined) return [];
    return [...sections[api].secrets(target), ...userinfoOf(section.url)];
  });
  return [...new Set(found)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
}

/** The password of a URL, as written and decoded. */
function userinfoOf(url: string): string[] {
  const { password } = new URL(url);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/** The target in words that hold no credential. */
export function describeTarget(target: ResolvedTarget): {
  name: string;
  allow: Level;
  urls: Partial<Record<Api, string>>;
} {
  const urls = apis.flatMap((api) => {
    const url = target[api]?.url;
    return url === undefined ? [] : [[api, withoutUserinfo(url)]];
  });
  return { name: target.name, allow: target.allow, urls: Object.fromEntries(urls) };
}

/** The URL without `user:password@`. */
export function withoutUserinfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}
