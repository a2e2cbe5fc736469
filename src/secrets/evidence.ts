/** The one place where evidence is made of an exchange: redacted, cut to size, with a line to send the request again. */
import type { ReceivedResponse, SentRequest } from '../exchange/index.js';
import type { Redactor } from './redactor.js';

/** What evidence is made of: an exchange, or a failed request with no response and a note that says why. */
export interface EvidenceSource {
  action: string;
  actor: string;
  request: SentRequest;
  response: ReceivedResponse | null;
  durationMs: number;
  note?: string;
}

/** An evidence entry of verdict.json. `body` is JSON where it is JSON that can be shown as sent, else text; absent where none. */
export interface Evidence {
  action: string;
  actor: string;
  request: { method: string; url: string; headers: Record<string, string>; body?: unknown };
  response: { status: number; headers: Record<string, string>; body?: unknown } | null;
  durationMs: number;
  /** One line for a POSIX shell, with `***` where credentials stood. */
  curl: string;
  note?: string;
}

/** Longer bodies (in UTF-16 code units, which for JSON is nearly bytes) are cut: evidence is read by people. */
export const MAX_BODY_LENGTH = 64 * 1024;

/** Makes an evidence entry. */
export function toEvidence(source: EvidenceSource, redactor: Redactor): Evidence {
  const { action, actor, request, response, durationMs } = source;
  const notes = source.note === undefined ? [] : [redactor.sentence(source.note)];
  if (isLong(request.body)) notes.push(cutNote('request', Buffer.byteLength(request.body)));
  if (isLong(response?.text)) notes.push(cutNote('response', response?.bytes ?? 0));
  return {
    action,
    actor,
    request: {
      method: request.method,
      url: redactor.text(request.url),
      headers: redactor.headers(request.headers),
      ...bodyOf(request.body, redactor),
    },
    response: response && {
      status: response.status,
      headers: redactor.headers(response.headers),
      ...bodyOf(response.text, redactor),
    },
    durationMs,
    curl: curlLine(request, redactor),
    ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
  };
}

function isLong(text: string | undefined): text is string {
  return text !== undefined && text.length > MAX_BODY_LENGTH;
}

function cutNote(which: string, bytes: number): string {
  return `the body of the ${which} is cut: it has ${bytes} bytes in full`;
}

function bodyOf(text: string | undefined, redactor: Redactor): { body?: unknown } {
  if (text === undefined || text === '') return {};
  if (isLong(text)) return { body: `${wellFormed(redactor.cut(text, MAX_BODY_LENGTH))}…` };
  const json = asShown(text);
  return { body: json === undefined ? redactor.text(text) : redactor.json(json) };
}

/**
 * The parsed body where printing it gives the text again but for white space and the spelling of strings; else `undefined`.
 * So long numbers keep their digits, and members that stand twice are seen, as text.
 */
function asShown(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const compact = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\s+/g, (token) =>
      token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : '',
    );
    return JSON.stringify(value) === compact ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A curl command that sends the same request. A body with line breaks or other control characters comes in through `printf`,
 * so that the command stays one line. A long body is left out: the command reads it from a file that a comment names.
 */
export function curlLine(request: SentRequest, redactor: Redactor): string {
  const url = redactor.text(request.url);
  const parts = ['curl -sS', request.method === 'HEAD' ? '--head' : `-X ${quoted(request.method)}`];
  // Without -g, curl reads brackets in a URL as patterns.
  if (/[[\]{}]/.test(url)) parts.push('-g');
  // A URL holds no control character unencoded, and one raw line break would end the line.
  parts.push(quoted(url.replace(controls, (control) => encodeURIComponent(control))));
  const headers = redactor.headers(request.headers);
  for (const [name, value] of Object.entries(headers)) {
    // An empty value needs a semicolon: with a colon curl leaves the header out.
    parts.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`.replace(controls, ' ')));
  }
  const { body } = request;
  if (!body) return parts.join(' ');
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  if (!typed) parts.push('-H', quoted('Content-Type:'));
  if (isLong(body)) {
    parts.push(
      '--data-binary @body.txt',
      `# the body of ${Buffer.byteLength(body)} bytes is left out: put it into body.txt`,
    );
    return parts.join(' ');
  }
  const shown = wellFormed(redactor.text(body));
  if (shown.search(controls) === -1) return [...parts, '--data-raw', quoted(shown)].join(' ');
  const escaped = shown.replaceAll('\\', '\\\\').replace(controls, (control) => {
    return control === '\n'
      ? '\\n'
      : Array.from(Buffer.from(control), (byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
  });
  return `printf '%b' ${quoted(escaped)} | ${parts.join(' ')} --data-binary @-`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not stand in a shell line.
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Half a surrogate pair has no UTF-8 form: it becomes U+FFFD, as it did when the request was sent. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** Within single quotes a POSIX shell knows no special character; a single quote itself is written outside of them. */
function quoted(text: string): string {
  return /^[A-Z]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
