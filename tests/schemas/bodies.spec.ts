import { Ajv2020 } from 'ajv/dist/2020.js';
import { actionsOf, examplesOf, schemaOf, validateBody, validateRefusal } from '../../apis/bodies.js';
import type { ApiName } from '../../src/exchange/index.js';
import type { Example } from '../../src/schemas/index.js';
import { schemaDocuments } from '../apis.js';
import { expect, test } from '../test.js';
import { forbiddenCases } from './mutate.js';

const actions: Record<ApiName, string[]> = {
  ozeki:
    'login useravailable friends viewed notification list downloadpartial add clear favorite unfavorite setlistitembackgroundcolor download mute unmute hide unhide blocklist workspaceregister'.split(
      ' ',
    ),
  genesys:
    'requestchat getmessages sendmessage starttyping stoptyping updatenickname sendurl updateuserdata complete'.split(
      ' ',
    ),
  relation:
    'list send read hide unreadcount auth userinfo create join removemembers leave disband transferowner info members isadmin getannouncement updateannouncement chatslist pin mute chatshide follow unfollow'.split(
      ' ',
    ),
  gms: 'requestchat sendmessage starttyping stoptyping refresh disconnect pushurl updatenickname customnotice updatedata readreceipt filelimits fileupload filedownload filedelete'.split(
    ' ',
  ),
};
const apis = Object.keys(actions) as ApiName[];

/** No parameters, a query that no page shows in an example, or an answer that the pages cut off. */
const undocumented = [
  ...['unreadcount', 'userinfo', 'info', 'members', 'isadmin', 'getannouncement', 'unfollow'].map(
    (action) => `relation ${action} request`,
  ),
  'relation info response',
  'relation chatslist response',
];
const parts = ['request', 'response'] as const;
const readOfGms = ['requestchat request', 'requestchat response', 'sendmessage request'];

/** How many cases are known to come of a body, counted by hand: a walk that misses a part of it shows. */
const knownCases: Record<string, number> = {
  'ozeki login response': 153,
  'ozeki clear response': 218,
  'ozeki download response': 197,
  'genesys getmessages response': 958,
  'relation list response': 100,
};

const bodyOf = (api: ApiName, action: string, part: 'request' | 'response'): Record<string, unknown> => {
  const example = examplesOf(api).find((one) => one.action === action && one.part === part);
  return structuredClone(example?.body) as Record<string, unknown>;
};

for (const api of apis) {
  test(`${api}: every action has both schemas, titled and described, and no other action has`, () => {
    expect(actionsOf(api)).toEqual((actions[api] ?? []).toSorted());
    for (const action of actions[api] ?? []) {
      for (const part of parts) {
        const schema = schemaOf(api, action, part);
        expect(schema.$id).toBe(`https://chat-api-conformance.example/schemas/${api}/${action}.${part}.json`);
        expect(schema.title).toContain(part);
        expect(schema.description).toMatch(/Source: .+ page ".+"\.$/);
      }
    }
  });

  test(`${api}: every documented body is kept as an example`, () => {
    const kept = examplesOf(api).map(({ action, part }) => `${action} ${part}`);
    const documented = (actions[api] ?? []).flatMap((action) => parts.map((part) => `${action} ${part}`));
    // Of GMS, only the beginnings of two pages could be read.
    const isShown = (name: string) =>
      api === 'gms' ? readOfGms.includes(name) : !undocumented.includes(`${api} ${name}`);
    expect(kept.toSorted()).toEqual(documented.filter(isShown).toSorted());
  });

  for (const example of examplesOf(api)) checkExample(api, example);
}

function checkExample(api: ApiName, { action, part, page, body }: Example): void {
  const name = `${api} ${action} ${part}`;

  test(`${name}: the documented example is valid`, () => {
    expect(validateBody(api, action, part, body)).toEqual([]);
    const schema = schemaOf(api, action, part);
    expect(schema.description).toContain(`page "${page}"`);
    if (schema.examples !== undefined) expect(schema.examples).toEqual([body]);
  });

  test(`${name}: any required member left out and any wrong type is rejected`, () => {
    const cases = forbiddenCases(schemaOf(api, action, part), body);
    const members = Object.keys(body as object).length;
    expect(cases.length, 'cases for the body itself and for each of its members').toBeGreaterThanOrEqual(
      6 + 5 * members,
    );
    if (knownCases[name] !== undefined) expect(cases.length).toBe(knownCases[name]);
    const accepted = cases.filter((one) => validateBody(api, action, part, one.body).length === 0);
    expect(accepted.map(({ title }) => title)).toEqual([]);
  });

  if (part === 'response') {
    test(`${name}: unknown members are accepted at every depth`, () => {
      expect(validateBody(api, action, part, withUnknownMembers(body))).toEqual([]);
    });
  } else {
    test(`${name}: an unknown member is rejected`, () => {
      const [violation] = validateBody(api, action, part, { ...(body as object), unknown: 1 });
      expect(violation).toEqual({ path: '/unknown', expected: 'no member of this name', found: 'a member "unknown"' });
    });
  }
}

/** The names of `friends` are user ids, so a new one there would be no unknown member but a wrong id. */
function withUnknownMembers(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withUnknownMembers(item));
  if (typeof value !== 'object' || value === null || name === 'friends') return value;
  const members = Object.entries(value).map(([key, member]) => [key, withUnknownMembers(member, key)]);
  return { ...Object.fromEntries(members), unknown: { deep: [null, 1] } };
}

test('every schema is valid by its own dialect and compiles in strict mode', () => {
  const ajv = new Ajv2020({ strict: true });
  for (const [id, schema] of schemaDocuments()) expect(ajv.validateSchema(schema), id).toBe(true);
  for (const api of apis) {
    for (const action of actions[api] ?? []) {
      for (const part of parts) validateBody(api, action, part, {});
    }
    expect(validateRefusal(api, {})).not.toEqual([]);
  }
});

test.describe('what the rulings leave open', () => {
  const legal: [string, ApiName, string, 'request' | 'response', (body: Record<string, unknown>) => unknown][] = [
    ['registration "false"', 'ozeki', 'login', 'response', (body) => ({ ...body, registration: 'false' })],
    [
      'an unencrypted rsakey',
      'ozeki',
      'login',
      'response',
      (body) => ({ ...body, rsakey: '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n' }),
    ],
    [
      'any availability',
      'ozeki',
      'friends',
      'response',
      (body) => ({ ...body, availabilities: [{ ...first(body.availabilities), availability: 'out to lunch' }] }),
    ],
    ['no friends', 'ozeki', 'friends', 'response', (body) => ({ ...body, friends: {}, availabilities: [] })],
    [
      'any blocked item',
      'ozeki',
      'blocklist',
      'response',
      (body) => ({ ...body, blockedusers: ['a', { id: 1 }, null], blockedconversations: [7] }),
    ],
    [
      'an envelope around Download',
      'ozeki',
      'download',
      'response',
      (body) => ({ ...body, status: 'OK', errormessage: 'File does not exist' }),
    ],
    [
      'a cursor of empty strings',
      'ozeki',
      'downloadpartial',
      'request',
      (body) => ({ ...body, lastmessagedate: '', lastmessageid: '', lastreportdate: '', lastreportid: '' }),
    ],
    [
      'no cursor',
      'ozeki',
      'downloadpartial',
      'request',
      ({ lastmessagedate, lastmessageid, lastreportdate, lastreportid, ...rest }) => rest,
    ],
    [
      'Data beside the echo of Add',
      'ozeki',
      'add',
      'response',
      (body) => ({ ...body, message: { ...(body.message as object), Data: 'x', Type: 'Other' } }),
    ],
    [
      'a last report id that is a UUID',
      'ozeki',
      'mute',
      'response',
      (body) => withConversation(body, { lastreportid: '44883772-f561-4e30-9872-04454d6051b0' }),
    ],
    [
      'a message id of another client',
      'ozeki',
      'mute',
      'response',
      (body) => withConversation(body, { lastmessageid: 'message 1', instance: 'x', displayname: '?', secret: '' }),
    ],
    [
      'the last second of a leap day',
      'ozeki',
      'add',
      'response',
      (body) => ({ ...body, message: { ...(body.message as object), ValidUntil: '2096-02-29 23:59:59' } }),
    ],
    [
      "an agent's event of a new kind",
      'genesys',
      'requestchat',
      'response',
      (body) => ({
        ...body,
        messages: [
          { ...first(body.messages), type: 'FileUploaded', from: { nickname: '', participantId: 9, type: 'Agent' } },
        ],
      }),
    ],
    ['no events', 'genesys', 'getmessages', 'response', (body) => ({ ...body, messages: [] })],
    ['both names', 'genesys', 'requestchat', 'request', (body) => ({ ...body, firstName: 'Ann', lastName: 'Lee' })],
    [
      'a quote in a quote',
      'relation',
      'list',
      'response',
      (body) => ({ ...body, data: [{ ...first(body.data), quote: { ...first(body.data), quote: first(body.data) } }] }),
    ],
    [
      'a receiver for a channel',
      'relation',
      'send',
      'request',
      (body) => ({ ...body, channelUuid: null, toRelationId: 'r', quoteId: '1', mentionedUser: ['r'] }),
    ],
    ['another answer of Read', 'relation', 'read', 'response', (body) => ({ ...body, data: 0 })],
  ];
  for (const [title, api, action, part, change] of legal) {
    test(`${api} ${action} ${part}: ${title}`, () => {
      expect(validateBody(api, action, part, change(bodyOf(api, action, part)))).toEqual([]);
    });
  }
});

test.describe('what the constraints forbid', () => {
  type Illegal = [
    title: string,
    api: ApiName,
    action: string,
    part: 'request' | 'response',
    path: string,
    change: (body: Record<string, unknown>) => unknown,
  ];
  const illegal: Illegal[] = [
    [
      'registration as another word',
      'ozeki',
      'login',
      'response',
      '/registration',
      (body) => ({ ...body, registration: 'yes' }),
    ],
    ['a status that is not OK', 'ozeki', 'clear', 'response', '/status', (body) => ({ ...body, status: 'ok' })],
    [
      'an upper-case user id',
      'ozeki',
      'login',
      'response',
      '/userid',
      (body) => ({ ...body, userid: 'AA68D2204CB2BB85F2DE3B9AAD0D86D7' }),
    ],
    [
      'a friend by a name',
      'ozeki',
      'friends',
      'response',
      '/friends/Administrator',
      (body) => ({ ...body, friends: { Administrator: 'Administrator' } }),
    ],
    [
      'an ISO timestamp',
      'ozeki',
      'add',
      'response',
      '/message/Created',
      (body) => ({ ...body, message: { ...(body.message as object), Created: '2024-03-08T14:12:48Z' } }),
    ],
    [
      'a timestamp with a line break',
      'ozeki',
      'add',
      'response',
      '/message/Created',
      (body) => ({ ...body, message: { ...(body.message as object), Created: '2024-03-08 14:12:48\n' } }),
    ],
    [
      'a listener without a port',
      'ozeki',
      'login',
      'response',
      '/listeners/ws',
      (body) => ({ ...body, listeners: { ...(body.listeners as object), ws: 'ws://localhost' } }),
    ],
    [
      'a service at a relative URL',
      'ozeki',
      'login',
      'response',
      '/urls/login',
      (body) => ({ ...body, urls: { ...(body.urls as object), login: '/index.php' } }),
    ],
    [
      'a named colour',
      'ozeki',
      'setlistitembackgroundcolor',
      'request',
      '/color',
      (body) => ({ ...body, color: 'red' }),
    ],
    ['another action', 'ozeki', 'mute', 'request', '/action', (body) => ({ ...body, action: 'unmute' })],
    ['half a cursor', 'ozeki', 'downloadpartial', 'request', '/lastmessageid', ({ lastmessageid, ...rest }) => rest],
    ['a limit of 0', 'ozeki', 'downloadpartial', 'request', '/limit', (body) => ({ ...body, limit: 0 })],
    ['a status code of 1', 'genesys', 'complete', 'response', '/statusCode', (body) => ({ ...body, statusCode: 1 })],
    [
      'a message without a text',
      'genesys',
      'getmessages',
      'response',
      '/messages/0/text',
      (body) => ({ ...body, messages: [{ ...first(body.messages), type: 'Message' }] }),
    ],
    [
      'an event before the first',
      'genesys',
      'getmessages',
      'response',
      '/messages/0/index',
      (body) => ({ ...body, messages: [{ ...first(body.messages), index: 0 }] }),
    ],
    [
      'seconds for milliseconds',
      'genesys',
      'getmessages',
      'response',
      '/messages/0/utcTime',
      (body) => ({ ...body, messages: [{ ...first(body.messages), utcTime: 1406239877 }] }),
    ],
    [
      'a new chat without an event',
      'genesys',
      'requestchat',
      'response',
      '/messages',
      (body) => ({ ...body, messages: [] }),
    ],
    ...(['2024-13-01 12:00:00', '2024-03-32 12:00:00', '2023-02-29 12:00:00', '2024-03-08 99:00:00'] as const).map(
      (Created): Illegal => [
        `a message of ${Created}`,
        'ozeki',
        'add',
        'response',
        '/message/Created',
        (body) => ({ ...body, message: { ...(body.message as object), Created } }),
      ],
    ),
    [
      'a cursor of minute 60',
      'ozeki',
      'downloadpartial',
      'request',
      '/lastmessagedate',
      (body) => ({ ...body, lastmessagedate: '2024-03-04 13:60:00' }),
    ],
    ['a path elsewhere', 'genesys', 'requestchat', 'response', '/path', (body) => ({ ...body, path: '/chats/1' })],
    [
      'a time with a fraction',
      'relation',
      'list',
      'response',
      '/data/0/createAt',
      (body) => ({ ...body, data: [{ ...first(body.data), createAt: '1665219502.000' }] }),
    ],
    [
      'a broken quote',
      'relation',
      'list',
      'response',
      '/data/0/quote/id',
      (body) => ({ ...body, data: [{ ...first(body.data), quote: { ...first(body.data), id: 7 } }] }),
    ],
    [
      'a quote by its id',
      'relation',
      'list',
      'response',
      '/data/0/quote',
      (body) => ({ ...body, data: [{ ...first(body.data), quote: '1578671129496899586' }] }),
    ],
    ['neither channel nor receiver', 'relation', 'send', 'request', '', (body) => ({ ...body, channelUuid: null })],
    ['neither channel nor receiver to list', 'relation', 'list', 'request', '', ({ channelUuid, ...rest }) => rest],
    [
      'a negative count',
      'relation',
      'unreadcount',
      'response',
      '/data/unreadCount',
      (body) => ({ ...body, data: { unreadCount: -1, mentionsCount: 0 } }),
    ],
  ];
  for (const [title, api, action, part, path, change] of illegal) {
    test(`${api} ${action} ${part}: ${title}`, () => {
      const violations = validateBody(api, action, part, change(bodyOf(api, action, part)));
      expect(violations.map((violation) => violation.path)).toEqual([path]);
    });
  }
});

test('a refusal is told from a success', () => {
  expect(validateRefusal('ozeki', { status: 'ERROR', errormessage: 'no' })).toEqual([]);
  expect(validateRefusal('genesys', { statusCode: 2, chatEnded: true })).toEqual([]);
  expect(validateRefusal('relation', { code: '10120', desc: 'permission denied' })).toEqual([]);
  expect(validateRefusal('ozeki', { status: 'OK', errormessage: 'no' })).toHaveLength(1);
  expect(validateRefusal('ozeki', { status: 'ERROR', errormessage: '' })).toHaveLength(1);
  expect(validateRefusal('genesys', { statusCode: 0 })).toHaveLength(1);
  expect(validateRefusal('relation', { code: '0', desc: 'success', data: null })).toHaveLength(1);
});

function first(array: unknown): Record<string, unknown> {
  return (array as Record<string, unknown>[])[0] ?? {};
}

function withConversation(body: Record<string, unknown>, change: object): unknown {
  return { ...body, conversation: { ...(body.conversation as object), ...change } };
}
