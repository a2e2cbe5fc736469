/** Finds what stands where credentials stand, or looks as only credentials do, known or not. */
import { isSecretHeader, isSecretMember, isSecretParameter } from './names.js';
import type { Span } from './spans.js';

const PEM =
  /-----BEGIN[A-Z0-9 +%]{0,60}PRIVATE(?: |\+|%20)KEY(?: BLOCK)?-----[\s\S]*?(?:-----END[A-Z0-9 +%]{0,60}KEY(?: BLOCK)?-----|$)/g;
const USERINFO = /(:(?:\\?\/){2})([^\s/?#"'<>\\]{1,512})@/g;
/** What no name need tell: tokens with the marks of their kind, in the formats that their vendors document. */
const LOOKS: readonly RegExp[] = [
  // JSON Web Tokens, signed and encrypted.
  /\beyJ[\w-]{8,512}\.[\w-]{4,4096}(?:\.[\w-]{0,4096}){1,3}/g,
  /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255})/g,
  /\bgl(?:pat|dt|rt|ptt|oas|cbt)-[\w-]{20,255}/g,
  /\bxox[abeoprs]-[\w-]{10,255}/g,
  /\bAIza[\w-]{35}/g,
  /\bya29\.[\w-]{20,512}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}/g,
  /\bsk-[\w-]{20,255}/g,
  /\bSG\.[\w-]{16,64}\.[\w-]{16,64}/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
];
/** No token of these kinds is shorter. */
const shortestLook = 15;
/** With a scheme before it, as in an Authorization header that is spoken of elsewhere. A word has no digit. */
const SCHEME = /\b((?:[Bb]earer|BEARER|Basic|Negotiate)\s+)(?=[\w.~+/-]*\d)([\w.~+/-]{8,}={0,2})/g;

/** Where a value begins, with its name; and how far it goes from there. */
interface Place {
  open: RegExp;
  value: RegExp;
  isSecret(name: string, text: string): boolean;
}

const places: readonly Place[] = [
  // "name": "value", also where an excerpt was cut.
  {
    open: /"([\w$.-]{1,64})"\s*:\s*"/g,
    value: /[^"\\]*(?:\\[\s\S][^"\\]*)*/y,
    isSecret: (name, text) => isSecretMember(name, name.toLowerCase() === 'code' ? membersIn(text) : []),
  },
  // {"name": "X-Api-Key", "value": "…"}, as recorders write headers.
  {
    open: /"(?:name|key)"\s*:\s*"([\w$.-]{1,64})"\s*,\s*"value"\s*:\s*"/g,
    value: /[^"\\]*(?:\\[\s\S][^"\\]*)*/y,
    isSecret: isSecretHeader,
  },
  // name=value of a query or a form.
  {
    open: /(?<=^|[?&;\s"'])([\w$.[\]-]{1,64})=/g,
    value: /[^&#;\s"'<>\\]*/y,
    isSecret: (name, text) => isSecretParameter(name, name.toLowerCase() === 'code' ? parametersIn(text) : []),
  },
  // A header line of a raw message, or a -H of a curl line.
  { open: /(?:^|[\r\n]|-H\s?['"]?)([\w-]{1,64}):[ \t]*/g, value: /[^\r\n'"]*/y, isSecret: isSecretHeader },
  // An element of XML with a text.
  { open: /<([\w.:-]{1,64})(?:\s[^<>]{0,256})?>/g, value: /[^<>]*(?=<\/)/y, isSecret: (name) => isSecretMember(name) },
];

function membersIn(text: string): string[] {
  return Array.from(text.matchAll(/"([\w$.-]{1,64})"\s*:/g), ([, name]) => name ?? '');
}

function parametersIn(text: string): string[] {
  return Array.from(text.matchAll(/(?:^|[?&;\s"'])([\w$.[\]-]{1,64})=/g), ([, name]) => name ?? '');
}

/**
 * The private keys, user names in URLs, tokens of known kinds, and the values of parameters, members, elements and header lines whose
 * names tell. Takes time linear in the text.
 */
export function structureIn(text: string): Span[] {
  const spans: Span[] = [];
  const whole = (pattern: RegExp): void => {
    for (const { index, 0: found } of text.matchAll(pattern)) spans.push({ start: index, end: index + found.length });
  };
  if (text.includes('-----BEGIN')) whole(PEM);
  if (text.includes('@'))
    for (const { index, 1: slashes = '', 2: user = '' } of text.matchAll(USERINFO))
      spans.push({ start: index + slashes.length, end: index + slashes.length + user.length });
  for (const place of places) valuesAt(text, place, spans);
  if (text.length < shortestLook) return spans;
  for (const look of LOOKS) whole(look);
  for (const { index, 1: scheme = '', 2: token = '' } of text.matchAll(SCHEME))
    spans.push({ start: index + scheme.length, end: index + scheme.length + token.length });
  return spans;
}

function valuesAt(text: string, place: Place, spans: Span[]): void {
  const open = new RegExp(place.open);
  const value = new RegExp(place.value);
  const known = new Map<string, boolean>();
  for (let found = open.exec(text); found !== null; found = open.exec(text)) {
    const [, name = ''] = found;
    const start = open.lastIndex;
    const isSecret = known.get(name) ?? place.isSecret(name, text);
    known.set(name, isSecret);
    if (!isSecret) {
      // A value may be a name in its turn, in a text that is no valid JSON.
      open.lastIndex = Math.max(found.index + name.length, found.index + 1);
      continue;
    }
    value.lastIndex = start;
    const end = start + (value.exec(text)?.[0].length ?? 0);
    if (end > start) spans.push({ start, end });
    open.lastIndex = Math.max(end, start);
  }
}
