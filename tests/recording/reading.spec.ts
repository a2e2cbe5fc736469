import { brotliCompressSync, deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { apis } from '../../apis/index.js';
import { examine, type Recorded } from '../../src/recording/index.js';
import { createRedactor, toEvidence } from '../../src/secrets/index.js';
import { expect, test } from '../test.js';
import { bodyOf, read } from './files.js';
import { add, type Body, genesys, gzipped, har, harEntry, judged, message } from './traffic.js';

const sent = add(message('first', 1), 1);
const answer = bodyOf(sent.response?.body) as string;

test('a HAR gives its entries, whatever else stands in it', async () => {
  const odd = {
    ...harEntry(sent),
    _initiator: { stack: [{ __proto__: 1, deep: [[[{ a: 'b' }]]] }] },
    _webSocketMessages: [{ data: 'x' }],
  };
  const { entries, problems } = await read('a.har', `\uFEFF${har([odd, harEntry(genesys({ action: 'complete' }))])}`);
  expect(problems).toEqual([]);
  expect(entries).toHaveLength(2);
  expect(entries[0]).toEqual({ ...sent, place: 'entry 1 of a.har', socketMessages: 1 });
  expect(entries[1]?.place).toBe('entry 2 of a.har');
});

test('strings of a HAR come back as they were, however they are escaped and wherever a piece of the file ends', async () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(texts, fc.nat(70_000), async (bodies, padding) => {
      const clean = bodies.map((text) => Buffer.from(text).toString());
      const entries = clean.map((text) => harEntry(sent, { text, size: 0 }));
      const file = har([harEntry(sent, { text: ' '.repeat(padding), size: 0 }), ...entries]);
      const { entries: found } = await read('strings.har', file);
      expect(found.slice(1).map(({ response }) => bodyOf(response?.body))).toEqual(clean);
    }),
    { numRuns: 30 },
  );
});

test('bodies in base64, and compressed ones left so, are read', async () => {
  const packed = (encoding: string, bytes: Buffer) => {
    const entry = harEntry(sent, { text: bytes.toString('base64'), encoding: 'base64' });
    (entry.response as { headers: Body[] }).headers.push({ name: 'content-encoding', value: encoding });
    return entry;
  };
  const { entries } = await read(
    'bodies.har',
    har([
      harEntry(sent, { text: Buffer.from(answer).toString('base64'), encoding: 'base64' }),
      packed('gzip', Buffer.from(gzipped(answer).text as string, 'base64')),
      packed('br', brotliCompressSync(answer)),
      packed('deflate', deflateSync(answer)),
      packed('deflate', deflateRawSync(answer)),
      packed('gzip', Buffer.from(answer)),
    ]),
  );
  for (const { response } of entries) expect(bodyOf(response?.body)).toBe(answer);
});

test('bodies that are not there, cut, too long or not to be read are said so', async () => {
  const long = 'x'.repeat(12 * 1024 * 1024);
  const strange = harEntry(sent, { text: 'AAECAwQ=', encoding: 'base64' });
  (strange.response as { headers: Body[] }).headers.push({ name: 'Content-Encoding', value: 'zstd' });
  const bomb = harEntry(sent, gzipped(long));
  (bomb.response as { headers: Body[] }).headers.push({ name: 'Content-Encoding', value: 'gzip' });
  const { entries } = await read(
    'lost.har',
    har([
      harEntry(sent, { text: undefined, size: 100 }),
      harEntry(sent, { text: answer.slice(0, 40), size: answer.length }),
      harEntry(sent, { text: undefined, _file: 'body.json' }),
      harEntry(sent, { text: long }),
      strange,
      bomb,
    ]),
  );
  expect(entries.map(({ response }) => bodyOf(response?.body))).toEqual([
    { lost: 'a body was not recorded' },
    { lost: 'a body is cut' },
    { lost: 'a body lies in another file, which is not there: keep what was unpacked together' },
    { lost: 'a body is longer than 8 MiB' },
    { lost: 'a body is compressed in a way that cannot be read here (zstd)' },
    { lost: 'a body is longer than 8 MiB' },
  ]);
});

const notRecorded = { lost: 'a body was not recorded' };
const length = (value: string) => [{ name: 'Content-Length', value }];

for (const [what, content, changes, expected] of [
  ['a size alone', { size: 57 }, {}, notRecorded],
  [
    'no size, as browsers write where they have no body',
    { size: -1, comment: 'Response bodies are not included.' },
    {},
    notRecorded,
  ],
  ['a size of 0, but nothing of the wire', { size: 0, mimeType: 'application/json' }, { bodySize: -1 }, notRecorded],
  ['sizes of 0 against a Content-Length', { size: 0 }, { bodySize: 0, headers: length('57') }, notRecorded],
  ['null, as a proxy writes that streamed the body', { size: 0, text: null }, { bodySize: 0 }, notRecorded],
  ['an empty text against its size', { size: 57, text: '' }, {}, notRecorded],
  ['no content', undefined, {}, notRecorded],
  ['sizes of 0', { size: 0 }, { bodySize: 0 }, ''],
  ['a Content-Length of 0', { size: -1 }, { bodySize: -1, headers: length('0') }, ''],
  ['an empty text', { size: 0, text: '' }, {}, ''],
  ['status 204', undefined, { status: 204, content: { size: -1 } }, ''],
] as const) {
  test(`a body of which a recorder wrote ${what}`, async () => {
    const { entries } = await read('none.har', har([harEntry(sent, {}, { content, ...changes })]));
    expect(bodyOf(entries[0]?.response?.body)).toEqual(expected);
  });
}

test('a body that ends in the midst of its JSON is cut, unless something says that it is all', async () => {
  const part = answer.slice(0, 40);
  const { entries } = await read(
    'part.har',
    har([
      harEntry(sent, { text: part, size: -1 }),
      harEntry(sent, { text: part, size: -1 }, { headers: length('57') }),
      harEntry(sent, { text: part, size: -1 }, { headers: length('40') }),
      harEntry(sent, { text: part, size: 40 }),
      harEntry(sent, { text: `${answer}}`, size: -1 }),
    ]),
  );
  const isCut = { lost: 'a body is cut' };
  expect(entries.map(({ response }) => bodyOf(response?.body))).toEqual([isCut, isCut, part, part, `${answer}}`]);
});

test('the type of JSON that a recorder took down stands in for a header that it left out', async () => {
  const date = [{ name: 'Date', value: 'Fri, 08 Mar 2024 14:12:48 GMT' }];
  const typed = (mimeType: string) => harEntry(sent, { mimeType }, { headers: date });
  const { entries } = await read('types.har', har([typed('application/json'), typed('text/plain')]));
  expect(entries.map(({ response }) => response?.headers.map(([name]) => name))).toEqual([
    ['Date', 'Content-Type'],
    ['Date'],
  ]);
});

test('a request of which the recorder kept no body, or took it apart, is said so', async () => {
  const entry = (postData: unknown, bodySize = 57) => {
    const whole = harEntry(sent) as { request: Body };
    return { ...whole, request: { ...whole.request, postData, bodySize } };
  };
  const params = [
    { name: 'action', value: 'add' },
    { name: 'limit', value: '5' },
  ];
  const { entries } = await read(
    'asked.har',
    har([
      entry(undefined),
      entry({ mimeType: 'application/json', text: '' }),
      entry({ mimeType: 'application/json', params }),
      entry({ mimeType: 'application/x-www-form-urlencoded', params }),
      entry({ mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'message', value: 'a & b+c' }] }),
      entry({ mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'message', value: 'a%20b' }] }),
      entry({ mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'message', value: 'a+&+b' }] }),
      entry(undefined, 0),
    ]),
  );
  expect(entries.map(({ requestBody }) => bodyOf(requestBody))).toEqual([
    notRecorded,
    notRecorded,
    { lost: 'a body was taken apart into parameters' },
    'action=add&limit=5',
    'message=a+%26+b%2Bc',
    { lost: 'a body was taken apart into parameters' },
    { lost: 'a body was taken apart into parameters' },
    '',
  ]);
});

test('a request that was aborted, or whose answer broke off, has no answer', async () => {
  const failing = (changes: Body) => ({ ...harEntry(sent), ...changes });
  const { entries } = await read(
    'aborted.har',
    har([
      harEntry(sent, {}, { status: 0 }),
      harEntry(sent, {}, { status: undefined }),
      harEntry(sent, {}, { status: -999 }),
      harEntry(sent, {}, { _error: 'net::ERR_ABORTED' }),
      harEntry(sent, {}, { _failureText: 'NS_BINDING_ABORTED' }),
      failing({ _charlesStatus: 'FAILED' }),
      failing({ error: { msg: 'connection reset' } }),
      failing({ response: undefined }),
    ]),
  );
  expect(entries.map(({ response }) => response)).toEqual(Array(8).fill(undefined));
});

test('a body that lies outside the folder of the recording is not read', async () => {
  const { entries } = await read(
    'out.har',
    har(['../out.har', '/etc/hostname', '.hidden'].map((_file) => harEntry(sent, { text: undefined, _file }))),
  );
  for (const { response } of entries)
    expect(bodyOf(response?.body)).toMatchObject({ lost: expect.stringContaining('which is not there') });
});

test('a HAR that ends early gives what is whole, and says where it ends', async () => {
  const whole = har([harEntry(sent), harEntry(sent), harEntry(sent)]);
  const cut = whole.slice(0, whole.lastIndexOf('startedDateTime') + 30);
  const { entries, problems } = await read('cut.har', cut);
  expect(entries).toHaveLength(2);
  expect(problems).toEqual([
    `it ends in mid-entry at byte ${cut.length}: the 2 complete entries were read. Save it again for the rest`,
  ]);
});

test('a HAR that is damaged gives what comes before', async () => {
  const rows = Array.from({ length: 100 }, () => JSON.stringify(harEntry(sent)));
  rows[80] = '{"request": ]';
  const { entries, problems } = await read('damaged.har', `{"log":{"entries":[${rows.join(',')}]}}`);
  expect(entries.length).toBeGreaterThan(20);
  expect(entries.length).toBeLessThan(81);
  expect(problems[0]).toMatch(
    /^it is no JSON between the bytes \d+ and \d+: the \d+ entries before were read\. Save it again/,
  );
});

test('times are read in whatever form, with how exact they are', async () => {
  const at = Date.UTC(2026, 4, 4, 6, 31, 20);
  const of = async (startedDateTime: unknown, changes: Body = {}) => {
    const [entry] = (await read('at.har', har([{ ...harEntry(sent), startedDateTime, ...changes }]))).entries;
    return { at: entry?.startedAt, zone: entry?.hasNoZone, blur: entry?.blurMs, ms: entry?.durationMs };
  };
  const exact = { zone: undefined, blur: undefined, ms: 10 };
  expect(await of('2026-05-04T06:31:20.000Z')).toEqual({ at, ...exact });
  expect(await of('2026-05-04T08:31:20.0000000+02:00')).toEqual({ at, ...exact });
  expect(await of('2026-05-04T06:31:20Z')).toEqual({ at, ...exact, blur: 1000 });
  expect(await of('2026-05-04 06:31:20.000')).toEqual({ at, ...exact, zone: true });
  for (const number of [at, at / 1000 + 0.000001, String(at), at * 1000, at * 1e6])
    expect((await of(number)).at).toBeCloseTo(at, 1);
  expect((await of(at / 1000)).blur).toBe(1000);
  for (const none of ['', 'soon', null, 0, -1, undefined]) expect(await of(none)).toEqual({ at: undefined, ...exact });
  expect((await of(at, { time: -1, timings: { blocked: -1, connect: 5, ssl: 4, send: 1, wait: 7 } })).ms).toBe(13);
  expect((await of(at, { time: -1, timings: { wait: -1 } })).ms).toBe(0);
});

test('JSON without log.entries is said to be no HAR', async () => {
  expect((await read('none.har', '{"log":{"pages":[]}}')).problems).toEqual([
    'it holds no log.entries: it is no HAR. Save the traffic as HAR, with content',
  ]);
});

for (const [name, content, words] of [
  [
    'a.txt',
    'GET / HTTP/1.1',
    'a.txt is neither a HAR nor JSON Lines: it begins with neither "{" nor "[". Save the traffic as HAR',
  ],
  ['a.har.zip', 'PK\u0003\u0004', 'a.har.zip is a zip archive: unpack it'],
  ['a.har.gz', Buffer.from([0x1f, 0x8b, 8]), 'a.har.gz is compressed: unpack it'],
  ['a.zhar', deflateSync('{}'), 'a.zhar is compressed: unpack it, or save'],
  ['a.pcap', Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2]), 'a.pcap is a capture of packets: Save the traffic as HAR'],
  [
    'a.flow',
    '1234:9:websocket;0:~',
    'a.flow is a file of mitmproxy flows: convert it with mitmdump -nr FILE --set hardump=FILE.har',
  ],
  ['a.xml', '<?xml version="1.0"?><items>', 'a.xml is XML or HTML: Save the traffic as HAR'],
  [
    'a.json',
    '{"info": {"_postman_id": "x"}, "item": []}',
    'a.json is a Postman collection, which holds requests and not what came back: record',
  ],
  ['a.json', '{"_type": "export", "resources": []}', 'a.json is an Insomnia collection, which holds requests'],
  ['a.json', '{"constants": {}, "events": []}', 'a.json is a network log of Chrome: Save the traffic as HAR'],
] as const) {
  test(`${name} with ${JSON.stringify(String(content)).slice(0, 24)} is refused with the mend`, async () => {
    await expect(read(name, content as string | Buffer)).rejects.toThrow(words);
  });
}

test('a file without any exchange says what to write', async () => {
  const mend = expect.stringMatching(/Write \{"request": .*or save the traffic as HAR$/);
  for (const [name, content] of Object.entries({
    'a.jsonl': '{"level": "info"}\n',
    'b.jsonl': '{"level": "info"}',
    'a.json': '[{"level": "info"}]',
    'b.json': '{\n"level": "info"\n}',
  })) {
    const { entries, problems } = await read(name, content);
    expect(entries).toEqual([]);
    expect(problems).toEqual([mend]);
  }
  expect((await read('empty.har', '')).problems).toEqual(['it is empty']);
});

test('evidence of a verdict, one entry a line, is a recording', async () => {
  const examined = examine(sent, apis);
  if (examined.kind !== 'judged') throw new Error(examined.kind);
  const { exchange } = examined;
  const evidence = { ...toEvidence(exchange, createRedactor()), startedAt: new Date(exchange.startedAt).toISOString() };
  const { entries, problems } = await read('a.jsonl', `${JSON.stringify(evidence)}\r\n\n${JSON.stringify(evidence)}`);
  expect(problems).toEqual([]);
  expect(entries).toHaveLength(2);
  const again = examine(entries[0] as Recorded, apis);
  expect('exchange' in again && again.exchange).toMatchObject({
    api: 'ozeki',
    action: 'add',
    intent: 'call',
    startedAt: exchange.startedAt,
    masked: true,
  });
  expect(judged(entries).missed).toEqual([]);
});

test('lines that are damaged, cut off or no exchange are said so', async () => {
  const line = JSON.stringify({ request: { method: 'GET', url: 'http://a.test/', headers: {} }, response: null });
  const content = `${line}\n{"not": "an exchange"}\nrubbish\n${line}\n${line.slice(0, 20)}`;
  // The first line decides that these are JSON Lines.
  const { entries, problems } = await read('b.jsonl', content);
  expect(entries).toHaveLength(2);
  expect(problems).toEqual([
    `it ends in mid-entry at byte ${content.length}: the 2 complete lines were read. Save it again for the rest`,
    expect.stringMatching(/^no exchange in JSON: 2 lines, the first is line 2\. Write \{"request"/),
  ]);
});

test('a line longer than can be judged is left out without being kept', async () => {
  const line = JSON.stringify({ request: { method: 'GET', url: 'http://a.test/', headers: {} }, response: null });
  const { entries, problems } = await read('long.jsonl', `${line}\n${'x'.repeat(33 * 1024 * 1024)}\n${line}\n`);
  expect(entries).toHaveLength(2);
  expect(problems).toEqual(['longer than 32 MiB and so left out: 1 lines']);
});

test('bodies that evidence cut or refers to elsewhere are said so', async () => {
  const of = (body: unknown, note?: string) =>
    JSON.stringify({
      request: { method: 'POST', url: sent.url, headers: {}, body: { action: 'add' } },
      response: { status: 200, headers: {}, body },
      note,
    });
  const rows = [
    of('abc…', 'the body of the response is cut: it has 99999 bytes in full'),
    of('[the 70000 characters that stand in the response of OZ-COM-1, evidence 1]'),
    of('abc… [cut from 70000 characters]'),
  ];
  const { entries } = await read('cut.jsonl', rows.join('\n'));
  expect(entries.map(({ response }) => bodyOf(response?.body))).toEqual(Array(3).fill({ lost: 'a body is cut' }));
});
