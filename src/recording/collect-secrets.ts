import { isSecretHeader, isSecretMember } from '../secrets/index.js';
import { maskPattern } from './body.js';
import { createBounded } from './bounded.js';
import { eachSecret } from './masks.js';
import { copyOf } from './members.js';
import type { RecordedExchange } from './types.js';

/** Each credential costs a redactor some kilobytes: those met again are kept longest. */
const kept = { again: 800, once: 400 };
/** A cookie of fewer characters is a setting, not a key. */
const shortestCookie = 16;

/** Remembers credentials, a bounded number. */
export interface SecretMemory {
  take(exchange: RecordedExchange): void;
  all(): string[];
}

/** Makes an empty memory. */
export function createSecretMemory(): SecretMemory {
  const again = createBounded<string, true>(kept.again);
  const once = createBounded<string, true>(kept.once);
  return {
    take(exchange) {
      for (const secret of secretsOf(exchange)) {
        if (again.has(secret) || once.has(secret)) {
          once.delete(secret);
          again.set(copyOf(secret), true);
        } else once.set(copyOf(secret), true);
      }
    },
    all: () => [...again.keys(), ...once.keys()],
  };
}

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
  for (const { json } of [request, response]) eachSecret(json, add);
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
