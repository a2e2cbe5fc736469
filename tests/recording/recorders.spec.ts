/** What real recorders write, in the shape of their own: the session is judged the same, what stands beside it is told. */
import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { checked, save } from './files.js';
import { answered, asked, type Entry, entriesOf, told, toldPlain } from './session-of-all.js';
import type { Body } from './traffic.js';

type Lines = { name: string; value: string }[];

const log = (creator: Body, entries: readonly Body[], more: Body = {}) =>
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
const chrome = (entry: Entry): Body[] => {
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
const firefox = (entry: Entry): Body => ({
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
const mitmproxy = (entry: Entry): Body => ({
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
const charles = (entry: Entry): Body => ({
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
const toolkit = (entry: Entry): Body => ({
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
const playwright = (entry: Entry): Body => {
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

const pages = [{ startedDateTime: '2024-03-08T14:00:00.000Z', id: 'page_1', title: 'Chat', pageTimings: {} }];

for (const [recorder, write] of Object.entries({
  'the developer tools of Chrome': () =>
    log({ name: 'WebInspector', version: '537.36' }, entriesOf().flatMap(chrome), { pages }),
  'the network monitor of Firefox': () =>
    log({ name: 'Firefox', version: '145.0' }, entriesOf().map(firefox), {
      browser: { name: 'Firefox', version: '145.0' },
      pages,
    }),
  mitmproxy: () =>
    log({ name: 'mitmproxy', version: '12.1.2', comment: '' }, entriesOf().map(mitmproxy), { pages: [] }),
  Charles: () => log({ name: 'Charles Proxy', version: '5.0.3' }, entriesOf().map(charles)),
  'HTTP Toolkit': () => log({ name: 'HTTP Toolkit', version: '1.20.0' }, entriesOf().map(toolkit), { pages }),
  'recordHar of Playwright': () => log({ name: 'Playwright', version: '1.65.1' }, entriesOf().map(playwright)),
})) {
  test(`${recorder}: the session is judged as in a plain recording`, async () => {
    const whole = write();
    expect(await told(whole)).toEqual(await toldPlain());
    // With its own indents, as most of them write.
    expect(await told(JSON.stringify(JSON.parse(whole), null, 2))).toEqual(await toldPlain());
  });
}

const first = () => entriesOf()[0] as Entry;
const without = (text: string, ...names: string[]) =>
  JSON.stringify(JSON.parse(text), (_, value) =>
    Array.isArray(value) ? value.filter((item) => !names.includes(String(item?.name).toLowerCase())) : value,
  );

test('an answer that broke off, by what each recorder says of it, is not judged', async () => {
  const broken = (entry: Body, more: Body, ofAnswer: Body) => ({
    ...entry,
    ...more,
    response: { ...(entry.response as Body), ...ofAnswer },
  });
  const none = { status: 0, statusText: '', headers: [], content: {}, headersSize: -1, bodySize: -1 };
  for (const entry of [
    broken(charles(first()), {}, { _charlesStatus: 'EXCEPTION' }),
    broken(charles(first()), {}, { _charlesStatus: 'FAILED', content: { size: 0, mimeType: null } }),
    broken(mitmproxy(first()), {}, { ...none, _error: 'Client disconnected.' }),
    broken(mitmproxy(first()), {}, { ...none, _error: null }),
    broken(toolkit(first()), {}, { ...none, content: { size: 0, mimeType: 'application/x-unknown' } }),
    broken(playwright(first()), { _wasAborted: true }, { ...none, status: -1, _failureText: 'net::ERR_FAILED' }),
    broken(
      chrome(first())[1] as Body,
      {},
      { _error: 'net::ERR_ABORTED', content: { size: 0, mimeType: 'text/plain' } },
    ),
    broken(firefox(first()), {}, { ...none, content: { mimeType: '', size: 0 } }),
  ]) {
    const { missed, traffic } = await checked('broken.har', log({ name: 'x' }, [entry]));
    expect(missed).toEqual([]);
    expect(traffic).toMatchObject({ judged: 0, skipped: { 'no complete answer came': 1 } });
  }
});

test('a refusal without a body that Chrome calls a failure did come', async () => {
  const entry = chrome(first())[1] as { response: Body };
  Object.assign(entry.response, {
    status: 500,
    content: { size: 0, mimeType: 'x-unknown' },
    bodySize: 0,
    _error: 'net::ERR_HTTP_RESPONSE_CODE_FAILURE',
  });
  const spoke = chrome(entriesOf()[1] as Entry)[1] as Body;
  const { missed, traffic } = await checked('a.har', log({ name: 'WebInspector' }, [entry, spoke]));
  expect(traffic).toMatchObject({ judged: 2, skipped: {} });
  expect(missed).toContain('OZ-COM-13');
});

test('a recording that Chrome saved without sensitive headers blames nobody for them', async () => {
  const whole = log({ name: 'WebInspector', version: '537.36' }, entriesOf().flatMap(chrome));
  const { missed, traffic } = await checked(
    'a.har',
    without(whole, 'authorization', 'cookie', 'set-cookie', 'ozeki-signature', 'apikey'),
  );
  const { judged } = await toldPlain();
  expect(missed).toEqual(judged.filter(([, status]) => status === 'fail').map(([id]) => id));
  expect(traffic.notes).toContain(
    'access was not judged by 4 requests without authorization: the recording may have left that out',
  );
});
