import { MAX_BODY_BYTES } from './body.js';
import { readLines } from './lines.js';
import type { Source } from './read.js';
import type { HeaderLines, Kept, Recorded } from './types.js';

type Members = Record<string, unknown>;

/** Both bodies of an exchange, escaped as JSON in a string at the worst. */
const maxLine = 4 * MAX_BODY_BYTES;

/** Reads JSON Lines: one exchange a line, as evidence in verdict.json, with an optional `startedAt` (ISO text or epoch ms). */
export async function* readJsonLines(source: Source): AsyncGenerator<Recorded> {
  const damaged: number[] = [];
  let tooLong = 0;
  let read = 0;
  for await (const { text, number, isLast, endsAt } of readLines(source.path, maxLine, source.progress)) {
    if (text === undefined) {
      tooLong += 1;
      continue;
    }
    const bare = number === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (bare.trim() === '') continue;
    const entry = parse(bare);
    if (entry !== undefined) {
      read += 1;
      yield recordedOf(entry, `line ${number} of ${source.name}`, source.index);
    } else if (isLast) source.tell(`it ends in mid-entry at byte ${endsAt}: the ${read} complete lines were read`);
    else damaged.push(number);
  }
  const where =
    damaged.length === 1 ? `line ${damaged[0]}` : `${damaged.length} lines, the first is line ${damaged[0]}`;
  if (damaged.length > 0) source.tell(`no exchange in JSON: ${where}`);
  if (tooLong > 0) source.tell(`longer than ${maxLine / 1024 / 1024} MiB and so left out: ${tooLong} lines`);
}

/** The exchange of a line; `undefined` where it holds none. */
function parse(line: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const { request } = membersOf(value);
    return typeof membersOf(request).url === 'string' ? membersOf(value) : undefined;
  } catch {
    return undefined;
  }
}

function recordedOf(entry: Members, place: string, source: number): Recorded {
  const request = membersOf(entry.request);
  const response = membersOf(entry.response);
  const note = typeof entry.note === 'string' ? entry.note : '';
  const startedAt = timeOf(entry.startedAt);
  const { status } = response;
  return {
    place,
    source,
    method: typeof request.method === 'string' ? request.method : 'GET',
    url: String(request.url),
    requestHeaders: linesOf(request.headers),
    requestBody: bodyOf(request, note.includes('body of the request is cut')),
    ...(typeof status === 'number' && {
      response: {
        status,
        headers: linesOf(response.headers),
        body: bodyOf(response, note.includes('body of the response is cut')),
      },
    }),
    ...(!Number.isNaN(startedAt) && { startedAt }),
    durationMs: typeof entry.durationMs === 'number' && entry.durationMs > 0 ? entry.durationMs : 0,
    ...(typeof entry.actor === 'string' && { actor: entry.actor }),
  };
}

function timeOf(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

/** A body as evidence keeps it: the JSON itself, or the text of what is none. */
function bodyOf(message: Members, isCut: boolean): Kept {
  const { body } = message;
  if (body === undefined) return { text: '' };
  if (typeof body !== 'string') return { text: JSON.stringify(body) };
  const isReference =
    /^\[the \d+ characters that stand in the /.test(body) || /… \[cut from \d+ characters\]$/.test(body);
  return isCut || isReference ? { lost: 'a body is cut' } : { text: body };
}

function linesOf(headers: unknown): HeaderLines {
  return Object.entries(membersOf(headers)).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}
