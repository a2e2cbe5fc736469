/** The one place where evidence is made of an exchange: redacted, cut to size, with a line to send the request again. */
import type { Intent, ReceivedResponse, SentRequest } from '../exchange/index.js';
import type { Redactor } from './redactor.js';
import { curlLine, isLong, MAX_BODY_LENGTH, wellFormed } from './shell.js';

/** What evidence is made of: an exchange, or a failed request with no response and a note that says why. */
export interface EvidenceSource {
  action: string;
  actor: string;
  /** A probe may bear credentials that were altered or made up on purpose. */
  intent?: Intent;
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
  /** One line for a POSIX shell, with variables where credentials stood. */
  curl: string;
  /** A script for a POSIX shell that makes the situation first, where the line alone does not show the same. */
  script?: string;
  note?: string;
}

/** Makes an evidence entry. `script` makes the situation in which the request was sent. */
export function toEvidence(source: EvidenceSource, redactor: Redactor, script?: string): Evidence {
  const { actor, intent, request, response } = source;
  const { note, ...shown } = toShownExchange(source, redactor);
  const notes = note === undefined ? [] : [note];
  const altered = (words: string) => void notes.push(`on purpose it bears ${words}`);
  if (isLong(request.body)) notes.push(cutNote('request', Buffer.byteLength(request.body)));
  if (isLong(response?.text)) notes.push(cutNote('response', response?.bytes ?? 0));
  return {
    ...shown,
    curl: curlLine(request, { redactor, actor, intent, altered }),
    ...(script !== undefined && { script }),
    ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
  };
}

/** What an exchange is to a reader who only looks at it: redacted, its bodies cut to size. */
export type ShownExchange = Omit<Evidence, 'curl' | 'script'>;

/** Makes the exchange fit to be shown. Bodies longer than `longest` characters are cut. */
export function toShownExchange(
  { action, actor, request, response, durationMs, note }: EvidenceSource,
  redactor: Redactor,
  longest = MAX_BODY_LENGTH,
): ShownExchange {
  return {
    action,
    actor,
    request: {
      method: request.method,
      url: redactor.text(request.url),
      headers: redactor.headers(request.headers),
      ...bodyOf(request.body, redactor, longest),
    },
    response: response && {
      status: response.status,
      headers: redactor.headers(response.headers),
      ...bodyOf(response.text, redactor, longest),
    },
    durationMs,
    ...(note !== undefined && { note: redactor.sentence(note) }),
  };
}

function cutNote(which: string, bytes: number): string {
  return `the body of the ${which} is cut: it has ${bytes} bytes in full`;
}

function bodyOf(text: string | undefined, redactor: Redactor, longest: number): { body?: unknown } {
  if (text === undefined || text === '') return {};
  if (text.length > longest) return { body: `${wellFormed(redactor.cut(text, longest))}…` };
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
