import { cutMark } from './assemble.js';
import type { Attachments } from './attachments.js';
import { decompressIfLeft, isJson, tooLong } from './body.js';
import { headerIn } from './entry-headers.js';
import { type Members, membersOf } from './members.js';
import { repaired } from './mojibake.js';
import { pythonBytes } from './python.js';
import type { HeaderLines, Kept } from './types.js';

const notRecorded: Kept = { lost: 'a body was not recorded' };
const isCut: Kept = { lost: 'a body is cut' };
const none: Kept = { text: '' };

/** The body of a request. */
export function requestBodyOf(request: Members, lines: HeaderLines, attachment: Attachments): Kept {
  const { postData, bodySize } = request;
  if (postData === undefined || postData === null) {
    const bare = bareBodyOf(request, lines);
    return bare === undefined ? whereNone(lines, bodySize) : bare;
  }
  const data = typeof postData === 'string' ? { text: postData } : membersOf(postData);
  if (typeof data._file === 'string') return attachment(data._file);
  const kept = writtenOf(data, lines);
  if (kept !== undefined && kept !== none) return kept;
  const params = Array.isArray(data.params) ? data.params.map(membersOf) : [];
  return params.length === 0 ? whereNone(lines, bodySize) : ofParams(params, `${data.mimeType}`);
}

/** The body of an answer. `isHar`: an answer without a body has a `content` that says so. */
export function responseBodyOf(
  response: Members,
  lines: HeaderLines,
  status: number,
  attachment: Attachments,
  isHar: boolean,
): Kept {
  const { content, bodySize } = response;
  if (typeof content !== 'object' || content === null) {
    const bare = bareBodyOf(response, lines);
    if (bare !== undefined) return bare;
    return isHar || 'body' in response || 'content' in response || 'text' in response
      ? notRecorded
      : whereNone(lines, bodySize);
  }
  const { _file: file, size, comment, ...data } = membersOf(content);
  if (typeof file === 'string') return attachment(file);
  const kept = writtenOf(data, lines, size);
  if (kept !== undefined && kept !== none) return kept;
  if (status === 204 || headerIn(lines, 'content-length')?.trim() === '0') return none;
  if (saysLength(lines) || typeof comment === 'string') return notRecorded;
  if (kept === none) return size === undefined || size === 0 ? none : notRecorded;
  // A recorder that keeps no bodies may write their size as 0 too: only what it says of the wire as well is an empty body.
  return data.text === undefined && size === 0 && bodySize === 0 ? none : notRecorded;
}

/** A body where none was written down: empty, unless something says that there was one. */
function whereNone(lines: HeaderLines, size: unknown): Kept {
  const isLong = Number(size) > 0 || Number(headerIn(lines, 'content-length')) > 0;
  return isLong ? notRecorded : none;
}

function saysLength(lines: HeaderLines): boolean {
  return Number(headerIn(lines, 'content-length')) > 0 || headerIn(lines, 'transfer-encoding') !== undefined;
}

/** A body with what a HAR says of it; `undefined` where there is no text. */
function writtenOf({ text, encoding }: Members, lines: HeaderLines, size?: unknown): Kept | undefined {
  if (membersOf(text).type === 'longString') return isCut;
  if (typeof text === 'object' && text !== null) return { text: JSON.stringify(text) };
  if (typeof text !== 'string') return undefined;
  if (text.endsWith(cutMark)) return { lost: tooLong };
  if (text === '') return none;
  const packed = headerIn(lines, 'content-encoding');
  // Some say base64 of what is none, and some say nothing of what is.
  if ((/^base64$/i.test(String(encoding)) && !/^\s*[{[]/.test(text)) || isUnsaidBase64(text))
    return decompressIfLeft(Buffer.from(text, 'base64'), packed);
  const told = typeof size === 'number' && size > 0 ? size : undefined;
  const own = repaired(text, told);
  if (isJson(own)) return { text: own };
  if (packed !== undefined && own.includes('\uFFFD'))
    return { lost: 'a body was left compressed and not kept byte for byte' };
  if (packed === undefined && told !== undefined && Buffer.byteLength(own) < told) return isCut;
  return told === undefined ? wholeOf(own, lines) : { text: own };
}

/** Whether a text is base64 of JSON or of the fields of a form. */
function isUnsaidBase64(text: string): boolean {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) return false;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return isJson(decoded) || /^[\w.%~*[\]+-]+=[!-~]*$/.test(decoded);
}

/** A text, unless it ends in the midst of its JSON and nothing says that this was all: then the recorder may have cut it. */
function wholeOf(text: string, lines: HeaderLines): Kept {
  const told = Number(headerIn(lines, 'content-length') ?? Number.POSITIVE_INFINITY);
  return told > Buffer.byteLength(text) && breaksOff(text) ? isCut : { text };
}

/** Whether a text is the beginning of JSON: a bracket or a string is open at its end. */
function breaksOff(text: string): boolean {
  if (!/^\s*[{[]/.test(text) || isJson(text)) return false;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (mark === '"') isText = !isText;
    else if (isText && mark === '\\') at += 1;
    else if (!isText && '{['.includes(mark)) depth += 1;
    else if (!isText && '}]'.includes(mark)) depth -= 1;
  }
  return isText || depth > 0;
}

/** A body that stands by itself: the JSON itself or the text, as evidence keeps it, or as dumpers do; `undefined` where none does. */
function bareBodyOf(message: Members, lines: HeaderLines): Kept | undefined {
  const { body, text, content } = message;
  if (typeof content === 'string') return dumpedOf(content, lines);
  const own = body ?? text;
  if (own === undefined || own === null) return undefined;
  if (typeof own !== 'string') return { text: JSON.stringify(own) };
  if (own.endsWith(cutMark)) return { lost: tooLong };
  const isReference =
    /^\[the \d+ characters that stand in the /.test(own) || /… \[cut from \d+ characters\]$/.test(own);
  return isReference ? isCut : wholeOf(repaired(own, undefined), lines);
}

/** A body as dumpers of mitmproxy write it: in base64, or as Python prints bytes. */
function dumpedOf(content: string, lines: HeaderLines): Kept {
  if (content.endsWith(cutMark)) return { lost: tooLong };
  const packed = headerIn(lines, 'content-encoding');
  const printed = pythonBytes(content);
  if (printed !== undefined && (!isJson(content) || isJson(printed.toString())))
    return decompressIfLeft(printed, packed);
  const isBase64 = content !== '' && content.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(content);
  return isBase64 && !isJson(content) ? decompressIfLeft(Buffer.from(content, 'base64'), packed) : { text: content };
}

/** A body that the recorder took apart. Of JSON that is not possible without loss, unless it is kept whole as one name. */
function ofParams(params: readonly Members[], mimeType: string): Kept {
  const pairs = params.map(({ name, value }): [string, string] => [String(name ?? ''), String(value ?? '')]);
  const whole = pairs.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
  if (isJson(whole)) return { text: whole };
  if (/form-urlencoded/i.test(mimeType) && !isUnclear(pairs.flat().join('')))
    return { text: new URLSearchParams(pairs).toString() };
  return { lost: 'a body was taken apart into parameters' };
}

/** Whether names and values may be as they went over the wire, or decoded: some recorders do the one, some the other, some by half. */
function isUnclear(text: string): boolean {
  const isPlain = /^[\w.~!'()*+%-]*$/.test(text);
  return (isPlain && /%[\da-f]{2}/i.test(text)) || (text.includes('+') && !text.includes(' '));
}
