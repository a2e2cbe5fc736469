import { examplesOf, validateBody } from '../../apis/bodies.js';
import type { GenesysActionName } from '../../apis/genesys/actions.js';
import { genesysPassive } from '../../apis/genesys/passive.js';
import { genesysSchemas } from '../../apis/genesys/schemas.js';
import type { Exchange } from '../../src/exchange/index.js';
import { expect, test } from '../test.js';

type Body = Record<string, unknown>;

const groundTruth = { emails: [], clockToleranceMs: 120_000 };

interface Parts {
  status?: number;
  type?: string;
  intent?: 'call' | 'probe';
  /** Request members in place of the documented ones. */
  asked?: Body;
  /** The JSON of the answer as a whole. */
  json?: unknown;
}

/** The documented exchange of an action in one session, its response body changed. */
function exchangeOf(
  action: GenesysActionName,
  change: Body = {},
  { status = 200, type = 'application/json', intent = 'call', asked = {}, ...parts }: Parts = {},
): Exchange {
  const example = (part: 'request' | 'response') =>
    structuredClone(
      examplesOf('genesys').find((found) => found.action === action && found.part === part)?.body,
    ) as Body;
  const answered = example('response');
  const { userId, secureKey } = answered;
  const request = {
    ...example('request'),
    ...(action === 'requestchat' || action === 'complete' ? {} : { userId, secureKey }),
    ...asked,
  };
  const json = 'json' in parts ? parts.json : { ...answered, ...change };
  const bySchema = json === undefined ? undefined : genesysSchemas.judge(action, json);
  return {
    api: 'genesys',
    action,
    intent,
    actor: 'alice',
    request: { method: 'POST', url: 'http://127.0.0.1/', headers: {}, body: JSON.stringify(request), json: request },
    response: {
      status,
      headers: { 'content-type': type },
      text: JSON.stringify(json) ?? '',
      bytes: 0,
      json,
      ...(json === undefined ? { notJson: 'the body is HTML' } : {}),
    },
    startedAt: 1_404_162_425_000,
    durationMs: 20,
    violations: {
      request: validateBody('genesys', action, 'request', request),
      response: bySchema?.violations ?? [],
    },
    decided: bySchema?.decided,
  };
}

function missed(exchange: Exchange, known = groundTruth): string[] {
  const missing = genesysPassive(exchange, known).filter(({ findings }) => findings.length > 0);
  return [...new Set(missing.map(({ requirement }) => requirement))].sort();
}

const events = (exchange: Exchange) => (exchange.response.json as { messages: Body[] }).messages;
const transcript = () => events(exchangeOf('getmessages'));
const whole = { transcriptPosition: undefined };

test('documented bodies miss nothing, but for the transcript that ignores its position', () => {
  for (const action of [
    'requestchat',
    'sendmessage',
    'starttyping',
    'stoptyping',
    'updatenickname',
    'sendurl',
    'updateuserdata',
    'complete',
  ] as const)
    expect(missed(exchangeOf(action)), action).toEqual([]);
  expect(missed(exchangeOf('getmessages'))).toEqual(['GE-MSG-1']);
  expect(missed(exchangeOf('getmessages', {}, { asked: whole }))).toEqual([]);
});

const envelopes: [string, Body, Parts, string[]][] = [
  ['a content type with a parameter', {}, { type: 'Application/JSON; charset=utf-8' }, []],
  ['an extra member', { hint: {} }, {}, []],
  ['another content type', {}, { type: 'text/html' }, ['GE-COM-1-SHOULD']],
  ['HTTP 202', {}, { status: 202 }, ['GE-COM-1-SHOULD']],
  ['a missing alias', { alias: undefined }, {}, ['GE-COM-1']],
  ['another alias', { alias: '118' }, {}, ['GE-COM-3-SHOULD']],
  ['an alias that is a word', { alias: 'chat-2' }, {}, ['GE-COM-3-SHOULD']],
  ['an empty alias', { alias: '' }, {}, ['GE-COM-1']],
  ['another tenantName', { tenantName: 'environment' }, {}, ['GE-COM-3']],
  ['another secureKey', { secureKey: 'ffffffffffffffff' }, {}, ['GE-COM-4']],
  ['another userId', { userId: '1' }, {}, ['GE-COM-4']],
  ['statusCode "0"', { statusCode: '0' }, {}, ['GE-COM-2']],
  ['no statusCode', { statusCode: undefined }, {}, ['GE-COM-2']],
  ['statusCode 3', { statusCode: 3 }, {}, ['GE-COM-2']],
  ['statusCode 2 for a documented call', {}, { json: { statusCode: 2 } }, ['GE-COM-2']],
  ['statusCode 1, which asks for another try', {}, { json: { statusCode: 1 } }, []],
  ['statusCode 1 in a chat that is over', {}, { json: { statusCode: 1, chatEnded: true } }, ['GE-COM-8']],
  ['statusCode 2 in a chat that is over', {}, { json: { statusCode: 2, chatEnded: true }, intent: 'probe' }, []],
  ['a page', {}, { json: undefined, type: 'text/html' }, ['GE-COM-1', 'GE-COM-1-SHOULD']],
  ['a refusal', {}, { json: { statusCode: 2 }, intent: 'probe' }, []],
  ['a refusal by HTTP status', {}, { json: { statusCode: 1 }, status: 403, intent: 'probe' }, []],
  ['a refusal in HTML', {}, { json: undefined, status: 403, type: 'text/html', intent: 'probe' }, []],
  ['a refusal of another form', {}, { json: { error: 'no' }, status: 400, intent: 'probe' }, ['GE-COM-2']],
  ['a refusal of statusCode 403', {}, { json: { statusCode: 403 }, intent: 'probe' }, ['GE-COM-2']],
  ['a server error', {}, { json: { statusCode: 2 }, status: 500, intent: 'probe' }, ['GE-COM-7']],
  [
    'a stack trace',
    {},
    { json: { statusCode: 2, debug: 'Boom\n\tat chat.Resource.post(Resource.java:41)' }, intent: 'probe' },
    ['GE-COM-7'],
  ],
];

for (const [words, change, parts, misses] of envelopes) {
  test(`an envelope with ${words}`, () => {
    expect(missed(exchangeOf('sendmessage', change, parts))).toEqual(misses);
  });
}

const requests: [string, Body, Parts, string[]][] = [
  ['a path that escapes the chatId', { chatId: 'a b', path: '/api/v2/chats/a%20b' }, {}, []],
  ['the path of another chat', { path: '/api/v2/chats/x' }, {}, ['GE-REQ-1']],
  ['no path', { path: undefined }, {}, ['GE-REQ-1']],
  ['no secureKey', { secureKey: undefined }, {}, ['GE-REQ-1']],
  ['a secureKey of another form', { secureKey: 'key' }, {}, ['GE-REQ-3-SHOULD']],
  ['no messages', { messages: [] }, {}, ['GE-REQ-2']],
  ['another nickname', {}, { asked: { nickname: 'other' } }, ['GE-REQ-2']],
  ['a tenant that was not asked for', {}, { asked: { tenantName: 'Other' } }, ['GE-COM-3']],
];

for (const [words, change, parts, misses] of requests) {
  test(`a Request Chat with ${words}`, () => {
    expect(missed(exchangeOf('requestchat', change, parts))).toEqual(misses);
  });
}

test('the joining is a fresh event', () => {
  const exchange = exchangeOf('requestchat');
  const late = { ...exchange, startedAt: exchange.startedAt + 7_200_000 };
  expect(missed(late)).toEqual(['GE-MSG-5']);
});

const changed = (at: number, change: Body) =>
  transcript().map((event, i) => (i === at ? { ...event, ...change } : event));
const transcripts: [string, Body, Parts, string[]][] = [
  ['events from the position on', { messages: transcript().slice(4) }, { asked: { transcriptPosition: 5 } }, []],
  ['an event too few', { messages: transcript().slice(5) }, { asked: { transcriptPosition: 5 } }, ['GE-MSG-1']],
  ['an event too many', { messages: transcript().slice(3) }, { asked: { transcriptPosition: 5 } }, ['GE-MSG-1']],
  ['nothing from beyond', { messages: [] }, { asked: { transcriptPosition: 16 } }, []],
  ['null from a later position', { messages: null }, { asked: { transcriptPosition: 16 } }, []],
  ['null without a position', { messages: null }, { asked: whole }, ['GE-COM-1']],
  ['the end alone without a position', { messages: transcript().slice(3) }, { asked: whole }, ['GE-MSG-2', 'GE-MSG-3']],
  ['a gap', { messages: transcript().filter((_, i) => i !== 4) }, { asked: whole }, ['GE-MSG-3']],
  ['a repeat', { messages: changed(4, { index: 4 }) }, { asked: whole }, ['GE-MSG-3']],
  ['newest first', { messages: transcript().reverse() }, { asked: whole }, ['GE-MSG-3']],
  ['seconds', { messages: changed(14, { utcTime: 1_407_445_262 }) }, { asked: whole }, ['GE-MSG-5']],
  ['a time that goes back', { messages: changed(14, { utcTime: 1_406_239_877_000 }) }, { asked: whole }, ['GE-MSG-5']],
  [
    'a Bot',
    { messages: changed(2, { from: { nickname: 'b', participantId: 4, type: 'Bot' } }) },
    { asked: whole },
    ['GE-COM-1-FROM-SHOULD'],
  ],
  [
    'an Agent',
    { messages: changed(2, { from: { nickname: 'b', participantId: 3, type: 'Agent' } }) },
    { asked: whole },
    [],
  ],
  ...(
    [
      ['the client under another participantId', { nickname: 'b', participantId: 3, type: 'Client' }, ['GE-MSG-11']],
      ['the client under another nickname', { nickname: 'b', participantId: 1, type: 'Client' }, []],
      [
        'the participantId of the client for another',
        { nickname: 'b', participantId: 1, type: 'Agent' },
        ['GE-MSG-11'],
      ],
      ['another id for the system', { nickname: 'system', participantId: 3, type: 'External' }, ['GE-MSG-11']],
      ['somebody who never joined', { nickname: 'b', participantId: 3, type: 'External' }, []],
    ] as const
  ).map(([words, from, misses]): [string, Body, Parts, string[]] => [
    words,
    { messages: changed(5, { from }) },
    { asked: whole },
    [...misses],
  ]),
  [
    'two namesakes who both joined',
    {
      messages: changed(2, {
        from: { nickname: 'system', participantId: 3, type: 'External' },
        type: 'ParticipantJoined',
      }),
    },
    { asked: whole },
    [],
  ],
  [
    'two who joined under one id',
    {
      messages: changed(2, { from: { nickname: 'b', participantId: 2, type: 'External' }, type: 'ParticipantJoined' }),
    },
    { asked: whole },
    ['GE-MSG-11'],
  ],
  ['an event of an unknown type', { messages: changed(2, { type: 'PushUrl' }) }, { asked: whole }, ['GE-MSG-12']],
  [
    'the last event for a huge position',
    { messages: transcript().slice(14) },
    { asked: { transcriptPosition: 2 ** 31 }, intent: 'probe' },
    [],
  ],
  [
    'a refused odd position',
    {},
    { asked: { transcriptPosition: -1 }, json: { statusCode: 2 }, status: 500, intent: 'probe' },
    [],
  ],
];

for (const [words, change, parts, misses] of transcripts) {
  test(`a transcript with ${words}`, () => {
    expect(missed(exchangeOf('getmessages', change, parts))).toEqual(misses);
  });
}

test('chatEnded is judged where the chat is known to be open', () => {
  const ended = exchangeOf('getmessages', { chatEnded: true }, { asked: whole });
  expect(missed(ended)).toEqual([]);
  expect(missed(ended, { ...groundTruth, isOpenChat: () => true } as typeof groundTruth)).toEqual(['GE-MSG-8']);
});
