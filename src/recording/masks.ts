/** Credentials that a redactor hid, in whatever way: one mask stands for all of them. */
import { isSecretHeader, isSecretMember } from '../secrets/index.js';
import { maskPattern } from './body.js';

const mask = '***';
const maxDepth = 32;

/**
 * What as a whole stands for a credential, beside what `maskPattern` finds anywhere: one mark again and again, something in brackets, a
 * variable, a word that says so, a part alone, a hash.
 */
const hidden = [
  /^([x*•●·.#_-])\1{2,}$/i,
  /^(?:\[.*\]|<.*>|\(.*\)|\{.*\}|\$\w+|\$\{.*\})$/,
  /^(?:removed|masked|hidden|filtered|saniti[sz]ed|scrubbed|stripped|omitted|anonymi[sz]ed|secret|confidential|private|null|undefined)$/i,
  /^.*(?:…|\.\.\.).*$/,
  /^(?:sha-?\d+|md5|hmac|hash)[:=-].+$/i,
];

function isHidden(value: string): boolean {
  const credential = value.replace(/^\s*(?:bearer|basic|token)\s+/i, '').trim();
  return maskPattern.test(credential) || (credential.length < 256 && hidden.some((form) => form.test(credential)));
}

/** Writes one mask in place of the credentials in headers that are hidden. Tells whether there were any. */
export function maskHeaders(headers: Record<string, string>): boolean {
  const names = Object.keys(headers).filter((name) => isSecretHeader(name) && isHidden(headers[name] ?? ''));
  for (const name of names) headers[name] = mask;
  return names.length > 0;
}

/** Writes one mask in place of the credentials in a body that are hidden. Tells whether there were any. */
export function maskMembers(json: unknown): boolean {
  let any = false;
  eachSecret(json, (value, members, name) => {
    if (!isHidden(value)) return;
    members[name] = mask;
    any = true;
  });
  return any;
}

/** Visits the texts in a body that are credentials by the names of their members. */
export function eachSecret(
  json: unknown,
  visit: (value: string, members: Record<string, unknown>, name: string) => void,
  depth = 0,
): void {
  if (typeof json !== 'object' || json === null || depth > maxDepth) return;
  const members = json as Record<string, unknown>;
  for (const [name, value] of Object.entries(members)) {
    if (typeof value !== 'string') eachSecret(value, visit, depth + 1);
    else if (isSecretMember(name)) visit(value, members, name);
  }
}
