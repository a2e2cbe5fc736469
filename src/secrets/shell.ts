/** Requests as lines for a POSIX shell: what may be shown as it is, and variables in place of credentials. */
import type { Intent, SentRequest } from '../exchange/index.js';
import { alterationOf, madeUpSignature } from '../rules/alterations.js';
import { isSecretHeader } from './names.js';
import type { Redactor } from './redactor.js';
import { MASK } from './spans.js';
import { strengthOf } from './strength.js';

/** A piece of a line: text as it is, or an expression that stands between double quotes. */
export type Word = string | { shell: string };

/** What a line is written with. */
export interface Pen {
  redactor: Redactor;
  /** Who sent it, and whether it may have been tampered with on purpose. */
  actor: string;
  intent?: Intent;
  /** By value, further variables: what a script has taken from answers. */
  taken?: ReadonlyMap<string, string>;
  /** Replaces more in a text that holds no credential. */
  substitute?(text: string): Word[];
  /** Told of a variable that whoever runs the line must set, and what it holds. */
  ask?(variable: string, holds: string): void;
  /** Told in words of a credential that was altered on purpose. */
  altered?(words: string): void;
}

/** A foreign text as words: a URL, a body, the value of a header that bears no credential. */
export function wordsOf(text: string, pen: Pen): Word[] {
  const { redactor, substitute = (plain) => [plain] } = pen;
  let before = '';
  return redactor.split(text).flatMap((piece) => {
    const words = piece.isSecret ? credentialWords(piece.text, nameBefore(before), pen) : substitute(piece.text);
    before += piece.text;
    return words;
  });
}

/** The value of a header as words. */
export function headerWords(name: string, value: string, pen: Pen): Word[] {
  const hidden = value === MASK ? pen.redactor.variables.get(`${name.toLowerCase()}: ${MASK}`) : undefined;
  if (hidden !== undefined) return [{ shell: `$${hidden}` }];
  if (value !== MASK && !isSecretHeader(name)) return wordsOf(value, pen);
  const [, scheme = '', rest = ''] = /^([A-Za-z][\w-]* +)(\S+)$/.exec(value) ?? [];
  if (rest !== '' && known(value, pen) === undefined) return [scheme, ...credentialWords(rest, name, pen)];
  return credentialWords(value, name, pen);
}

/** What names the value that begins behind a text: the member, parameter or header. */
function nameBefore(text: string): string {
  return /([A-Za-z][\w-]*)[\\"']*\s*[:=]\s*[\\"']*$/.exec(text.slice(-200))?.[1] ?? 'credential';
}

/**
 * A credential as words: the variable that holds it, or what makes it of one; what a probe has made up itself stands as it is. Else
 * a variable is asked for.
 */
function credentialWords(credential: string, place: string, pen: Pen): Word[] {
  const variable = known(credential, pen);
  if (variable !== undefined) return [variable];
  const altered = alteredFrom(credential, pen);
  if (altered !== undefined) return [altered];
  return isMadeUp(credential, pen) ? [credential] : [asked(place, pen)];
}

/** Whether a probe bears it that is nobody's: what looks like a credential could be somebody's all the same. */
function isMadeUp(credential: string, { intent, redactor }: Pen): boolean {
  if (intent !== 'probe' || credential === MASK) return false;
  if (credential === madeUpSignature) return true;
  return strengthOf(credential) !== 'random' && redactor.text(credential) === credential;
}

function known(credential: string, { redactor, taken }: Pen): Word | undefined {
  const nameOf = (value: string) => taken?.get(value) ?? redactor.variables.get(value);
  const name = nameOf(credential);
  if (name !== undefined) return { shell: `$${name}` };
  const inJson = nameOf(fromJson(credential));
  // Within a JSON string a quotation mark and a backslash have a backslash before them.
  if (inJson !== undefined) return { shell: `$(printf %s "$${inJson}" | sed 's/[\\\\"]/\\\\&/g')` };
  const inUrl = nameOf(fromUrl(credential));
  return inUrl === undefined ? undefined : { shell: `$(printf %s "$${inUrl}" | jq -sRr @uri)` };
}

function fromJson(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

function fromUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function alteredFrom(credential: string, { redactor, taken = new Map(), altered, ask }: Pen): Word | undefined {
  for (const [value, name] of [...taken, ...redactor.variables]) {
    const alteration = alterationOf(value, credential, name);
    if (alteration === undefined) continue;
    altered?.(alteration.words);
    if (alteration.shell !== undefined) return { shell: alteration.shell };
    ask?.(`${name}_ALTERED`, alteration.words);
    return { shell: `$${name}_ALTERED` };
  }
  return undefined;
}

function asked(place: string, { actor, ask }: Pen): Word {
  const variable = `${actor}_${place}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  ask?.(variable, `the ${place} of ${actor}`);
  return { shell: `$${variable}` };
}

/** The words as one argument of a command. */
export function quoted(words: readonly Word[]): string {
  const parts = joined(words);
  const [text, last] = parts;
  if (text === undefined) return "''";
  if (parts.length === 1 && typeof text === 'string' && /^[A-Z]+$/.test(text)) return text;
  // `"Bearer $MEMBER_TOKEN"` reads better than quotation marks side by side, where no character of it means something there.
  if (parts.length === 2 && typeof text === 'string' && typeof last === 'object' && !/["$`\\!]/.test(text))
    return `"${text}${last.shell}"`;
  return parts.map((word) => (typeof word === 'string' ? singleQuoted(word) : `"${word.shell}"`)).join('');
}

/** The words with texts that follow each other as one. */
function joined(words: readonly Word[]): Word[] {
  const parts: Word[] = [];
  for (const word of words) {
    const last = parts.at(-1);
    if (typeof word === 'string' && typeof last === 'string') parts[parts.length - 1] = last + word;
    else if (word !== '') parts.push(word);
  }
  return parts;
}

/** Within single quotes a POSIX shell knows no special character; a single quote itself is written outside of them. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The text with something done to what is plain in it. */
export function mapText(words: readonly Word[], change: (text: string) => string): Word[] {
  return words.map((word) => (typeof word === 'string' ? change(word) : word));
}

/** Longer bodies (in UTF-16 code units, which for JSON is nearly bytes) are cut: evidence is read by people. */
export const MAX_BODY_LENGTH = 64 * 1024;

/** Whether a body is too long for a line. */
export function isLong(body: string | undefined): body is string {
  return body !== undefined && body.length > MAX_BODY_LENGTH;
}

/** Whether no line can say the body of a request: it is too long, or no text. */
export function isUnsaid({ body, content }: SentRequest): boolean {
  return content !== undefined || isLong(body);
}

/**
 * A curl command that sends the same request, and prints status, headers and body. A body with line breaks or other control characters comes in through `printf`,
 * so that the command stays one line. A long body is left out: the command reads it from a file that a comment names.
 * @param output the options that say what is printed, in place of those
 */
export function curlLine(request: SentRequest, pen: Pen, output = '-i'): string {
  const url = wordsOf(request.url, pen);
  const parts = [`curl -sS ${output}`, request.method === 'HEAD' ? '--head' : `-X ${quoted([request.method])}`];
  // Without -g, curl reads brackets in a URL as patterns.
  if (url.some((word) => typeof word === 'string' && /[[\]{}]/.test(word))) parts.push('-g');
  // A URL holds no control character unencoded, and one raw line break would end the line.
  parts.push(quoted(mapText(url, (text) => text.replace(controls, (control) => encodeURIComponent(control)))));
  for (const [name, value] of Object.entries(request.headers)) {
    if (/^accept-encoding$/i.test(name)) parts.push('--compressed');
    else if (!ofTheWire.test(name)) parts.push('-H', headerArgument(name, value, pen));
  }
  const { body } = request;
  if (!body) return parts.join(' ');
  const isTyped = Object.keys(request.headers).some((name) => name.toLowerCase() === 'content-type');
  if (!isTyped) parts.push('-H', singleQuoted('Content-Type:'));
  if (isUnsaid(request)) {
    const size = request.content?.byteLength ?? Buffer.byteLength(body);
    return `${parts.join(' ')} --data-binary @body.txt # the body of ${size} bytes is left out: put it into body.txt`;
  }
  return withBody(parts.join(' '), mapText(wordsOf(body, pen), wellFormed));
}

/** Headers that curl makes for what it sends itself: a recording has those of another body, whose credentials were longer or shorter. */
const ofTheWire = /^(?:content-length|transfer-encoding|connection|keep-alive)$/i;

function headerArgument(name: string, value: string, pen: Pen): string {
  const [shownName = ''] = Object.keys(pen.redactor.headers({ [name]: '' }));
  // An empty value needs a semicolon: with a colon curl leaves the header out.
  if (value === '') return singleQuoted(`${shownName};`);
  const words = mapText(headerWords(name, value, pen), (text) => text.replace(controls, ' '));
  return quoted([`${shownName}: `, ...words]);
}

function withBody(command: string, body: readonly Word[]): string {
  const isPlain = body.every((word) => typeof word !== 'string' || word.search(controls) === -1);
  if (isPlain) return `${command} --data-raw ${quoted(body)}`;
  const escaped = mapText(body, (text) =>
    text
      .replaceAll('\\', '\\\\')
      .replace(controls, (control) =>
        control === '\n'
          ? '\\n'
          : Array.from(Buffer.from(control), (byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join(''),
      ),
  );
  return `printf '%b' ${quoted(escaped)} | ${command} --data-binary @-`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not stand in a shell line.
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Half a surrogate pair has no UTF-8 form: it becomes U+FFFD, as it did when the request was sent. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
