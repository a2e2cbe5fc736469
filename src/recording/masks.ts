/** Credentials that a redactor hid, in whatever way: one mask stands for all of them. */
import { isSecretHeader, isSecretMember } from '../secrets/index.js';
import { maskPattern } from './body.js';

const mask = '***';
const maxDepth = 32;

/** One mark again and again, perhaps as often as what it stands for is long. */
const marks = /^(?:[*•●]+|([x·.#_-])\1{2,})$/i;

/**
 * What as a whole stands for a credential, beside marks and what `maskPattern` finds anywhere: something in brackets, a variable, a word
 * that says so, a part alone, a hash.
 */
const hidden = [
  /^(?:\[.*\]|<.*>|\(.*\)|\{.*\}|\$\w+|\$\{.*\})$/,
  /^(?:removed|masked|hidden|filtered|saniti[sz]ed|scrubbed|stripped|omitted|anonymi[sz]ed|secret|confidential|private|null|undefined)$/i,
  /^.*(?:…|\.\.\.).*$/,
  /^(?:sha-?\d+|md5|hmac|hash)[:=-].+$/i,
];

function isHidden(value: string): boolean {
  const credential = value.replace(/^\s*(?:bearer|basic|token)\s+/i, '').trim();
  if (maskPattern.test(credential) || marks.test(credential)) return true;
  return credential.length < 256 && hidden.some((form) => form.test(credential));
}

/** Writes one mask in place of the credentials in headers that are hidden. Tells whether there were any. */
export function maskHeaders(headers: Record<string, string>): boolean {
  const names = Object.keys(headers).filter((name) => isSecretHeader(name) && isHidden(headers[name] ?? ''));
  for (const name of names) headers[name] = mask;
  return names.length > 0;
}

/** Redactors go by names, and hide ciphertext and public keys with the credentials. */
const likeSecret = /(?:secret|key)$/i;

/** Writes one mask in place of what is hidden in a body like credentials. Tells whether there was any. */
export function maskMembers(json: unknown): boolean {
  let any = false;
  eachText(json, (value, members, name) => {
    if (!(likeSecret.test(name) || isSecretMember(name)) || !isHidden(value)) return;
    members[name] = mask;
    any = true;
  });
  return any;
}

/** Visits the texts in a body that are credentials by the names of their members. */
export function eachSecret(json: unknown, visit: (value: string) => void): void {
  eachText(json, (value, _, name) => {
    if (isSecretMember(name)) visit(value);
  });
}

function eachText(
  json: unknown,
  visit: (value: string, members: Record<string, unknown>, name: string) => void,
  depth = 0,
): void {
  if (typeof json !== 'object' || json === null || depth > maxDepth) return;
  const members = json as Record<string, unknown>;
  for (const [name, value] of Object.entries(members)) {
    if (typeof value === 'string') visit(value, members, name);
    else eachText(value, visit, depth + 1);
  }
}
