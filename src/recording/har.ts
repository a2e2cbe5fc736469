import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { jsonParser } from 'stream-json/core/parser.js';
import { createAssembler, cutMark } from './assemble.js';
import { decompressIfLeft, MAX_BODY_BYTES, tooLong } from './body.js';
import type { Source } from './read.js';
import type { HeaderLines, Kept, Recorded } from './types.js';

type Members = Record<string, unknown>;

/** Base64 takes four characters for three bytes. */
const bounds = { string: Math.ceil((MAX_BODY_BYTES * 4) / 3) + 1024, entry: 4 * MAX_BODY_BYTES };

/** Reads a HAR of any size entry by entry. What is wrong with the file is told through the source, and ends the reading. */
export async function* readHar(source: Source): AsyncGenerator<Recorded> {
  // Strings come in pieces, so that no body is held whole before its length is known.
  const parse = jsonParser({ packStrings: false, streamKeys: false, streamNumbers: false });
  let complete: Recorded[] = [];
  let count = 0;
  const assembler = createAssembler(bounds, (entry) => {
    count += 1;
    complete.push(recordedOf(entry, `entry ${count} of ${source.name}`, source.index));
  });
  const decoder = new StringDecoder('utf8');
  let bytes = 0;
  let isFirst = true;
  for await (const chunk of createReadStream(source.path) as AsyncIterable<Buffer>) {
    const text = decoder.write(chunk);
    const start = isFirst && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    isFirst = false;
    let damaged = false;
    if (!assembler.isComplete()) {
      try {
        const tokens = parse(start === 0 ? text : text.slice(start));
        if (typeof tokens === 'object' && tokens !== null && 'values' in tokens) {
          for (const token of tokens.values) assembler.push(token);
        }
      } catch {
        damaged = true;
      }
    }
    yield* complete;
    complete = [];
    if (damaged) {
      source.tell(
        `it is no JSON between the bytes ${bytes} and ${bytes + chunk.length}: the ${count} entries before were read`,
      );
      return;
    }
    bytes += chunk.length;
    source.progress(chunk.length);
  }
  if (!assembler.isComplete())
    source.tell(`it ends in mid-entry at byte ${bytes}: the ${count} complete entries were read`);
  else if (!assembler.hasEntries()) source.tell('it holds no log.entries: it is no HAR');
}

function recordedOf(entry: Members, place: string, source: number): Recorded {
  const request = membersOf(entry.request);
  const response = membersOf(entry.response);
  const status = typeof response.status === 'number' ? response.status : 0;
  const startedAt = typeof entry.startedDateTime === 'string' ? Date.parse(entry.startedDateTime) : Number.NaN;
  const headers = linesOf(response.headers);
  return {
    place,
    source,
    method: textOf(request.method) || 'GET',
    url: textOf(request.url),
    requestHeaders: linesOf(request.headers),
    requestBody: requestBodyOf(request),
    ...(status > 0 && { response: { status, headers, body: responseBodyOf(response, headers, status) } }),
    ...(!Number.isNaN(startedAt) && { startedAt }),
    durationMs: typeof entry.time === 'number' && entry.time > 0 ? entry.time : 0,
  };
}

function requestBodyOf({ postData, bodySize }: Members): Kept {
  const { text, encoding, _file: file } = membersOf(postData);
  if (typeof text === 'string') {
    if (text.endsWith(cutMark)) return { lost: tooLong };
    return encoding === 'base64' ? { bytes: Buffer.from(text, 'base64') } : { text };
  }
  if (file !== undefined) return { lost: 'a body lies in another file' };
  return typeof bodySize === 'number' && bodySize > 0 ? { lost: 'a body was not recorded' } : { text: '' };
}

function responseBodyOf({ content, bodySize }: Members, headers: HeaderLines, status: number): Kept {
  const { text, encoding, size, _file: file } = membersOf(content);
  const [known, wire] = [typeof size === 'number' ? size : 0, typeof bodySize === 'number' ? bodySize : 0];
  if (typeof text !== 'string') {
    if (file !== undefined) return { lost: 'a body lies in another file' };
    const isEmpty = (known <= 0 && wire <= 0) || status === 204;
    return isEmpty ? { text: '' } : { lost: 'a body was not recorded' };
  }
  if (text.endsWith(cutMark)) return { lost: tooLong };
  const packed = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  if (encoding === 'base64') return decompressIfLeft(Buffer.from(text, 'base64'), packed);
  if (isJson(text)) return { text };
  if (packed !== undefined && text.includes('\uFFFD'))
    return { lost: 'a body was left compressed and not kept byte for byte' };
  if (Buffer.byteLength(text) < known && packed === undefined) return { lost: 'a body is cut' };
  return { text };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function linesOf(headers: unknown): HeaderLines {
  return (Array.isArray(headers) ? headers : []).flatMap((header): [string, string][] => {
    const { name, value } = membersOf(header);
    return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
  });
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
