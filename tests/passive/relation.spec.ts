import { relationPassive } from '../../apis/relation/passive.js';
import { relationSchemas } from '../../apis/relation/schemas.js';
import type { Exchange, Intent } from '../../src/exchange/index.js';
import { expect, test } from '../test.js';

type Json = Record<string, unknown>;

const channelUuid = '4f326124812c41448bc587bf6b2eaf42';
const system = '0'.repeat(32);

const entry = (changes: Json = {}): Json => ({
  id: '1578671129496899586',
  sendUuid: '8e7c082f-9a96-405a-b946-7f465048f354',
  channelUuid,
  createAt: '1665219502000',
  type: 'TEXT',
  from: '6b2eaf424f326124812c41448bc587bf',
  fromName: null,
  fromAvatar: null,
  content: 'hello',
  quote: null,
  ...changes,
});

const older = (changes: Json = {}) => entry({ id: '1578671129496899000', createAt: '1665219501000', ...changes });

interface Given {
  intent?: Intent;
  status?: number;
  type?: string;
  asked?: Json;
  /** The text of the body, where it is no JSON. */
  text?: string;
}

function exchange(action: string, body: unknown, given: Given = {}): Exchange {
  const json = given.text === undefined ? body : undefined;
  const bySchema = json === undefined ? undefined : relationSchemas.judge(action, json);
  return {
    api: 'relation',
    action,
    intent: given.intent ?? 'call',
    actor: 'member',
    request: { method: 'GET', url: 'http://stub.test', headers: {}, json: given.asked ?? {} },
    response: {
      status: given.status ?? 200,
      headers: { 'content-type': given.type ?? 'application/json' },
      text: given.text ?? JSON.stringify(body),
      bytes: 0,
      json,
      ...(json === undefined ? { notJson: 'the body is HTML' } : {}),
    },
    startedAt: 0,
    durationMs: 1,
    violations: { request: [], response: bySchema?.violations ?? [] },
    decided: bySchema?.decided,
  };
}

/** What was judged, and what of it was missed. */
function judged(action: string, body: unknown, given: Given = {}) {
  const seen = relationPassive(exchange(action, body, given), { emails: [], clockToleranceMs: 0 });
  const missed = seen.filter(({ findings }) => findings.length > 0).map(({ requirement }) => requirement);
  return { met: seen.map(({ requirement }) => requirement).filter((id) => !missed.includes(id)), missed };
}

const success = (data: unknown, changes: Json = {}) => ({ code: '0', desc: 'success', data, ...changes });
const listed = (...entries: Json[]) => success(entries);
const query = { channelUuid, maxCreateAt: '1665219502000', limit: '2' };

test('the documented answers meet all that they decide', () => {
  expect(judged('list', listed(entry({ type: 'SYS', from: system }), older()), { asked: query })).toEqual({
    met: [
      'RE-COM-1',
      'RE-COM-2',
      'RE-LIST-1',
      'RE-COM-1-SHOULD',
      'RE-COM-7',
      'RE-LIST-5',
      'RE-LIST-6',
      'RE-LIST-7',
      'RE-LIST-2',
      'RE-LIST-13',
    ],
    missed: [],
  });
  const sent = judged('send', success({ id: '1579309168845799425', channelUuid }), { asked: { channelUuid } });
  expect(sent).toEqual({ met: ['RE-COM-1', 'RE-COM-2', 'RE-SEND-1', 'RE-COM-1-SHOULD', 'RE-COM-7'], missed: [] });
  expect(judged('read', success(1)).met).toContain('RE-READ-1');
  expect(judged('hide', success(null)).met).toContain('RE-HIDE-1');
  expect(judged('unreadcount', success({ unreadCount: 0, mentionsCount: 0 })).met).toContain('RE-UNREAD-1');
});

test('a quote is held against the message that it quotes, where that is shown, but for names and pictures', () => {
  const quoting = (quote: Json) => listed(entry({ quote }), older());
  expect(judged('list', quoting(older())).met).toContain('RE-LIST-11');
  expect(judged('list', quoting(older({ fromName: 'Ann', fromAvatar: 'a.png' }))).missed).toEqual([]);
  expect(judged('list', quoting(entry({ id: '1', content: 'hi' }))).met).not.toContain('RE-LIST-11');
});

test('an empty List says nothing of its entries', () => {
  expect(judged('list', success([]), { asked: query }).met).toEqual([
    'RE-COM-1',
    'RE-COM-2',
    'RE-COM-1-SHOULD',
    'RE-COM-7',
  ]);
});

const misses: [words: string, action: string, body: unknown, given: Given, missed: string[]][] = [
  ['a code of another text', 'read', success(1, { code: '200' }), {}, ['RE-COM-2']],
  ['a code that is a number', 'read', success(1, { code: 0 }), {}, ['RE-COM-2']],
  ['no code beside data', 'read', { desc: '', data: 1 }, {}, ['RE-COM-1']],
  ['no desc', 'read', { code: '0', data: 1 }, {}, ['RE-COM-1']],
  ['another content type', 'read', success(1), { type: 'text/plain' }, ['RE-COM-1-SHOULD']],
  ['a body that is no JSON', 'read', undefined, { text: '{"code":' }, ['RE-COM-1']],
  ['an id that is a number', 'list', listed(entry({ id: 12 })), {}, ['RE-LIST-1']],
  ['a createAt in seconds', 'list', listed(entry({ createAt: '1665219502' })), {}, ['RE-LIST-1']],
  ['a createAt that is a number', 'list', listed(entry({ createAt: 1665219502000 })), {}, ['RE-LIST-1']],
  ['a quote that is an id', 'list', listed(entry({ quote: '12' })), {}, ['RE-LIST-1']],
  ['data null for no entries', 'list', success(null), {}, ['RE-COM-1']],
  ['oldest first', 'list', listed(older(), entry()), {}, ['RE-LIST-2']],
  ['more than limit', 'list', listed(entry(), older()), { asked: { ...query, limit: '1' } }, ['RE-LIST-5']],
  [
    'newer than maxCreateAt',
    'list',
    listed(entry()),
    { asked: { ...query, maxCreateAt: '1665219501999' } },
    ['RE-LIST-6'],
  ],
  ['an id twice', 'list', listed(entry(), entry()), {}, ['RE-LIST-7']],
  ['another channel', 'list', listed(entry({ channelUuid: 'x' })), { asked: query }, ['RE-LIST-7']],
  ['SYS from somebody', 'list', listed(entry({ type: 'SYS' })), {}, ['RE-LIST-13']],
  ['a quote of another text', 'list', listed(entry({ quote: older({ content: 'hi' }) }), older()), {}, ['RE-LIST-11']],
  ['a quote that quotes', 'list', listed(entry({ quote: older({ quote: entry() }) }), older()), {}, ['RE-LIST-11']],
  ['an empty id', 'send', success({ id: '', channelUuid }), {}, ['RE-SEND-1']],
  [
    'another channel than was sent to',
    'send',
    success({ id: '1', channelUuid: 'x' }),
    { asked: { channelUuid } },
    ['RE-SEND-1'],
  ],
  ['a Read that answers true', 'read', success(true), {}, ['RE-READ-1']],
  ['a Hide with data', 'hide', success({}), {}, ['RE-HIDE-1']],
  ['a count below zero', 'unreadcount', success({ unreadCount: -1, mentionsCount: 0 }), {}, ['RE-UNREAD-1']],
  ['a count as text', 'unreadcount', success({ unreadCount: '1', mentionsCount: 0 }), {}, ['RE-UNREAD-1']],
];

for (const [words, action, body, given, missed] of misses) {
  test(`finds ${words}`, () => {
    expect(judged(action, body, given).missed).toEqual(missed);
  });
}

const refusals: [words: string, body: unknown, given: Given, missed: string[]][] = [
  ['in the envelope', { code: '10101', desc: 'token error', data: null }, {}, []],
  ['without data', { code: '10101', desc: 'token error' }, { status: 401 }, []],
  ['with words of its own', { code: '10101', desc: 'wrong token', data: null }, {}, ['RE-COM-7']],
  ['with words beside a code of several texts', { code: '13108', desc: 'no member', data: null }, {}, []],
  ['with data that explains', { code: '13999', desc: 'no', data: { reason: 'x' } }, {}, []],
  ['with a code that is a number', { code: 10101, desc: 'token error', data: null }, {}, ['RE-COM-1']],
  ['without desc', { code: '10101', data: null }, {}, ['RE-COM-1']],
  ['as an HTML page', undefined, { text: '<html>', status: 401, type: 'text/html' }, ['RE-COM-5']],
  ['as JSON of another kind', { error: 'Unauthorized' }, { status: 401 }, ['RE-COM-5']],
  ['as a server error', { code: '10112', desc: 'error', data: null }, { status: 500 }, ['RE-COM-5']],
  ['with a stack trace', { code: '10112', desc: 'x\n\tat com.x.Y.z(Y.java:7)', data: null }, {}, ['RE-COM-5']],
];

for (const [words, body, given, missed] of refusals) {
  test(`a refusal ${words} misses ${missed.join(', ') || 'nothing'}`, () => {
    expect(judged('list', body, { intent: 'probe', ...given }).missed).toEqual(missed);
  });
}

test('what a probe is answered is judged by its form alone', () => {
  const seen = judged('list', listed(older(), entry()), { intent: 'probe', asked: { ...query, limit: '-1' } });
  expect(seen).toEqual({ met: ['RE-COM-1', 'RE-COM-2', 'RE-LIST-1', 'RE-COM-1-SHOULD', 'RE-COM-7'], missed: [] });
});

test('a page that told of the rate limit is a miss, though the request was served when it was sent again', () => {
  const served = exchange('unreadcount', { code: '0', desc: 'success', data: { unreadCount: 0, mentionsCount: 0 } });
  const groundTruth = { emails: [], clockToleranceMs: 0 };
  const missed = (status: number, json?: unknown) => {
    const busy = [{ ...served.response, status, json, notJson: 'the body is HTML' }];
    const found = relationPassive({ ...served, busy }, groundTruth).filter(({ findings }) => findings.length > 0);
    return found.map(({ requirement }) => requirement);
  };
  expect(missed(429)).toEqual(['RE-COM-5']);
  expect(missed(429, { code: '10110', desc: 'rate limit' })).toEqual([]);
  expect(missed(503)).toEqual([]);
});

test('what is too large may be refused outside the envelope, nothing else may', () => {
  const given = (status: number): Given => ({ intent: 'probe', status, type: 'text/html', text: '<html>' });
  expect(judged('send', undefined, given(413)).missed).toEqual([]);
  expect(judged('send', undefined, given(400)).missed).toEqual(['RE-COM-5']);
});
