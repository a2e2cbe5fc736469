import { isSecretHeader, isSecretMember } from '../secrets/index.js';
import { maskPattern } from './body.js';
import type { RecordedExchange } from './types.js';

/** A cookie of fewer characters is a setting, not a key. */
const shortestCookie = 16;
const maxDepth = 32;

/** The credentials that an exchange holds, by the names of the headers, members and parameters where they stand. */
export function secretsOf({ request, response }: RecordedExchange): Set<string> {
  const found = new Set<string>();
  const add = (value: string): void => {
    if (value !== '' && !maskPattern.test(value)) found.add(value);
  };
  for (const headers of [request.headers, response.headers]) {
    for (const [name, value] of Object.entries(headers)) {
      if (!isSecretHeader(name)) continue;
      if (/cookie$/i.test(name)) for (const cookie of cookiesOf(value)) add(cookie);
      else for (const credential of credentialsOf(value)) add(credential);
    }
  }
  if (request.url.includes('=') && URL.canParse(request.url)) {
    for (const [name, value] of new URL(request.url).searchParams) if (isSecretMember(name)) add(value);
  }
  collect(request.json, add, 0);
  collect(response.json, add, 0);
  return found;
}

/** What a header holds without its scheme, and the password that Basic encodes. */
function credentialsOf(value: string): string[] {
  const [, scheme = '', credential = value] = /^\s*(bearer|basic|token|apikey)\s+(.*)$/is.exec(value) ?? [];
  if (scheme.toLowerCase() !== 'basic') return [credential];
  const decoded = Buffer.from(credential, 'base64').toString('utf8');
  return [credential, decoded.slice(decoded.indexOf(':') + 1)];
}

function cookiesOf(value: string): string[] {
  return value
    .split(/[;,]\s*/)
    .map((part) => part.slice(part.indexOf('=') + 1))
    .filter((part) => part.length >= shortestCookie && !/\s/.test(part));
}

function collect(json: unknown, add: (value: string) => void, depth: number): void {
  if (typeof json !== 'object' || json === null || depth > maxDepth) return;
  for (const [name, value] of Object.entries(json)) {
    if (typeof value === 'string') {
      if (isSecretMember(name)) add(value);
    } else collect(value, add, depth + 1);
  }
}
