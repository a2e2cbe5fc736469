/** One exchange as real recorders write it: what each of them makes of the plain entry, in the shape of its own. */
import { createHash } from 'node:crypto';
import { save } from './files.js';
import { answered, asked, type Entry } from './session-of-all.js';
import type { Body } from './traffic.js';

type Lines = { name: string; value: string }[];

/** A HAR of these entries. */
export const log = (creator: Body, entries: readonly Body[], more: Body = {}) =>
  JSON.stringify({ log: { version: '1.2', creator, ...more, entries } });
const lowerCase = (lines: Lines) => lines.map(({ name, value }) => ({ name: name.toLowerCase(), value }));
const queryOf = ({ request }: Entry) =>
  [...new URL(request.url).searchParams].map(([name, value]) => ({ name, value: encodeURIComponent(value) }));
const at = ({ startedDateTime }: Entry) => Date.parse(String(startedDateTime));
const bytesOf = (text: string) => Buffer.byteLength(text);
/** A request line as HTTP/2 has it. */
const pseudo = ({ request }: Entry): Lines => {
  const { host, pathname, search, protocol } = new URL(request.url);
  return Object.entries({
    ':authority': host,
    ':method': request.method,
    ':path': `${pathname}${search}`,
    ':scheme': protocol.slice(0, -1),
  }).map(([name, value]) => ({ name, value }));
};

/** The developer tools of Chrome, with what they show of a page beside its calls. */
export const chrome = (entry: Entry): Body[] => {
  const text = asked(entry);
  const common = {
    _connectionId: '443',
    _initiator: { type: 'script', stack: { callFrames: [{ functionName: 'send', url: 'https://app.test/a.js' }] } },
    _priority: 'High',
    _resourceType: 'fetch',
    cache: {},
    connection: '443',
    pageref: 'page_1',
    serverIPAddress: '192.0.2.1',
    startedDateTime: entry.startedDateTime,
    time: 10,
    timings: { blocked: 2, dns: -1, ssl: -1, connect: -1, send: 1, wait: 6, receive: 1, _blocked_queueing: 1 },
  };
  const request = {
    method: entry.request.method,
    url: entry.request.url,
    httpVersion: 'http/2.0',
    headers: [...pseudo(entry), ...lowerCase(entry.request.headers)],
    queryString: queryOf(entry),
    cookies: [],
    headersSize: -1,
    bodySize: text === undefined ? 0 : bytesOf(text),
    ...(text !== undefined && { postData: { mimeType: 'application/json', text } }),
  };
  const response = {
    status: entry.response.status,
    statusText: '',
    httpVersion: 'http/2.0',
    headers: lowerCase(entry.response.headers),
    cookies: [],
    content: { size: bytesOf(answered(entry)), mimeType: 'application/json', text: answered(entry) },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    _transferSize: 330,
    _error: null,
    _fetchedViaServiceWorker: false,
  };
  const nothing = { status: 0, statusText: '', headers: [], cookies: [], content: { size: 0, mimeType: 'x-unknown' } };
  return [
    {
      ...common,
      _resourceType: 'preflight',
      request: { ...request, method: 'OPTIONS', postData: undefined, bodySize: 0 },
      response: { ...response, status: 204, content: { size: 0, mimeType: 'x-unknown' } },
    },
    { ...common, request, response },
    {
      ...common,
      _resourceType: 'websocket',
      _webSocketMessages: [{ type: 'receive', time: 1, opcode: 1, data: '{"statusCode":0}' }],
      request: { ...request, url: 'wss://chat.test/live', method: 'GET', postData: undefined },
      response: { ...nothing, status: 101 },
    },
    {
      ...common,
      _resourceType: 'image',
      request: { ...request, url: 'https://app.test/a.png', method: 'GET', postData: undefined },
      response: { ...nothing, _error: 'net::ERR_BLOCKED_BY_CLIENT' },
    },
  ];
};

/** The network monitor of Firefox: local times, sizes of whole messages, members without a value left out. */
export const firefox = (entry: Entry): Body => ({
  pageref: 'page_1',
  startedDateTime: new Date(at(entry) + 3_600_000).toISOString().replace('Z', '+01:00'),
  request: {
    ...entry.request,
    bodySize: bytesOf(asked(entry) ?? ''),
    httpVersion: 'HTTP/1.1',
    queryString: queryOf(entry),
    headersSize: 400,
    ...(asked(entry) !== undefined && {
      postData: { mimeType: 'application/json', params: [], text: asked(entry) },
    }),
  },
  response: {
    ...entry.response,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    content: { mimeType: 'application/json', size: bytesOf(answered(entry)), text: answered(entry) },
    redirectURL: '',
    headersSize: 291,
    bodySize: 291 + bytesOf(answered(entry)),
  },
  cache: {},
  timings: { blocked: 1, dns: 1, connect: 0, ssl: 0, send: 0, wait: 7, receive: 1 },
  time: 10,
  _securityState: 'insecure',
  serverIPAddress: '192.0.2.1',
  connection: '80',
});

/** The HAR of mitmproxy: the sizes of what went over the wire beside the text of what it was, phases that are null. */
export const mitmproxy = (entry: Entry): Body => ({
  startedDateTime: String(entry.startedDateTime).replace('Z', '001+00:00'),
  time: 10,
  request: {
    method: entry.request.method,
    url: entry.request.url,
    httpVersion: 'HTTP/2.0',
    cookies: [],
    headers: entry.request.headers,
    queryString: queryOf(entry),
    headersSize: 300,
    bodySize: bytesOf(asked(entry) ?? ''),
    ...(entry.request.method === 'POST' && {
      postData: { mimeType: 'application/json', text: asked(entry) ?? '', params: [] },
    }),
  },
  response: {
    status: entry.response.status,
    statusText: '',
    httpVersion: 'HTTP/2.0',
    cookies: [],
    headers: [...entry.response.headers, { name: 'Content-Encoding', value: 'gzip' }],
    content: { size: 9999, compression: -7, mimeType: 'application/json', text: answered(entry) },
    redirectURL: '',
    headersSize: 200,
    bodySize: 9999,
  },
  cache: {},
  timings: { connect: null, ssl: null, send: 1, receive: 1, wait: 8 },
  serverIPAddress: '192.0.2.1',
});

/** The session of Charles as HAR: its status within the answer, bodies in base64, no type, the request line of HTTP/2 ahead. */
export const charles = (entry: Entry): Body => ({
  startedDateTime: new Date(at(entry) + 28_800_000).toISOString().replace('Z', '+08:00'),
  time: 10,
  request: {
    method: entry.request.method,
    url: entry.request.url,
    httpVersion: 'HTTP/2.0',
    cookies: [],
    headers: [...pseudo(entry), ...lowerCase(entry.request.headers)],
    queryString: queryOf(entry),
    ...(asked(entry) !== undefined && { postData: { mimeType: 'application/json', text: asked(entry) } }),
    headersSize: 14,
    bodySize: bytesOf(asked(entry) ?? ''),
  },
  response: {
    _charlesStatus: 'COMPLETE',
    status: entry.response.status,
    statusText: null,
    httpVersion: 'HTTP/2.0',
    cookies: [],
    headers: [{ name: ':status', value: String(entry.response.status) }, ...lowerCase(entry.response.headers)],
    content: {
      size: bytesOf(answered(entry)),
      mimeType: null,
      text: Buffer.from(answered(entry)).toString('base64'),
      encoding: 'base64',
    },
    redirectURL: null,
    headersSize: 163,
    bodySize: bytesOf(answered(entry)),
  },
  serverIPAddress: '192.0.2.1',
  cache: {},
  timings: { dns: -1, connect: -1, ssl: -1, send: 1, wait: 9, receive: 0 },
});

/** HTTP Toolkit: headers of one name joined, phases that it does not know, no time where it saw no end. */
export const toolkit = (entry: Entry): Body => ({
  pageref: 'Chrome',
  startedDateTime: String(entry.startedDateTime).replace('Z', '+00:00'),
  time: -1,
  request: {
    ...entry.request,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    queryString: queryOf(entry),
    postData: asked(entry) === undefined ? undefined : { mimeType: 'application/json', text: asked(entry), params: [] },
    headersSize: -1,
    bodySize: bytesOf(asked(entry) ?? ''),
  },
  response: {
    ...entry.response,
    content: { mimeType: 'application/json', size: bytesOf(answered(entry)), text: answered(entry) },
    redirectURL: '',
    headersSize: -1,
    bodySize: 30,
  },
  cache: {},
  timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 2, wait: 7, receive: 1 },
});

/** `recordHar` of Playwright with its bodies attached: each lies in a file that bears its digest. */
export const playwright = (entry: Entry): Body => {
  const attach = (text: string) => {
    const name = `${createHash('sha1').update(text).digest('hex')}.json`;
    save(name, text);
    return { _file: name };
  };
  const text = asked(entry);
  return {
    startedDateTime: entry.startedDateTime,
    time: 10,
    request: {
      ...entry.request,
      queryString: queryOf(entry),
      headersSize: -1,
      bodySize: -1,
      ...(text !== undefined && {
        postData: { mimeType: 'application/json', text: '', params: [], ...attach(text) },
      }),
    },
    response: {
      ...entry.response,
      content: { size: bytesOf(answered(entry)), mimeType: 'application/json', ...attach(answered(entry)) },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _transferSize: -1,
    },
    cache: {},
    timings: { dns: -1, connect: -1, ssl: -1, send: 0, wait: 9, receive: 1 },
    _frameref: 'frame@1',
    _monotonicTime: 1,
    _resourceType: 'fetch',
  };
};
