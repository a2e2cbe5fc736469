import type { Target } from '../../types/target.js';
import type { ApiName, Level } from '../exchange/index.js';
import type { ResolvedTarget, TargetApi } from './section.js';

/** What every target file has, beside the sections of APIs by their names. */
export type TargetFile = Pick<
  Target,
  'name' | 'allow' | 'timeoutMs' | 'clockToleranceSeconds' | 'maxRequestsPerSecond' | 'exclusive'
> &
  Record<ApiName, unknown>;

/** Fills the defaults of a checked target in. `source` is its file, from which paths in it start, or `stub`. */
export function resolveTarget(target: TargetFile, source: string, apis: readonly TargetApi[]): ResolvedTarget {
  const present = apis.filter(({ name }) => target[name] !== undefined);
  const resolved = present.map((api) => ({ api, section: api.target.resolve(target[api.name], source) }));
  const secrets = resolved.flatMap(({ api, section }) => [...api.target.secrets(section), ...passwordOf(section.url)]);
  return {
    source,
    name: target.name,
    allow: target.allow ?? 'read',
    timeoutMs: target.timeoutMs ?? 10_000,
    clockToleranceSeconds: target.clockToleranceSeconds ?? 120,
    maxRequestsPerSecond: target.maxRequestsPerSecond,
    exclusive: target.exclusive ?? false,
    sections: Object.fromEntries(resolved.map(({ api, section }) => [api.name, section])),
    secrets: [...new Set(secrets)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length),
  };
}

/** The password of a URL, as written and decoded. */
function passwordOf(url: string): string[] {
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
  urls: Partial<Record<ApiName, string>>;
} {
  const urls = Object.entries(target.sections).map(([api, { url }]) => [api, withoutUserinfo(url)]);
  return { name: target.name, allow: target.allow, urls: Object.fromEntries(urls) };
}

/** The URL without `user:password@`. */
export function withoutUserinfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}
