/** Finds what stands where credentials stand, or looks as only credentials do, known or not. */
import { isSecretHeader, isSecretMember, isSecretParameter } from './names.js';
import type { Span } from './spans.js';
import { strengthOf } from './strength.js';

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
  /\b(?:pypi-AgE[\w-]{16,512}|hf_[A-Za-z0-9]{30,64}|whsec_[\w+/=-]{20,128}|lin_api_[A-Za-z0-9]{30,64})/g,
  /\b(?:do[opr]_v1_[a-f0-9]{64}|dapi[a-f0-9]{32}|SK[a-f0-9]{32}|key-[a-f0-9]{32}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})\b/g,
  /\b(?:sq0[a-z]{3}-[\w-]{20,64}|hv[sbr]\.[\w-]{20,256}|AT[A-Z]TT3[\w=-]{20,256})/g,
  /\b\d{8,10}:[\w-]{35}\b/g,
  /(?<=\bhooks\.slack\.com\/(?:services|workflows)\/)[\w/-]{20,128}/g,
  /(?<=\/api\/webhooks\/)\d{15,20}\/[\w-]{40,128}/g,
];
/** No token of these kinds is shorter. */
const shortestLook = 15;
/** With a scheme before it, as in an Authorization header that is spoken of elsewhere. A word has no digit, nor capitals in its midst. */
const SCHEME = /\b((?:[Bb]earer|BEARER|Basic|Negotiate)\s+)(?=[\w.~+/-]*(?:\d|[a-z][A-Z]))([\w.~+/-]{8,}={0,2})/g;
/** What the Digest scheme sends in place of a password. */
const DIGEST = /(\bDigest\s[^\r\n]{0,1024}?\bresponse=\\{0,3}")([^"\\]{1,512})/g;

/** Where a value begins, with its name; and how far it goes from there. */
interface Place {
  open: RegExp;
  value: RegExp;
  isSecret(name: string, text: string): boolean;
}

/** A value of this name is one by how it looks: elsewhere codes are numbers of errors. */
const byLook = 'code';

const places: readonly Place[] = [
  // "name": "value", also where an excerpt was cut.
  {
    open: /"([\w$.-]{1,64})"\s*:\s*"/g,
    value: /[^"\\]*(?:\\[\s\S][^"\\]*)*/y,
    isSecret: (name, text) => isSecretMember(name, name.toLowerCase() === byLook ? membersIn(text) : []),
  },
  // "name": 12345678.
  { open: /"([\w$.-]{1,64})"\s*:\s*(?=-?\d)/g, value: /-?\d[\d.eE+-]{3,}/y, isSecret: (name) => isSecretMember(name) },
  // name="value" and name: 'value', in XML, in headers, in what is nearly JSON.
  {
    open: /(?<![\w$.-])([\w$.-]{1,64})['"]?\s{0,4}(?:=>?|:)\s{0,4}["']/g,
    value: /[^"'\\\r\n]*(?:\\[\s\S][^"'\\\r\n]*)*/y,
    isSecret: (name) => isSecretMember(name),
  },
  // {"name": "X-Api-Key", "value": "…"}, as recorders write headers.
  {
    open: /"(?:name|key)"\s*:\s*"([\w$.-]{1,64})"\s*,\s*"value"\s*:\s*"/g,
    value: /[^"\\]*(?:\\[\s\S][^"\\]*)*/y,
    isSecret: isSecretHeader,
  },
  // name=value of a query or a form.
  {
    open: /(?<=^|[?#&;\s"'])([\w$.[\]-]{1,64})=/g,
    value: /[^&#;\s"'<>\\]*/y,
    isSecret: (name, text) => isSecretParameter(name, name.toLowerCase() === byLook ? parametersIn(text) : []),
  },
  // A header line of a raw message, or a -H of a curl line. Parameters in it may be in quotes.
  {
    open: /(?:^|[\r\n]|-H\s?['"]?)([\w-]{1,64}):[ \t]*/g,
    value: /[^\r\n'"]*(?:(?<=[\w-]=\\{0,3})"[^\r\n"]*"[^\r\n'"]*)*/y,
    isSecret: isSecretHeader,
  },
  // An element of XML with a text.
  {
    open: /<([\w.:-]{1,64})(?:\s[^<>]{0,256})?>(?:<!\[CDATA\[)?/g,
    value: /[^<>]*?(?=\]\]>|<\/)/y,
    isSecret: (name) => isSecretMember(name),
  },
  // A part of a form in several parts.
  {
    open: /\bname="([\w$.[\]-]{1,64})"(?:;[^\r\n]{0,256})?\r?\n(?:[\w-]{1,64}:[^\r\n]{0,256}\r?\n){0,4}\r?\n/g,
    value: /[\s\S]*?(?=\r?\n--|$)/y,
    isSecret: (name) => isSecretParameter(name),
  },
];

function membersIn(text: string): string[] {
  return Array.from(text.matchAll(/"([\w$.-]{1,64})"\s*:/g), ([, name]) => name ?? '');
}

function parametersIn(text: string): string[] {
  return Array.from(text.matchAll(/(?:^|[?#&;\s"'])([\w$.[\]-]{1,64})=/g), ([, name]) => name ?? '');
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
  for (const scheme of [SCHEME, DIGEST])
    for (const { index, 1: before = '', 2: token = '' } of text.matchAll(scheme))
      spans.push({ start: index + before.length, end: index + before.length + token.length });
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
    value.lastIndex = start;
    if (!isSecret && !(name.toLowerCase() === byLook && isRandom(value.exec(text)?.[0]))) {
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

function isRandom(value: string | undefined): boolean {
  return value !== undefined && strengthOf(value) === 'random';
}
