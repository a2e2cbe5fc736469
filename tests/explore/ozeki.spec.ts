import { beside, next } from '../../apis/ozeki/model/calls.js';
import { createdOf } from '../../apis/ozeki/model/dates.js';
import { judgeBy } from '../../apis/ozeki/model/index.js';
import { rules } from '../../apis/ozeki/model/rules/index.js';
import type { State } from '../../apis/ozeki/model/state.js';
import { expect, test } from '../test.js';
import { type Missing, type Open, testModel } from './rules.js';
import { type Change, itemsIn, type Transcript } from './transcript.js';

type Json = Record<string, unknown>;

const add = (by: string, data: string, more: Json = {}) => [
  { do: 'add', by, from: 'own', data, type: 'Message', gap: 2, since: 'noon', valid: 'week', ...more },
];
const flag = (by: string, action: string, from = 'own', more: Json = {}) => [
  { do: 'flag', by, from, action, color: '#bae1ff', ...more },
];
const plain = (what: string, by: string, from = 'own') => [{ do: what, by, from }];
const viewed = (by: string, back: number) => [{ do: 'viewed', by, back, count: 1 }];
const page = (by: string, more: Json = {}) => [
  { do: 'page', by, limit: 10, behind: 'start', reports: 'start', stale: false, ...more },
];
const download = (by: string, more: Json = {}) => [
  { do: 'download', by, since: 'oldest', reports: 'all', stale: false, ...more },
];
const stray = (by: string, action: string) => [{ do: 'stray', by, from: 'own', action }];

const three = [add('alice', 'QQ=='), add('bob', 'Qg=='), add('alice', 'Qw==')];

const sequences = {
  messages: [...three, page('bob'), page('bob', { behind: { back: 0 } }), download('bob')],
  // Of one second, so that nothing but a whole walk shows that one is lost.
  ties: [add('bob', 'QQ=='), add('alice', 'Qg=='), add('bob', 'Qw==', { gap: 0 }), add('alice', 'RA==', { gap: 0 })],
  lately: [add('alice', 'QQ==', { since: 'lately' }), plain('list', 'bob')],
  reports: [
    ...three,
    page('alice'),
    viewed('bob', 0),
    viewed('bob', 1),
    page('alice'),
    page('alice'),
    download('alice', { reports: { back: 2 } }),
  ],
  viewed: [...three, page('alice'), viewed('bob', 0), viewed('bob', 1)],
  downloaded: [...three, viewed('bob', 1), page('alice'), viewed('bob', 0), download('alice')],
  flags: [
    plain('login', 'alice', 'second'),
    flag('bob', 'favorite'),
    plain('list', 'bob'),
    flag('alice', 'mute'),
    plain('list', 'alice'),
    plain('notification', 'alice', 'second'),
  ],
  elsewhere: [flag('alice', 'mute', 'own', { elsewhere: true }), plain('list', 'alice'), flag('bob', 'favorite')],
  repeated: [add('alice', 'QQ=='), [{ do: 'again', by: 'alice', back: 0 }]],
  hiddenAgain: [add('alice', 'QQ=='), flag('bob', 'hide'), [{ do: 'again', by: 'alice', back: 0 }]],
  hidden: [flag('alice', 'hide'), plain('list', 'alice'), plain('blocklist', 'alice')],
  available: [plain('useravailable', 'bob'), plain('friends', 'alice'), plain('notification', 'alice')],
  told: [add('alice', 'QQ=='), plain('notification', 'bob')],
  cleared: [
    add('alice', 'QQ==', { since: 'lately' }),
    plain('list', 'bob'),
    [{ do: 'clear', by: 'bob' }],
    plain('list', 'alice'),
    add('bob', 'Qg==', { since: 'lately' }),
    page('alice', { stale: true }),
  ],
  emptied: [...three, [{ do: 'clear', by: 'bob' }], page('alice'), add('bob', 'RA==')],
  strays: [
    ...three,
    stray('outsider', 'add'),
    stray('outsider', 'download'),
    stray('impostor', 'download'),
    page('bob'),
  ],
};

const refusal = () => ({ status: 'ERROR', errormessage: 'no' });
const messages = (body: Json) => itemsIn(body, 'messages');
const reports = (body: Json) => itemsIn(body, 'reports');
const conversations = (body: Json) => itemsIn(body, 'conversations');
const idOf = (made: Transcript['made']) => String(made[0]?.call.members.conversationid);
const own = (body: Json, made: Transcript['made']) => conversations(body).find(({ id }) => id === idOf(made)) as Json;
const properties = (conversation: Json) => itemsIn(conversation, 'properties')[0] as Json;
const uploaded = (made: Transcript['made'], back = 0) => {
  const adds = made.filter(({ call }) => call.action === 'add');
  return JSON.parse(String(adds.at(-1 - back)?.call.members.message)) as Json;
};
/** What List shows of the conversation of the sequence. */
const listed = (
  of: string,
  to: (conversation: Json, made: Transcript['made']) => void,
  more: Partial<Change> = {},
) => ({
  of: `${of} list`,
  ...more,
  to(body: Json, made: Transcript['made']) {
    to(own(body, made), made);
    return body;
  },
});

const missing: Missing[] = [
  {
    rule: 'a documented call of a participant is served',
    in: 'messages',
    requirement: 'OZ-ADD-1',
    of: 'bob add',
    to: refusal,
  },
  {
    rule: 'a documented call of a participant is served',
    in: 'flags',
    requirement: 'OZ-FLAG-1-MUTE',
    of: 'alice mute',
    to: refusal,
  },
  {
    rule: 'who has no right to it gets nothing',
    in: 'strays',
    requirement: 'OZ-COM-12',
    of: 'outsider download',
    to: () => ({ status: 'OK', errormessage: '', messages: [], reports: [] }),
  },
  {
    rule: 'who has no right to it gets nothing',
    in: 'strays',
    requirement: 'OZ-COM-10',
    of: 'impostor download',
    to: () => ({ status: 'OK', errormessage: '', messages: [], reports: [] }),
  },
  {
    rule: 'a station is told of messages of the others',
    in: 'told',
    requirement: 'OZ-NOTIF-2',
    of: 'bob notification',
    back: 1,
    to: (body) => ({ ...body, conversationchangedof: [] }),
  },
  {
    rule: 'a station is told of flags set at another',
    in: 'flags',
    requirement: 'OZ-NOTIF-4',
    of: 'alice second notification',
    back: 1,
    to: (body) => ({ ...body, conversationlistchangedof: [] }),
  },
  {
    rule: 'a station is told of friends who are available',
    in: 'available',
    requirement: 'OZ-AVAIL-2',
    of: 'alice notification',
    back: 1,
    to: (body) => ({ ...body, friendavailabilitesof: [] }),
  },
  {
    rule: 'friends see who is available',
    in: 'available',
    requirement: 'OZ-AVAIL-1',
    of: 'alice friends',
    to(body) {
      for (const friend of itemsIn(body, 'availabilities')) friend.availability = 'offline';
      return body;
    },
  },
  {
    rule: 'no message that was cleared shows',
    in: 'cleared',
    requirement: 'OZ-CLEAR-1',
    of: 'alice downloadpartial',
    to(body, made) {
      messages(body).unshift(uploaded(made, 1));
      return body;
    },
  },
  {
    rule: 'what somebody without the right to it tried to add does not show',
    in: 'strays',
    requirement: 'OZ-COM-12',
    of: 'bob downloadpartial',
    to(body, made) {
      messages(body).unshift(uploaded(made));
      return body;
    },
  },
  {
    rule: 'Add echoes what was uploaded',
    in: 'messages',
    requirement: 'OZ-ADD-1',
    of: 'bob add',
    to: (body) => ({ ...body, message: { ...(body.message as Json), Type: 'message' } }),
  },
  {
    rule: 'the Data of a message is what was uploaded',
    in: 'messages',
    requirement: 'OZ-ADD-3',
    of: 'bob download',
    to(body) {
      Object.assign(messages(body)[0] as Json, { Data: 'Rg==' });
      return body;
    },
  },
  {
    rule: 'the other members of a message are what was uploaded',
    in: 'messages',
    requirement: 'OZ-DOWN-2',
    of: 'bob download',
    to(body) {
      Object.assign(messages(body)[0] as Json, { Type: 'message' });
      return body;
    },
  },
  {
    rule: 'no message shows twice',
    in: 'messages',
    requirement: 'OZ-DOWN-1',
    of: 'bob download',
    to(body) {
      messages(body).push(messages(body)[2] as Json);
      return body;
    },
  },
  {
    rule: 'a page holds the messages next to its cursor',
    in: 'messages',
    requirement: 'OZ-PAGE-2',
    of: 'bob downloadpartial',
    to(body) {
      messages(body).splice(1, 1);
      return body;
    },
    back: 5,
  },
  {
    rule: 'a walk back meets every message once',
    in: 'ties',
    requirement: 'OZ-PAGE-5',
    of: 'bob downloadpartial',
    all: true,
    to: (body, made) => ({ ...body, messages: messages(body).filter(({ ID }) => ID !== uploaded(made, 1).ID) }),
  },
  {
    rule: 'a page holds the reports next to its cursor',
    in: 'reports',
    requirement: 'OZ-PAGE-10',
    of: 'alice downloadpartial',
    to: (body) => ({ ...body, reports: [] }),
    all: true,
  },
  {
    rule: 'a walk back meets every report',
    in: 'reports',
    requirement: 'OZ-PAGE-10',
    of: 'bob downloadpartial',
    all: true,
    // Not the one at the far end, from which the walk goes on.
    to: (body) => ({ ...body, reports: reports(body).filter((_, i) => i !== 1) }),
  },
  {
    rule: 'a message that was viewed makes a report',
    in: 'viewed',
    requirement: 'OZ-REPORT-2',
    of: 'alice downloadpartial',
    all: true,
    to: (body) => ({ ...body, reports: reports(body).filter(({ Type }) => Type !== 'viewed') }),
  },
  {
    rule: 'a report stays as it was first seen',
    in: 'reports',
    requirement: 'OZ-PAGE-10',
    of: 'bob downloadpartial',
    all: true,
    to(body) {
      for (const report of reports(body)) report.Type = report.Type === 'viewed' ? 'delivered' : 'viewed';
      return body;
    },
  },
  {
    rule: 'Download holds every report from its cursor on',
    in: 'reports',
    requirement: 'OZ-DOWN-1',
    of: 'alice download',
    back: 1,
    to: (body) => ({ ...body, reports: [] }),
  },
  {
    rule: 'Download holds every message from the cursor on, and none before it',
    in: 'messages',
    requirement: 'OZ-DOWN-1',
    of: 'bob download',
    to: (body) => ({ ...body, messages: messages(body).slice(0, 2) }),
  },
  {
    rule: 'List shows the conversation, unless the caller has hidden it',
    in: 'flags',
    requirement: 'OZ-CONV-10',
    of: 'bob list',
    to: (body, made) => ({ ...body, conversations: conversations(body).filter(({ id }) => id !== idOf(made)) }),
  },
  {
    rule: "a user's own flags are as the user set them",
    in: 'flags',
    requirement: 'OZ-FLAG-2-MUTE',
    ...listed('alice', (shown) => Object.assign(properties(shown), { ismuted: false }), { back: 1 }),
  },
  {
    rule: 'nobody is named who has not set the flag',
    in: 'flags',
    requirement: 'OZ-FLAG-3-MUTE',
    ...listed('alice', (shown) => Object.assign(shown, { mutedby: shown.participantids }), { back: 1 }),
  },
  {
    rule: 'lastmessageid is the message added last',
    in: 'lately',
    requirement: 'OZ-ADD-4',
    ...listed('bob', (shown) => Object.assign(shown, { lastmessageid: '' })),
  },
  {
    rule: 'lastmessageid is empty after Clear',
    in: 'cleared',
    requirement: 'OZ-CLEAR-2',
    ...listed('alice', (shown, made) => Object.assign(shown, { lastmessageid: uploaded(made, 1).ID }), { back: 1 }),
  },
  {
    rule: 'lastaccess is the time of the newest message',
    in: 'lately',
    requirement: 'OZ-CONV-7',
    ...listed('bob', (shown) => Object.assign(shown, { lastaccess: Number(shown.lastaccess) + 1 })),
  },
  {
    rule: 'a Clear leaves lastaccess',
    in: 'cleared',
    requirement: 'OZ-CLEAR-4',
    ...listed('alice', (shown) => Object.assign(shown, { lastaccess: 0 }), { back: 1 }),
  },
  {
    rule: 'a Clear changes the instance',
    in: 'cleared',
    requirement: 'OZ-CLEAR-4',
    of: 'bob clear',
    to(body, made) {
      const asked = made.find(({ call }) => call.actor === 'bob' && call.action === 'clear')?.call.members;
      Object.assign(body.conversation as Json, { instance: asked?.instance });
      return body;
    },
  },
  {
    rule: 'lastreportid is the newest report',
    in: 'reports',
    requirement: 'OZ-CONV-12',
    ...listed('bob', (shown) => Object.assign(shown, { lastreportid: '' })),
  },
  {
    rule: 'what is done to one conversation leaves the others',
    in: 'flags',
    requirement: 'OZ-FLAG-4-MUTE',
    of: 'alice list',
    to(body, made) {
      const other = conversations(body).find(({ id }) => id !== idOf(made)) as Json;
      Object.assign(properties(other), { ismuted: true });
      return body;
    },
  },
  ...[
    { requirement: 'OZ-FLAG-2-MUTE', back: 1 },
    { requirement: 'OZ-FLAG-3-FAVORITE', back: 0 },
  ].map((which) => ({
    rule: 'what is done to one conversation leaves the others',
    in: 'elsewhere',
    of: 'alice list',
    ...which,
    to(body: Json) {
      for (const other of conversations(body)) Object.assign(properties(other), { ismuted: false });
      return body;
    },
  })),
  {
    rule: 'Blocklist names what is hidden, and nothing else',
    in: 'hidden',
    requirement: 'OZ-BLOCK-1',
    of: 'alice blocklist',
    to: (body) => ({ ...body, blockedconversations: [] }),
  },
];

const open: Open[] = [
  {
    ruling: 'a hidden conversation that List leaves out',
    in: 'hidden',
    of: 'alice list',
    all: true,
    // The first List shows what was there before.
    to(body, made) {
      const isHidden = properties(own(body, made)).hideid !== '';
      return isHidden
        ? { ...body, conversations: conversations(body).filter(({ id }) => id !== idOf(made)) }
        : undefined;
    },
  },
  {
    ruling: 'what was hidden shows again with a message that is sent once more',
    in: 'hiddenAgain',
    of: 'bob list',
    to(body, made) {
      properties(own(body, made)).hideid = '';
      return body;
    },
    beside: { of: 'bob blocklist', to: (body) => ({ ...body, blockedusers: [], blockedconversations: [] }) },
  },
  {
    ruling: 'hiddenby beyond its type',
    in: 'hidden',
    ...listed('alice', (shown) => Object.assign(shown, { hiddenby: shown.participantids })),
  },
  {
    ruling: 'the message of the cursor on the page behind it',
    in: 'messages',
    of: 'bob downloadpartial',
    back: 4,
    to(body, made) {
      messages(body).push(uploaded(made));
      return body;
    },
  },
  {
    ruling: 'the order of messages of one second',
    in: 'ties',
    of: 'bob download',
    to: (body) => ({ ...body, messages: messages(body).toReversed() }),
  },
  {
    ruling: 'what an outdated instance gets',
    in: 'cleared',
    of: 'alice downloadpartial',
    back: 2,
    to: refusal,
  },
  {
    ruling: 'what Add echoes under an ID that is there',
    in: 'repeated',
    of: 'alice add',
    to: (body) => ({ ...body, message: { ...(body.message as Json), Created: '2026-12-01 10:00:00' } }),
  },
  {
    ruling: 'Download that shows the IDs of reports alone',
    in: 'downloaded',
    of: 'alice download',
    all: true,
    to: (body) => ({ ...body, reports: reports(body).map(({ ID }) => ({ ID })) }),
  },
  {
    ruling: 'a view that shows reports from before a Clear for a while',
    in: 'emptied',
    of: 'alice downloadpartial',
    all: true,
    to: (body) =>
      messages(body).length > 0
        ? undefined
        : { ...body, reports: [{ ID: 'r', Type: 'viewed', Created: '2026-12-01 10:00:00' }] },
  },
  {
    ruling: 'Blocklist that names the user who is hidden',
    in: 'hidden',
    of: 'alice blocklist',
    to(body, made) {
      const list = made.find(({ call }) => call.actor === 'alice' && call.action === 'list');
      const participants = own(list?.exchange.response.json as Json, made).participantids;
      return { ...body, blockedusers: participants, blockedconversations: [] };
    },
  },
  {
    ruling: 'an availability of those who are away',
    in: 'told',
    of: 'bob notification',
    to: (body) => body,
  },
  { ruling: 'an errormessage beside "OK"', in: 'messages', of: 'bob add', to: (b) => ({ ...b, errormessage: 'x' }) },
];

testModel('ozeki', { rules, judgeBy, sequences, missing, open });

const message = {
  ID: 'a',
  Type: 'Message',
  Created: '2026-12-01 10:00:00',
  ValidUntil: '',
  Data: 'QQ==',
  actor: 'alice',
};
const stateOf = (more: Partial<State>) =>
  ({ conversation: 'c', alone: true, startedAt: Date.UTC(2026, 11, 1, 12), messages: [], ...more }) as unknown as State;

test('a message is dated before none that may still be there: whether a Clear took it away, a look tells', () => {
  const latest = Date.UTC(2026, 11, 1, 10);
  expect(createdOf(stateOf({}), 'leapDay', 1)).toEqual({ ms: Date.UTC(2024, 1, 28, 23, 59, 59), isPast: true });
  expect(createdOf(stateOf({ latest }), 'leapDay', 1).ms).toBe(latest + 1000);
});

test('a message is added once more where it is there for certain', () => {
  const again = (optional?: true) =>
    next(stateOf({ messages: [{ ...message, optional }] }), { do: 'again', by: 'alice', back: 0 }, [], 1);
  expect(again()).toMatchObject({ actor: 'alice', action: 'add', probe: true });
  expect(again(true)).toBeUndefined();
});

test('a call beside a Clear may be refused where it names what the Clear may take', () => {
  const clear = { actor: 'bob', action: 'clear', members: { instance: 'i' } };
  const viewed = { actor: 'alice', action: 'viewed', members: { instance: 'i', messageids: ['a'] } };
  const hide = { actor: 'alice', action: 'hide', members: { hideid: 'i;' } };
  const mute = { actor: 'alice', action: 'mute', members: {} };
  expect(beside(viewed, [mute, clear])).toEqual({ ...viewed, probe: true });
  expect(beside(hide, [clear])).toEqual({ ...hide, probe: true });
  expect(beside(mute, [clear])).toEqual(mute);
  expect(beside(viewed, [mute, hide])).toEqual(viewed);
});

test('an ID comes again where its message was cleared, and says whether the date is of the past', () => {
  const add = (gone: string[], id?: 'capitals' | 'gone', there: string[] = []) => {
    const command = { do: 'add', by: 'alice', from: 'own', data: 'QQ==', type: 'Message', gap: 1, id } as const;
    const messages = there.map((ID) => ({ ...message, ID }) as const);
    const state = stateOf({ gone, messages, nonce: 'abcdef0123456789ab' });
    const call = next(state, { ...command, since: 'leapDay', valid: 'week' }, [], 10);
    if (call === undefined) return undefined;
    const { ID } = JSON.parse(String(call.members.message)) as { ID: string };
    return `${ID}${call.probe ? ', which may be refused' : ''}`;
  };
  expect(add([])).toBe('c4a7bacd-000a-4abc-8def-0123456789ab');
  expect(add([], 'capitals')).toBe('c4a7bacd-000A-4ABC-8DEF-0123456789ab');
  expect(add(['c4a7bacd-1', 'c4a7c0de-1'], 'gone')).toBe('c4a7bacd-1, which may be refused');
  expect(add(['c4a7c0de-1'], 'gone')).toBeUndefined();
  expect(add(['c4a7bacd-1'], 'gone', ['c4a7bacd-1'])).toBeUndefined();
});
