/** Makes one exchange of what a recorder wrote down of it, in whatever habit. */
import type { Attachments } from './attachments.js';
import { requestBodyOf, responseBodyOf } from './entry-body.js';
import { headerIn, linesOf } from './entry-headers.js';
import { durationOf, momentOf } from './entry-time.js';
import { urlOf } from './entry-url.js';
import { type Members, membersOf, textOf } from './members.js';
import type { HeaderLines, Recorded } from './types.js';

/** What an entry must hold to be one. */
export const noExchange =
  'Write {"request": {"method", "url", "headers", "body"}, "response": {"status", "headers", "body"}}, or save the traffic as HAR';

/** What to do about a file that does not hold all that it should. */
export const saveAgain = 'Save it again for the rest';

/** Where an entry stands. */
export interface Standing {
  place: string;
  source: number;
  attachment: Attachments;
}

/** The exchange of an entry; `undefined` where it names no address that something was asked at. */
export function recordedOf(entry: Members, { place, source, attachment }: Standing): Recorded | undefined {
  const request = membersOf(entry.request);
  const requestLines = linesOf(request.headers);
  const url = urlOf(request, requestLines);
  if (url === undefined) return undefined;
  const response = membersOf(entry.response);
  const responseLines = linesOf(response.headers);
  const status = statusOf(response, responseLines);
  const note = textOf(entry.note) ?? '';
  const elsewhere = notOfTheServer(entry, response);
  const sockets = entry._webSocketMessages;
  return {
    place,
    source,
    method: (textOf(request.method) || headerIn(requestLines, ':method') || 'GET').toUpperCase(),
    url,
    requestHeaders: plain(requestLines),
    requestBody: note.includes('body of the request is cut')
      ? { lost: 'a body is cut' }
      : requestBodyOf(request, requestLines, attachment),
    ...(status !== undefined &&
      !hasFailed(entry, response) && {
        response: {
          status,
          headers: plain(withType(responseLines, response)),
          body: note.includes('body of the response is cut')
            ? { lost: 'a body is cut' }
            : responseBodyOf(response, responseLines, status, attachment, entry.startedDateTime !== undefined),
        },
      }),
    ...momentOf(entry, request),
    durationMs: durationOf(entry, request, response),
    ...(typeof entry.actor === 'string' && { actor: entry.actor }),
    ...(elsewhere !== undefined && { elsewhere }),
    ...(isOfWorker(entry, response) && { isOfWorker: true as const }),
    ...(sockets !== undefined && { socketMessages: Array.isArray(sockets) ? sockets.length : Number(sockets) || 0 }),
  };
}

/** HTTP/2 has the request line as headers such as `:method`: they are no headers of what was sent. */
function plain(lines: HeaderLines): HeaderLines {
  return lines.some(([name]) => name.startsWith(':')) ? lines.filter(([name]) => !name.startsWith(':')) : lines;
}

function statusOf({ status, statusCode, status_code }: Members, lines: HeaderLines): number | undefined {
  const told = Number(status ?? statusCode ?? status_code ?? headerIn(lines, ':status'));
  // 0, and with some less, is what recorders write where nothing came.
  return Number.isInteger(told) && told > 0 ? told : undefined;
}

/**
 * Where no header was kept, the type that the recorder took down of the body stands in for its header; that of JSON does where only some
 * were kept, for a recorder that guesses at types has no such guess.
 */
function withType(lines: HeaderLines, response: Members): HeaderLines {
  const { mimeType } = membersOf(response.content);
  const isTold = typeof mimeType === 'string' && mimeType.includes('/') && !mimeType.includes('x-unknown');
  const isLeftOut = headerIn(lines, 'content-type') === undefined && /^application\/json\b/i.test(`${mimeType}`);
  return isTold && (lines.length === 0 || isLeftOut) ? [...lines, ['Content-Type', mimeType]] : lines;
}

/** What browsers call a failure though it came whole: a refusal without a body. */
const refusedWithoutBody = 'net::ERR_HTTP_RESPONSE_CODE_FAILURE';

/** Whether the recorder saw the answer break off. */
function hasFailed({ error, ...entry }: Members, response: Members): boolean {
  const told = [response._error, response._failureText, response.error, error];
  const isTold = (words: unknown) =>
    typeof words === 'string' ? words !== '' && words !== refusedWithoutBody : Object.keys(membersOf(words)).length > 0;
  const status = response._charlesStatus ?? entry._charlesStatus;
  return told.some(isTold) || (typeof status === 'string' && status.toUpperCase() !== 'COMPLETE');
}

/** Why an answer is not what the server gave at that time, as far as the recorder says; `undefined` where it does not. */
function notOfTheServer(entry: Members, response: Members): string | undefined {
  if (entry._wasFulfilled === true) return 'a test answered in place of the server';
  const isCached =
    (typeof entry._fromCache === 'string' && entry._fromCache !== '') ||
    /^(?:memory|disk) cache$/i.test(textOf(entry._fetchType) ?? '') ||
    (membersOf(entry.cache).afterRequest !== undefined && response.bodySize === 0 && sizeOf(response) > 0);
  if (isCached) return 'a cache of the client answered';
  const source = textOf(response._serviceWorkerResponseSource) ?? 'network';
  return source === 'network' ? undefined : 'a service worker of the client answered';
}

function sizeOf(response: Members): number {
  return Number(membersOf(response.content).size) || 0;
}

/** Whether a service worker fetched it, whose own request may be recorded as well. */
function isOfWorker(entry: Members, response: Members): boolean {
  return (
    entry._fetchedViaServiceWorker === true ||
    response._fetchedViaServiceWorker === true ||
    entry._fetchType === 'Service Worker'
  );
}
