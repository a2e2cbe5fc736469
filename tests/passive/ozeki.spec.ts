import { examplesOf } from '../../apis/bodies.js';
import { dataIn, type OzekiActionName, ozekiOutcome } from '../../apis/ozeki/actions.js';
import { ozekiPassive } from '../../apis/ozeki/passive.js';
import { ozekiSchemas } from '../../apis/ozeki/schemas.js';
import type { Exchange } from '../../src/exchange/index.js';
import { userIdOf } from '../../src/rules/index.js';
import { expect, test } from '../test.js';

type Body = Record<string, unknown>;

const admin = 'd574638619cbff603bf857164c47e850';
const alice = 'aa68d2204cb2bb85f2de3b9aad0d86d7';
const groundTruth = { emails: ['admin@ozeki.hu', 'alice@ozeki.hu'], clockToleranceMs: 120_000 };

/** The documented exchange of an action, sent by `user`, its response body changed. */
function exchangeOf(
  action: OzekiActionName,
  change: (body: Body) => unknown = (body) => body,
  parts: { status?: number; type?: string; user?: string; intent?: 'call' | 'probe'; account?: string } = {},
): Exchange {
  const example = (part: 'request' | 'response') =>
    structuredClone(examplesOf('ozeki').find((found) => found.action === action && found.part === part)?.body) as Body;
  const original = example('response');
  const json = change(original) ?? original;
  const request = example('request');
  const uploaded =
    action === 'add'
      ? Date.parse(`${(JSON.parse(request.message as string) as { Created: string }).Created.replace(' ', 'T')}Z`)
      : Date.now();
  const { violations, decided } = ozekiSchemas.judge(action, json);
  return {
    api: 'ozeki',
    action,
    intent: parts.intent ?? 'call',
    actor: 'alice',
    account: parts.account,
    request: {
      method: 'POST',
      url: 'http://127.0.0.1/',
      headers: { 'Ozeki-User': parts.user ?? alice },
      body: JSON.stringify(request),
      json: request,
    },
    response: {
      status: parts.status ?? 200,
      headers: { 'content-type': parts.type ?? 'application/json' },
      text: JSON.stringify(json),
      bytes: 0,
      json,
    },
    startedAt: uploaded,
    durationMs: 5,
    violations: { request: [], response: violations },
    decided,
  };
}

function missed(exchange: Exchange): string[] {
  return ozekiPassive(exchange, groundTruth)
    .filter(({ findings }) => findings.length > 0)
    .map(({ requirement }) => requirement);
}

const conversation = (body: Body) => (body.conversation ?? (body.conversations as Body[])[0]) as Body;
const properties = (body: Body) => (conversation(body).properties as Body[])[0] as Body;

test.describe('documented bodies', () => {
  for (const { action, user = alice, misses = [] } of [
    { action: 'useravailable' },
    { action: 'viewed' },
    { action: 'notification' },
    { action: 'workspaceregister' },
    { action: 'friends', misses: ['OZ-FRIEND-2-SHOULD'] },
    { action: 'list', misses: ['OZ-COM-4', 'OZ-CONV-8'] },
    { action: 'clear', misses: ['OZ-CONV-8'] },
    { action: 'favorite', misses: ['OZ-CONV-8'] },
    { action: 'unfavorite', user: admin, misses: ['OZ-CONV-8'] },
    { action: 'mute', user: admin, misses: ['OZ-CONV-8'] },
    { action: 'unmute', user: admin, misses: ['OZ-CONV-8'] },
    { action: 'hide', user: admin, misses: ['OZ-CONV-8'] },
    { action: 'unhide', user: admin, misses: ['OZ-CONV-8'] },
    { action: 'add' },
    { action: 'downloadpartial' },
    { action: 'download' },
    { action: 'blocklist', misses: ['OZ-COM-4'] },
    { action: 'login' },
  ] as { action: OzekiActionName; user?: string; misses?: string[] }[]) {
    test(`${action} misses no MUST`, () => {
      // Elided base64 and the "File does not exist" of two pages are SHOULD misses of the documentation itself.
      expect(missed(exchangeOf(action, undefined, { user })).toSorted()).toEqual(misses);
    });
  }

  test('Change Color shows the old colour, which is a SHOULD miss only', () => {
    expect(missed(exchangeOf('setlistitembackgroundcolor')).toSorted()).toEqual(['OZ-CONV-8', 'OZ-FLAG-1-COLOR']);
  });
});

const cases: [requirement: string, what: string, exchange: () => Exchange][] = [
  ['OZ-COM-1', 'text/html', () => exchangeOf('list', undefined, { type: 'text/html' })],
  ['OZ-COM-1', 'application/jsonp', () => exchangeOf('list', undefined, { type: 'application/jsonp' })],
  ['OZ-COM-2', 'a missing member', () => exchangeOf('list', (body) => void delete conversation(body).lastaccess)],
  ['OZ-COM-2', 'an array for Availability', () => exchangeOf('useravailable', (body) => [body])],
  ['OZ-COM-2', 'an array', () => exchangeOf('list', (body) => [body])],
  ['OZ-COM-3', 'status ok', () => exchangeOf('useravailable', (body) => void (body.status = 'ok'))],
  ['OZ-COM-3', 'no status beside data', () => exchangeOf('friends', (body) => void delete body.status)],
  ['OZ-COM-3', 'no errormessage', () => exchangeOf('mute', (body) => void delete body.errormessage)],
  ['OZ-COM-4', 'an errormessage', () => exchangeOf('mute', (body) => void (body.errormessage = 'none'))],
  [
    'OZ-COM-5',
    'capitals',
    () =>
      exchangeOf('clear', (body) => void ((conversation(body).participantids as string[])[0] = alice.toUpperCase())),
  ],
  [
    'OZ-COM-5',
    'a dashed friend id',
    () => exchangeOf('friends', (body) => void (body.friends = { 'd574-38': 'Administrator' })),
  ],
  [
    'OZ-COM-7',
    'a 12-hour form',
    () => exchangeOf('add', (body) => void ((body.message as Body).ValidUntil = '2024-03-15 2:12:48 PM')),
  ],
  [
    'OZ-COM-7',
    'a T',
    () =>
      exchangeOf(
        'downloadpartial',
        (body) => void (((body.reports as Body[])[0] as Body).Created = '2024-03-04T13:30:36'),
      ),
  ],
  [
    'OZ-COM-8',
    'an hour off',
    () => exchangeOf('add', (body) => void ((body.message as Body).Created = '2024-03-08 15:12:48')),
  ],
  ['OZ-COM-9', 'HTTP 201', () => exchangeOf('mute', undefined, { status: 201 })],
  [
    'OZ-COM-13',
    'HTTP 500',
    () => exchangeOf('mute', () => ({ status: 'ERROR', errormessage: 'no' }), { status: 500, intent: 'probe' }),
  ],
  [
    'OZ-COM-13',
    'no reason',
    () => exchangeOf('mute', () => ({ status: 'ERROR', errormessage: '' }), { intent: 'probe' }),
  ],
  [
    'OZ-COM-13',
    'a stack trace',
    () =>
      exchangeOf('mute', () => ({ status: 'ERROR', errormessage: 'Error: no\n    at mute (/srv/chat.js:12:7)' }), {
        intent: 'probe',
      }),
  ],
  ['OZ-LOGIN-1', 'no nick', () => exchangeOf('login', (body) => void delete body.nick)],
  [
    'OZ-LOGIN-2',
    'a public key',
    () => exchangeOf('login', (body) => void (body.rsakey = (body.rsakey as string).replaceAll('PRIVATE', 'PUBLIC'))),
  ],
  [
    'OZ-LOGIN-2-SHOULD',
    'an open key',
    () =>
      exchangeOf(
        'login',
        (body) => void (body.rsakey = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'),
      ),
  ],
  ['OZ-LOGIN-3', 'no port', () => exchangeOf('login', (body) => void ((body.listeners as Body).ws = 'ws://localhost'))],
  [
    'OZ-LOGIN-3',
    'another scheme',
    () => exchangeOf('login', (body) => void ((body.listeners as Body).wss = 'ws://localhost:9012')),
  ],
  [
    'OZ-LOGIN-4',
    'a relative URL',
    () => exchangeOf('login', (body) => void ((body.urls as Body).login = '/index.php?srv=chatserver&api=chatlogin')),
  ],
  [
    'OZ-LOGIN-4',
    'another api',
    () => exchangeOf('login', (body) => void ((body.urls as Body).friends = (body.urls as Body).login)),
  ],
  ['OZ-LOGIN-5', 'another md5', () => exchangeOf('login', undefined, { account: 'alice@ozeki.hu' })],
  ['OZ-FRIEND-1', 'another name', () => exchangeOf('friends', (body) => void (body.friends = { [admin]: 'Admin' }))],
  [
    'OZ-FRIEND-1',
    'one friend more',
    () => exchangeOf('friends', (body) => void ((body.friends as Body)[alice] = 'Alice'), { user: admin }),
  ],
  [
    'OZ-FRIEND-2',
    'an empty key',
    () => exchangeOf('friends', (body) => void (((body.availabilities as Body[])[0] as Body).publickey = '')),
  ],
  ['OZ-FRIEND-3', 'oneself', () => exchangeOf('friends', undefined, { user: admin })],
  ['OZ-NOTIF-1', 'an empty id', () => exchangeOf('notification', (body) => void (body.conversationchangedof = ['']))],
  [
    'OZ-NOTIF-1',
    'null for an array',
    () => exchangeOf('notification', (body) => void (body.conversationlistchangedof = null)),
  ],
  ['OZ-CONV-1', 'an outsider', () => exchangeOf('list', undefined, { user: userIdOf('carol@example.test') })],
  [
    'OZ-CONV-2',
    'a participant more',
    () => exchangeOf('list', (body) => void (conversation(body).participantids as string[]).push(userIdOf('x'))),
  ],
  [
    'OZ-CONV-2',
    'a participant twice',
    () => exchangeOf('list', (body) => void (conversation(body).participantids as string[]).push(alice)),
  ],
  [
    'OZ-CONV-2',
    'a conversation twice',
    () => exchangeOf('list', (body) => void (body.conversations as Body[]).push(conversation(body))),
  ],
  ['OZ-CONV-3', 'ismuted alone', () => exchangeOf('list', (body) => void (properties(body).ismuted = true))],
  ['OZ-CONV-3', 'favoriteby alone', () => exchangeOf('list', (body) => void (conversation(body).favoriteby = [alice]))],
  [
    'OZ-CONV-3',
    'muted twice',
    () =>
      exchangeOf('list', (body) => {
        conversation(body).mutedby = [alice, alice];
        properties(body).ismuted = true;
      }),
  ],
  ['OZ-CONV-4', 'another id', () => exchangeOf('list', (body) => void (conversation(body).id = userIdOf('x')))],
  [
    'OZ-CONV-5',
    "another's properties",
    () =>
      exchangeOf(
        'list',
        (body) => void (conversation(body).properties as Body[]).push({ ...properties(body), userid: admin }),
      ),
  ],
  [
    'OZ-CONV-6',
    'a colour name',
    () => exchangeOf('list', (body) => void (properties(body).listitembackgroundcolor = 'white')),
  ],
  ['OZ-CONV-6', 'a fraction', () => exchangeOf('list', (body) => void (conversation(body).lastaccess = 1709898645.5))],
  ['OZ-CONV-8', 'nine letters', () => exchangeOf('list', (body) => void (conversation(body).instance = 'PqjfKSn7V'))],
  [
    'OZ-CONV-9',
    'another conversation',
    () => exchangeOf('favorite', (body) => void (conversation(body).id = userIdOf('x'))),
  ],
  ['OZ-ADD-1', 'another Type', () => exchangeOf('add', (body) => void ((body.message as Body).Type = 'message'))],
  ['OZ-ADD-1', 'no ValidUntil', () => exchangeOf('add', (body) => void delete (body.message as Body).ValidUntil)],
  ['OZ-ADD-2', 'Data', () => exchangeOf('add', (body) => void ((body.message as Body).Data = 'x'))],
  ['OZ-CLEAR-2', 'a lastmessageid', () => exchangeOf('clear', (body) => void (conversation(body).lastmessageid = 'x'))],
  [
    'OZ-PAGE-1',
    '51 messages',
    () =>
      exchangeOf(
        'downloadpartial',
        (body) =>
          void (body.messages = Array.from({ length: 51 }, (_, i) => ({
            ID: `m${i}`,
            Type: 'Message',
            Created: '2024-03-04 13:30:36',
          }))),
      ),
  ],
  [
    'OZ-PAGE-1-SHOULD',
    '51 reports',
    () =>
      exchangeOf(
        'downloadpartial',
        (body) =>
          void (body.reports = Array.from({ length: 51 }, (_, i) => ({
            ID: `r${i}`,
            Type: 'viewed',
            Created: '2024-03-04 13:30:36',
          }))),
      ),
  ],
  [
    'OZ-PAGE-3',
    'a newer message',
    () =>
      exchangeOf(
        'downloadpartial',
        (body) => void (((body.messages as Body[])[0] as Body).Created = '2024-03-04 13:47:00'),
      ),
  ],
  [
    'OZ-PAGE-4',
    'an unsorted page',
    () =>
      exchangeOf(
        'downloadpartial',
        (body) =>
          void (body.messages = ['01', '03', '02'].map((s) => ({
            ID: s,
            Type: 'Message',
            Created: `2024-03-04 13:30:${s}`,
          }))),
      ),
  ],
  [
    'OZ-PAGE-4-SHOULD',
    'newest first',
    () =>
      exchangeOf(
        'downloadpartial',
        (body) =>
          void (body.messages = ['03', '02'].map((s) => ({
            ID: s,
            Type: 'Message',
            Created: `2024-03-04 13:30:${s}`,
          }))),
      ),
  ],
  ['OZ-DOWN-1', 'newest first', () => exchangeOf('download', (body) => void (body.messages as Body[]).reverse())],
  [
    'OZ-DOWN-2',
    'no Data',
    () => exchangeOf('download', (body) => void delete ((body.messages as Body[])[1] as Body).Data),
  ],
  [
    'OZ-DOWN-2',
    'valid until before created',
    () =>
      exchangeOf(
        'download',
        (body) => void (((body.messages as Body[])[0] as Body).ValidUntil = '2024-03-08 15:36:59'),
      ),
  ],
  [
    'OZ-FLAG-1-MUTE',
    'not muted',
    () =>
      exchangeOf(
        'mute',
        (body) => {
          conversation(body).mutedby = [];
          properties(body).ismuted = false;
        },
        { user: admin },
      ),
  ],
  [
    'OZ-FLAG-1-HIDE',
    'another hideid',
    () => exchangeOf('hide', (body) => void (properties(body).hideid = ''), { user: admin }),
  ],
  [
    'OZ-FLAG-1-UNHIDE',
    'still hidden',
    () => exchangeOf('unhide', (body) => void (properties(body).hideid = '7sSwU2VoFM;'), { user: admin }),
  ],
];

test.describe('changed bodies', () => {
  for (const [requirement, what, exchange] of cases) {
    test(`${requirement} finds ${what}`, () => expect(missed(exchange())).toContain(requirement));
  }
});

test('a refusal of bad input is judged as a refusal alone, and an HTML one has no content type to keep', () => {
  const html = exchangeOf('mute', undefined, { status: 404, type: 'text/html', intent: 'probe' });
  html.response = { ...html.response, json: undefined, notJson: 'the body is HTML', text: '<html>' };
  expect(missed(html)).toEqual(['OZ-COM-13']);
  const json = exchangeOf('mute', () => ({ status: 'DENIED', errormessage: 'no' }), { status: 403, intent: 'probe' });
  expect(missed(json)).toEqual([]);
});

test('an item that comes again hides nothing else about its array', () => {
  const outsider = userIdOf('carol@example.test');
  const exchange = exchangeOf('list', (body) => void (conversation(body).participantids as string[]).push(alice), {
    user: outsider,
  });
  expect(missed(exchange)).toEqual(expect.arrayContaining(['OZ-CONV-1', 'OZ-CONV-2']));
});

test('order says nothing about messages that were uploaded with an earlier Created on purpose', () => {
  const exchange = exchangeOf(
    'download',
    (body) =>
      void (body.messages as Body[]).push({
        ...(body.messages as Body[])[0],
        ID: 'back-dated',
        Created: '2024-03-01 00:00:00',
      }),
  );
  expect(missed(exchange)).toContain('OZ-DOWN-1');
  const judged = ozekiPassive(exchange, { ...groundTruth, isBackDated: (id) => id === 'back-dated' });
  expect(judged.find(({ requirement }) => requirement === 'OZ-DOWN-1')?.findings).toEqual([]);
});

test('nor does what lies behind such a message', () => {
  const exchange = exchangeOf(
    'downloadpartial',
    (body) => void (((body.messages as Body[])[0] as Body).Created = '2024-03-04 13:47:00'),
  );
  expect(missed(exchange)).toContain('OZ-PAGE-3');
  const { lastmessageid } = exchange.request.json as Body;
  const judged = ozekiPassive(exchange, { ...groundTruth, isBackDated: (id) => id === lastmessageid });
  expect(judged.filter(({ requirement }) => requirement === 'OZ-PAGE-3')).toEqual([]);
});

test('bad input that is served shows nothing of the contract: what is wrong in its answer may be the input', () => {
  const stored = (intent: 'call' | 'probe') =>
    exchangeOf('mute', (body) => void ((body.conversation as Body).properties = [{ userid: 42 }]), { intent });
  expect(missed(stored('probe'))).toEqual([]);
  expect(missed(stored('call'))).toContain('OZ-COM-2');
});

test('a refusal is known by what it holds, however it is worded', () => {
  const words = { message: 'not yours', timestamp: '2024-03-08T14:12:48Z' };
  const refusals: [Body, number][] = [
    [{ status: 'ERROR', errormessage: 'no', ...words, messages: [], conversation: {} }, 200],
    [{ status: 403, errormessage: 'no', ...words }, 403],
    [{ error: 'Forbidden', ...words }, 403],
  ];
  for (const [body, status] of refusals) {
    for (const action of ['add', 'downloadpartial', 'mute'] as const) {
      for (const intent of ['call', 'probe'] as const) {
        expect(ozekiOutcome(exchangeOf(action, () => body, { status, intent }))).toBe('refused');
      }
      expect(dataIn(action, body)).toEqual([]);
    }
  }
  expect(dataIn('add', { message: { ID: 'x' } })).toEqual(['message']);
  expect(dataIn('downloadpartial', { messages: [{ ID: 'x' }], reports: [] })).toEqual(['messages']);
  const misspelt = exchangeOf('mute', (body) => void (body.status = 'Success'));
  expect(ozekiOutcome(misspelt)).toBe('served');
});
