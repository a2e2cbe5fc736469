import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { apis } from '../../apis/index.js';
import { type Kept, type Recorded, readRecording, toExchange } from '../../src/recording/index.js';
import { createRedactor, toEvidence } from '../../src/secrets/index.js';
import { add, type Body, genesys, gzipped, har, harEntry, judged, message } from './traffic.js';

/** Writes a file of this test's own and reads it as a recording. */
async function read(name: string, content: string | Buffer) {
  const folder = test.info().outputPath();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  const problems: string[] = [];
  const entries: Recorded[] = [];
  const tell = (problem: string) => void problems.push(problem);
  for await (const entry of readRecording({ path: join(folder, name), name, index: 0, progress: () => {}, tell }))
    entries.push(entry);
  return { entries, problems };
}

const textOf = (body: Kept | undefined) =>
  body === undefined ? undefined : 'text' in body ? body.text : 'bytes' in body ? body.bytes.toString() : body;

const sent = add(message('first', 1), 1);
const answer = textOf(sent.response?.body) as string;

test('a HAR gives its entries, whatever else stands in it', async () => {
  const odd = {
    ...harEntry(sent),
    _initiator: { stack: [{ __proto__: 1, deep: [[[{ a: 'b' }]]] }] },
    _webSocketMessages: [{ data: 'x' }],
  };
  const { entries, problems } = await read('a.har', `\uFEFF${har([odd, harEntry(genesys({ action: 'complete' }))])}`);
  expect(problems).toEqual([]);
  expect(entries).toHaveLength(2);
  expect(entries[0]).toEqual({ ...sent, place: 'entry 1 of a.har' });
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
      expect(found.slice(1).map(({ response }) => textOf(response?.body))).toEqual(clean);
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
  for (const { response } of entries) expect(textOf(response?.body)).toBe(answer);
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
  expect(entries.map(({ response }) => textOf(response?.body))).toEqual([
    { lost: 'a body was not recorded' },
    { lost: 'a body is cut' },
    { lost: 'a body lies in another file' },
    { lost: 'a body is longer than 8 MiB' },
    { lost: 'a body is compressed in a way that cannot be read here (zstd)' },
    { lost: 'a body is longer than 8 MiB' },
  ]);
});

test('an aborted request has no answer', async () => {
  const { entries } = await read(
    'aborted.har',
    har([harEntry(sent, {}, { status: 0 }), harEntry(sent, {}, { status: undefined })]),
  );
  expect(entries.map(({ response }) => response)).toEqual([undefined, undefined]);
});

test('a HAR that ends early gives what is whole, and says where it ends', async () => {
  const whole = har([harEntry(sent), harEntry(sent), harEntry(sent)]);
  const cut = whole.slice(0, whole.lastIndexOf('startedDateTime') + 30);
  const { entries, problems } = await read('cut.har', cut);
  expect(entries).toHaveLength(2);
  expect(problems).toEqual([`it ends in mid-entry at byte ${cut.length}: the 2 complete entries were read`]);
});

test('a HAR that is damaged gives what comes before', async () => {
  const rows = Array.from({ length: 100 }, () => JSON.stringify(harEntry(sent)));
  rows[80] = '{"request": ]';
  const { entries, problems } = await read('damaged.har', `{"log":{"entries":[${rows.join(',')}]}}`);
  expect(entries.length).toBeGreaterThan(20);
  expect(entries.length).toBeLessThan(81);
  expect(problems[0]).toMatch(/^it is no JSON between the bytes \d+ and \d+: the \d+ entries before were read$/);
});

test('JSON without log.entries is said to be no HAR', async () => {
  expect((await read('none.har', '{"log":{"pages":[]}}')).problems).toEqual(['it holds no log.entries: it is no HAR']);
});

test('what is neither HAR nor JSON Lines is a mistake in a sentence', async () => {
  await expect(read('a.txt', 'GET / HTTP/1.1')).rejects.toThrow('a.txt is neither a HAR nor JSON Lines');
  await expect(read('a.har.zip', 'PK\u0003\u0004')).rejects.toThrow('a.har.zip is a zip archive: unpack it');
});

test('evidence of a verdict, one entry a line, is a recording', async () => {
  const exchange = toExchange(sent, apis);
  if ('kind' in exchange) throw new Error(exchange.kind);
  const evidence = { ...toEvidence(exchange, createRedactor()), startedAt: new Date(exchange.startedAt).toISOString() };
  const { entries, problems } = await read('a.jsonl', `${JSON.stringify(evidence)}\r\n\n${JSON.stringify(evidence)}`);
  expect(problems).toEqual([]);
  expect(entries).toHaveLength(2);
  const again = toExchange(entries[0] as Recorded, apis);
  expect(again).toMatchObject({
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
    `it ends in mid-entry at byte ${content.length}: the 2 complete lines were read`,
    'no exchange in JSON: 2 lines, the first is line 2',
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
  expect(entries.map(({ response }) => textOf(response?.body))).toEqual(Array(3).fill({ lost: 'a body is cut' }));
});
