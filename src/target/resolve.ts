import { dirname, resolve } from 'node:path';
import type { Target } from '../../types/target.js';
import type { ApiName, Level } from '../exchange/index.js';
import { type ConnectionMembers, connectionOf, secretsOfConnection } from './connection.js';
import type { ResolvedTarget, TargetApi } from './section.js';
import { variablesOf } from './variables.js';

/** What every target file has, beside the sections of APIs by their names. */
export type TargetFile = Pick<
  Target,
  | 'name'
  | 'allow'
  | 'timeoutMs'
  | 'clockToleranceSeconds'
  | 'maxRequestsPerSecond'
  | 'exclusive'
  | 'replays'
  | keyof ConnectionMembers
> &
  Record<ApiName, unknown>;

/**
 * Fills the defaults of a checked target in. `source` is its file, from which paths in it start, or `stub`; `env` may name a proxy;
 * `written` is the file before its variables were replaced.
 */
export function resolveTarget(
  target: TargetFile,
  source: string,
  apis: readonly TargetApi[],
  env: Record<string, string | undefined> = {},
  written: unknown = target,
): ResolvedTarget {
  const resolved = apis.flatMap(({ name, target: own }) => {
    const given = target[name];
    if (given === undefined) return [];
    const section = own.resolve(given, source);
    const connection = connectionOf(target, given as ConnectionMembers, { api: name, url: section.url, source, env });
    const secrets = [...own.secrets(section), ...secretsOfConnection(connection)];
    const { without = [] } = given as { without?: readonly string[] };
    return [{ name, section, without, connection, secrets }];
  });
  const secrets = [...new Set(resolved.flatMap((one) => one.secrets))]
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length);
  return {
    source,
    name: target.name,
    allow: target.allow ?? 'read',
    timeoutMs: target.timeoutMs ?? 10_000,
    clockToleranceSeconds: target.clockToleranceSeconds ?? 120,
    maxRequestsPerSecond: target.maxRequestsPerSecond,
    exclusive: target.exclusive ?? false,
    ...(target.replays !== undefined && { replays: resolve(dirname(source), target.replays) }),
    connections: Object.fromEntries(resolved.map(({ name, connection }) => [name, connection])),
    without: Object.fromEntries(resolved.map(({ name, without }) => [name, without])),
    sections: Object.fromEntries(resolved.map(({ name, section }) => [name, section])),
    secrets,
    variables: variablesOf({ file: written, value: target }, secrets),
  };
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
