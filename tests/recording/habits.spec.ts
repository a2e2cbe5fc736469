/** Recorders write the same traffic in many ways: it is judged the same. */
import { gzipSync } from 'node:zlib';
import { expect, test } from '../test.js';
import { save } from './files.js';
import { answered, asked, type Entry, entriesOf, plain, told, toldPlain } from './session-of-all.js';
import { type Body, har } from './traffic.js';

const each = (change: (entry: Entry) => unknown) => () => {
  const entries = entriesOf();
  for (const entry of entries) change(entry);
  return har(entries as unknown as Body[]);
};
const withOthers = (others: (entry: Entry) => Body[]) => () => har(entriesOf().flatMap(others));
const lines = (write: (entry: Entry, at: number) => unknown, between = '\n') =>
  entriesOf()
    .map((entry, at) => JSON.stringify(write(entry, at)))
    .join(between);

const object = (headers: { name: string; value: string }[]) =>
  Object.fromEntries(headers.map(({ name, value }) => [name, value]));
const json = (text: string | undefined) => (text === undefined ? undefined : (JSON.parse(text) as unknown));

/** An exchange as evidence in verdict.json has it. */
const evidence = (entry: Entry) => ({
  request: {
    method: entry.request.method,
    url: entry.request.url,
    headers: object(entry.request.headers),
    body: json(asked(entry)),
  },
  response: { status: entry.response.status, headers: object(entry.response.headers), body: json(answered(entry)) },
  durationMs: entry.time,
  startedAt: entry.startedDateTime,
});

/** An exchange as scripts for mitmproxy dump the state of a flow. */
const flow = (body: (text: string) => string) => (entry: Entry) => {
  const url = new URL(entry.request.url);
  const at = Date.parse(entry.startedDateTime as string) / 1000;
  return {
    request: {
      method: entry.request.method,
      scheme: 'http',
      host: url.hostname,
      port: 80,
      path: `${url.pathname}${url.search}`,
      headers: entry.request.headers.map(({ name, value }) => [name, value]),
      content: body(asked(entry) ?? ''),
      timestamp_start: at,
      timestamp_end: at,
    },
    response: {
      status_code: entry.response.status,
      reason: 'OK',
      headers: entry.response.headers.map(({ name, value }) => [name, value]),
      content: body(answered(entry)),
      timestamp_end: at + 0.01,
    },
    error: null,
  };
};
const python = (text: string) =>
  Array.from(Buffer.from(text), (byte) =>
    byte < 0x80
      ? String.fromCharCode(byte).replace('\\', '\\\\').replace("'", "\\'")
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
const utf16 = (text: string, mark: string, isBig = false) => {
  const bytes = Buffer.from(mark + text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};
const setText = (entry: Entry, change: (text: string) => Body) => {
  const text = asked(entry);
  if (text !== undefined) entry.request.postData = { mimeType: 'application/json', ...change(text) };
  entry.response.content = {
    size: Buffer.byteLength(answered(entry)),
    mimeType: 'application/json',
    ...change(answered(entry)),
  };
};
const moved = ({ startedDateTime }: Entry, ms: number) =>
  new Date(Date.parse(String(startedDateTime)) + ms).toISOString();
const local = (time: unknown, zone: string) => String(time).replace('Z', zone);

const habits: Record<string, () => string | Buffer> = {
  'methods in lower case': each(({ request }) => (request.method = request.method.toLowerCase())),
  'the query in queryString alone': each(({ request }) => {
    const url = new URL(request.url);
    request.queryString = [...url.searchParams].map(([name, value]) => ({ name, value }));
    request.url = `${url.origin}${url.pathname}`;
  }),
  'the query in queryString alone, percent-encoded': each(({ request }) => {
    const url = new URL(request.url);
    request.queryString = [...url.searchParams].map(([name, value]) => ({ name, value: encodeURIComponent(value) }));
    request.url = `${url.origin}${url.pathname}`;
  }),
  'headers as an object': each((entry) => {
    entry.request = { ...entry.request, headers: object(entry.request.headers) as never };
    entry.response = { ...entry.response, headers: object(entry.response.headers) as never };
  }),
  'headers as an object of arrays': each((entry) => {
    const arrays = Object.entries(object(entry.response.headers)).map(([name, value]) => [name, [value]]);
    entry.response = { ...entry.response, headers: Object.fromEntries(arrays) as never };
  }),
  'headers as pairs': each((entry) => {
    entry.request.headers = entry.request.headers.map(({ name, value }) => [name, value]) as never;
    entry.response.headers = entry.response.headers.map(({ name, value }) => [name, value]) as never;
  }),
  'headers as names and values in turn': each(({ request, response }) => {
    request.headers = request.headers.flatMap(({ name, value }) => [name, value]) as never;
    response.headers = response.headers.flatMap(({ name, value }) => [name, value]) as never;
  }),
  'headers as text': each(({ request }) => {
    request.headers = request.headers.map(({ name, value }) => `${name}: ${value}`).join('\r\n') as never;
  }),
  'no headers of answers, the type in content.mimeType': each(({ response }) => (response.headers = [])),
  'the request line as headers of HTTP/2': each(({ request, response }) => {
    const { host, pathname, search } = new URL(request.url);
    const line = { ':method': request.method, ':authority': host, ':scheme': 'http', ':path': `${pathname}${search}` };
    request.headers.unshift(...Object.entries(line).map(([name, value]) => ({ name, value })));
    response.headers.unshift({ name: ':status', value: '200' });
    Object.assign(request, { url: undefined, method: undefined });
    response.status = undefined;
  }),
  'an address without its host': each(({ request }) => {
    const { host, pathname, search } = new URL(request.url);
    request.headers.push({ name: 'Host', value: host });
    request.url = `${pathname}${search}`;
  }),
  'a byte order mark': () => `\uFEFF${har(entriesOf() as never)}`,
  'UTF-16, little end first': () => utf16(har(entriesOf() as never), '\uFEFF'),
  'UTF-16, big end first': () => utf16(har(entriesOf() as never), '\uFEFF', true),
  'UTF-16 without its mark': () => utf16(har(entriesOf() as never), ''),
  'bodies in base64, and nothing said of it': each((entry) =>
    setText(entry, (text) => ({ text: Buffer.from(text).toString('base64') })),
  ),
  'bodies as they are, and base64 said of them': each((entry) =>
    setText(entry, (text) => ({ text, encoding: 'base64' })),
  ),
  'every header of answers twice': each(({ response }) => response.headers.push(...response.headers)),
  'bodies in base64': each((entry) =>
    setText(entry, (text) => ({ text: Buffer.from(text).toString('base64'), encoding: 'base64' })),
  ),
  'bodies as JSON, not as text': each((entry) => setText(entry, (text) => ({ text: json(text) }))),
  'answers left compressed': each((entry) => {
    const packed = gzipSync(answered(entry)).toString('base64');
    entry.response.headers.push({ name: 'content-encoding', value: 'gzip' });
    entry.response.content = { size: 7, mimeType: 'application/json', text: packed, encoding: 'base64' };
  }),
  'the size of what was compressed': each(({ response }) => {
    response.headers.push({ name: 'Content-Encoding', value: 'gzip' });
    Object.assign(response.content, { size: 9999 });
  }),
  'no sizes': each(({ request, response }) => {
    request.bodySize = -1;
    response.bodySize = -1;
    response.content.size = -1;
  }),
  'text read as Latin-1': each(({ response }) => {
    const text = Buffer.from(String(response.content.text)).toString('latin1');
    response.content = { ...response.content, size: text.length, text };
  }),
  'text read as Windows-1252, without its size': each(({ response }) => {
    const text = new TextDecoder('windows-1252').decode(Buffer.from(String(response.content.text)));
    response.content = { mimeType: 'application/json', text };
  }),
  'bodies of requests as one parameter': each((entry) => {
    const [name = '', ...value] = (asked(entry) ?? '').split('=');
    if (name === '') return;
    entry.request.postData = { mimeType: 'application/json', params: [{ name, value: value.join('=') }] };
  }),
  'bodies in files beside the recording': each((entry) => {
    const name = `${plain.length}-${String(entry.startedDateTime).replace(/\W/g, '')}.json`;
    save(name, answered(entry));
    entry.response.content = { size: -1, mimeType: 'application/json', _file: name };
  }),
  'numbers as text': each((entry) => {
    entry.response.status = String(entry.response.status);
    entry.time = String(entry.time);
  }),
  'entries in reverse order': () => har(entriesOf().reverse() as never),
  'times with an offset': each((entry) => {
    const at = new Date(Date.parse(String(entry.startedDateTime)) + 19_800_000).toISOString();
    entry.startedDateTime = local(at, '+05:30');
  }),
  'times of microseconds with an offset': each((entry) => {
    entry.startedDateTime = local(entry.startedDateTime, '123+00:00');
  }),
  'times in milliseconds': each((entry) => (entry.startedDateTime = Date.parse(String(entry.startedDateTime)))),
  'times in seconds': each((entry) => (entry.startedDateTime = Date.parse(String(entry.startedDateTime)) / 1000)),
  'times without a zone beside Date headers': each((entry) => {
    const at = Date.parse(String(entry.startedDateTime));
    entry.response.headers.push({ name: 'Date', value: new Date(at).toUTCString() });
    entry.startedDateTime = local(new Date(at + 7_200_000).toISOString(), '');
  }),
  'members of the recorder before the log': () => `{"comment": "x", "log":${har(entriesOf() as never).slice(7)}`,
  'entries without a log': () => JSON.stringify({ entries: entriesOf() }),
  'members and nulls of recorders': each((entry) => {
    Object.assign(entry, { _initiator: { stack: [{}] }, _priority: 'High', _error: null, connection: null });
    Object.assign(entry.response, { _error: null, _failureText: '', _transferSize: 0, redirectURL: null });
  }),
  'pages, scripts, questions ahead and sockets between': withOthers((entry) => [
    { ...entry, request: { ...entry.request, method: 'OPTIONS' }, response: { status: 204, headers: [], content: {} } },
    entry as never,
    { request: { method: 'GET', url: 'https://cdn.test/a.js' }, response: { status: 200, content: { text: 'x' } } },
    {
      request: { method: 'GET', url: 'wss://chat.test/live', headers: [] },
      response: { status: 101, headers: [], content: {} },
      _webSocketMessages: [{ type: 'send', data: '{"statusCode":0}' }],
    },
  ]),
  'answers of caches and of tests between': withOthers((entry) => [
    entry as never,
    { ...entry, _fromCache: 'disk', response: { ...entry.response, content: { text: '{}' } } },
    { ...entry, _fetchType: 'Memory Cache', response: { ...entry.response, content: { text: '{}' } } },
    { ...entry, _wasFulfilled: true, response: { ...entry.response, content: { text: '{}' } } },
    {
      ...entry,
      response: { ...entry.response, _serviceWorkerResponseSource: 'cache-storage', content: { text: '1' } },
    },
    {
      ...entry,
      cache: { afterRequest: { fetchCount: 2 } },
      response: { ...entry.response, bodySize: 0, content: { size: 9, text: '1' } },
    },
  ]),
  'every entry twice': withOthers((entry) => [entry as never, entry as never]),
  'what a service worker fetched, beside the request of the page': withOthers((entry) => [
    { ...entry, response: { ...entry.response, _fetchedViaServiceWorker: true } },
    { ...entry, startedDateTime: moved(entry, 2), time: 4 },
  ]),
  'redirects that the client followed, and answers that nothing has changed': withOthers((entry) => [
    {
      ...entry,
      startedDateTime: moved(entry, -40),
      response: { status: 307, headers: [], content: {}, redirectURL: '/' },
    },
    entry as never,
    { ...entry, startedDateTime: moved(entry, 40), response: { status: 304, headers: [], content: {} } },
  ]),
  'JSON Lines': () => lines(evidence),
  'JSON Lines of Windows': () => lines(evidence, '\r\n'),
  'JSON Lines in UTF-16, as PowerShell writes': () => utf16(lines(evidence, '\r\n'), '\uFEFF'),
  'JSON Lines with commas behind': () => `${lines(evidence, ',\n')},\n`,
  'a JSON array, one exchange a line': () => `[\n${lines(evidence, ',\n')}\n]`,
  'a JSON array in one line': () => `[${lines(evidence, ',')}]`,
  'JSON over several lines': () =>
    entriesOf()
      .map((entry) => JSON.stringify(evidence(entry), null, 2))
      .join('\n'),
  'entries of a HAR, one a line': () => lines((entry) => entry),
  'flows with content as text': () => lines(flow((text) => text)),
  'flows with content in base64': () => lines(flow((text) => Buffer.from(text).toString('base64'))),
  'flows with content as Python prints bytes': () => lines(flow(python)),
};

test('the plain recording shows something missed', async () => {
  const { count, judged } = await toldPlain();
  expect(count).toBe(plain.length);
  expect(judged.filter(([, status]) => status === 'fail').map(([id]) => id)).toEqual(['OZ-ADD-3', 'GE-COM-2']);
});

for (const [habit, write] of Object.entries(habits)) {
  test(`${habit}: judged the same`, async () => {
    expect(await told(write())).toEqual(await toldPlain());
  });
}
