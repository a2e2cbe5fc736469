/** Masks what stands where credentials stand, known or not. */

export const MASK = '***';

const HEADERS = ['ozeki-signature', 'authorization', 'apikey', 'proxy-authorization', 'cookie', 'set-cookie'];
const MEMBERS = ['apikey', 'signature', 'securekey', 'rsakey', 'token', 'password', 'authorization'];
const headers = new Set(HEADERS);
const members = new Set(MEMBERS);

/** Whether a header of this name holds a credential. */
export function isSecretHeader(name: string): boolean {
  return headers.has(name.toLowerCase());
}

/** Whether a JSON member, form field or query parameter of this name holds a credential. */
export function isSecretMember(name: string): boolean {
  return members.has(name.toLowerCase());
}

const names = MEMBERS.join('|');
const PEM = /-----BEGIN[A-Z0-9 +%]{0,60}PRIVATE(?: |\+|%20)KEY-----[\s\S]*?(?:-----END[A-Z0-9 +%]{0,60}KEY-----|$)/g;
const USERINFO = /:(?:\\?\/){2}[^\s/?#"'<>\\]{1,512}@/g;
const PARAMETER = new RegExp(`(^|[?&;\\s"'])((?:${names})=)[^&#;\\s"'<>\\\\]+`, 'gi');
/** `"name":"value"`, as it is or in JSON in a string, where each quote has a backslash. An empty value hides nothing. */
const MEMBER = new RegExp(`(")(${names})("\\s*:\\s*")[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*("|$)`, 'gi');
const ESCAPED_MEMBER = new RegExp(
  `(\\\\")(${names})(\\\\"\\s*:\\s*\\\\")(?!\\\\")[\\s\\S]*?(?<!\\\\)(?:\\\\{4})*(\\\\"|$)`,
  'gi',
);
/** A header line of a raw message, or a `-H` of a curl line. */
const HEADER_LINE = new RegExp(
  `((?:^|[\\r\\n]|-H\\s?['"]?)(?:${HEADERS.join('|')}):[ \\t]*)[^\\s'"][^\\r\\n'"]*`,
  'gi',
);

/** Masks PEM private keys, user names in URLs, and the values of parameters, JSON members and header lines with telling names. */
export function maskStructure(text: string): string {
  let masked = text;
  if (masked.includes('-----BEGIN')) masked = masked.replace(PEM, MASK);
  if (masked.includes('@'))
    masked = masked.replace(USERINFO, (found) => `${found.slice(0, found.lastIndexOf('/') + 1)}${MASK}@`);
  if (masked.includes('=')) masked = masked.replace(PARAMETER, `$1$2${MASK}`);
  if (masked.includes(':')) {
    masked = masked.replace(MEMBER, (found, open, name, middle, close) =>
      found.length > open.length + name.length + middle.length + close.length
        ? `${open}${name}${middle}${MASK}${close}`
        : found,
    );
    masked = masked.replace(ESCAPED_MEMBER, `$1$2$3${MASK}$4`);
    masked = masked.replace(HEADER_LINE, `$1${MASK}`);
  }
  return masked;
}
