import { judgeBy } from '../../apis/relation/model/index.js';
import { rules } from '../../apis/relation/model/rules.js';
import { type Missing, type Open, testModel } from './rules.js';
import { answerTo, type Change, itemsIn, type Transcript } from './transcript.js';

type Json = Record<string, unknown>;

const send = (by: string, content: string, more: Json = {}) => [
  { do: 'send', by, to: 'channel', type: 'TEXT', content, nulls: false, ...more },
];
const list = (by: string, upTo: unknown = 'now', of = 'channel') => [
  { do: 'list', by, of, limit: 10, upTo, byUuid: false },
];
const stray = (by: string, action: string, at: string) => [{ do: 'stray', by, action, at, byUuid: false }];
const onGroup = (by: string, action: string, more: Json = {}) => [
  { do: 'group', by, action, back: 1, whom: 'member', text: 'said in the group', isOn: true, ...more },
];
const create = (...others: string[]) => [{ do: 'create', by: 'member', with: others }];
const count = (by: string) => [{ do: 'unreadcount', by }];

const sequences = {
  talk: [
    send('member', 'one'),
    send('peer', 'two', { quotes: 0 }),
    send('member', 'three'),
    list('peer'),
    list('member', { back: 0, off: 0 }),
  ],
  direct: [
    send('member', 'between us', { to: 'direct' }),
    send('peer', 'and back', { to: 'direct' }),
    list('member', 'now', 'direct'),
    stray('outsider', 'list', 'direct'),
  ],
  strays: [
    send('member', 'one'),
    stray('outsider', 'list', 'channel'),
    stray('outsider', 'send', 'channel'),
    stray('member', 'list', 'nowhere'),
    stray('member', 'send', 'nowhere'),
    stray('impostor', 'list', 'channel'),
    stray('impostor', 'send', 'channel'),
    list('peer'),
  ],
  hidden: [
    send('member', 'one'),
    send('peer', 'two'),
    list('member'),
    [{ do: 'hide', by: 'member', back: 0, whose: 'own' }],
    [{ do: 'hide', by: 'peer', back: 0, whose: 'other' }],
    list('member'),
  ],
  bounded: [send('member', 'one'), list('member'), list('member', { back: 0, off: 0 })],
  again: [send('member', 'one'), [{ do: 'resend', by: 'member', back: 0 }], list('peer')],
  unread: [
    count('peer'),
    send('member', 'one'),
    send('member', 'two'),
    count('peer'),
    [{ do: 'read', by: 'peer', total: 20 }],
    count('peer'),
  ],
  groups: [
    [{ do: 'create', by: 'member', with: ['peer'] }],
    [{ do: 'create', by: 'member', with: [] }],
    onGroup('member', 'send'),
    onGroup('outsider', 'send', { text: 'not for the group' }),
    onGroup('member', 'updateannouncement'),
    onGroup('peer', 'removemembers'),
    ...['info', 'members', 'isadmin', 'getannouncement', 'list', 'chatslist'].map((look) => onGroup('peer', look)),
  ],
  // Refused for its text or for its sender.
  oddInGroup: [create('peer'), onGroup('outsider', 'send', { text: '' })],
  talkInGroup: [
    create('peer'),
    onGroup('member', 'send', { text: 'first' }),
    onGroup('peer', 'chatslist'),
    onGroup('peer', 'read'),
    onGroup('peer', 'chatslist'),
    onGroup('peer', 'send', { text: 'second', message: 0 }),
    onGroup('peer', 'list', { limit: 2 }),
    onGroup('member', 'hide', { message: 0 }),
  ],
  back: [
    create('peer', 'outsider'),
    onGroup('peer', 'pin'),
    onGroup('peer', 'leave'),
    onGroup('peer', 'join'),
    onGroup('member', 'send', { text: 'welcome' }),
  ],
  away: [
    create('peer'),
    onGroup('peer', 'chatshide', { isOn: false }),
    onGroup('peer', 'chatslist'),
    onGroup('member', 'send', { text: 'come back' }),
  ],
  searched: [create('peer'), create('peer'), create('peer'), [{ do: 'search', by: 'member', limit: 1 }]],
  chats: [send('member', 'one'), send('peer', 'two'), list('member'), [{ do: 'chats', by: 'member' }]],
  who: [[{ do: 'who', by: 'member' }], [{ do: 'who', by: 'peer', of: 'member' }]],
  aside: [send('member', 'one'), [{ do: 'aside', by: 'member', content: 'apart' }], list('peer')],
};

const success = (data: unknown = []) => ({ code: '0', desc: 'success', data });
const refusal = (code: string) => ({ code, desc: 'permission denied', data: null });
const entries = (body: Json) => (Array.isArray(body.data) ? itemsIn(body, 'data') : []);
const ofContent = (body: Json, content: string) => entries(body).filter((entry) => entry.content === content);
const everyList = (by: string, to: (body: Json) => void): Change => ({
  of: `${by} list`,
  all: true,
  to: (body) => {
    to(body);
    return undefined;
  },
});
const without = (by: string, content: string) =>
  everyList(by, (body) => {
    body.data = entries(body).filter((entry) => entry.content !== content);
  });
/** A page of Chats / List on which every chat has these members. */
const changedChats = (body: Json, members: Json) => {
  const data = body.data as Json;
  return success({ ...data, list: itemsIn(data, 'list').map((chat) => ({ ...chat, ...members })) });
};
const firstSent = (made: Transcript['made']) => answerTo(made, 'send').data as Json;
const uuidOfStray = (made: Transcript['made'], actor: string) =>
  made.findLast(({ call }) => call.action === 'send' && call.actor === actor)?.call.members.sendUuid;

const missing: Missing[] = [
  {
    rule: 'the list of chats shows no older message of the channel or of the two as the last',
    in: 'chats',
    of: 'member chatslist',
    requirement: 'RG-CHATS-4',
    to: (body) => changedChats(body, { lastMessageContent: 'one' }),
    // Of two messages of one second either may be the last.
    beside: everyList('member', (body) => {
      for (const entry of ofContent(body, 'one')) entry.createAt = String(Number(entry.createAt) - 5000);
    }),
  },
  {
    rule: 'User Info is of who was asked for',
    in: 'who',
    of: 'peer userinfo',
    requirement: 'RG-USER-1',
    to: (body) => success({ ...(body.data as Json), relationId: 'another' }),
  },
  {
    rule: 'a documented call of a member is served',
    in: 'talk',
    requirement: 'RE-LIST-9',
    of: 'member list',
    to: () => refusal('10120'),
  },
  {
    rule: 'a documented call of a member is served',
    in: 'direct',
    requirement: 'RE-SEND-5',
    of: 'peer send',
    to: () => refusal('10112'),
  },
  {
    rule: 'a wrong token gets nothing',
    in: 'strays',
    requirement: 'RE-COM-3',
    of: 'impostor list',
    to: () => success(),
  },
  {
    rule: 'who is no member reads nothing',
    in: 'strays',
    requirement: 'RE-LIST-4',
    of: 'outsider list',
    to: () => refusal('13108'),
  },
  {
    rule: 'who is no member reads nothing',
    in: 'strays',
    requirement: 'RE-LIST-3',
    of: 'member list',
    back: 2,
    to: () => success(),
  },
  {
    rule: 'who is no member reads nothing',
    in: 'direct',
    requirement: 'RE-LIST-14',
    of: 'outsider list',
    to: (_body, made) => success([firstSent(made)]),
  },
  {
    rule: 'who is no member sends nothing',
    in: 'strays',
    requirement: 'RE-SEND-3',
    of: 'outsider send',
    to: () => success({ id: '1', channelUuid: 'x' }),
  },
  {
    rule: 'who is no member sends nothing',
    in: 'strays',
    requirement: 'RE-SEND-2',
    of: 'member send',
    to: () => refusal('10120'),
  },
  {
    rule: 'what was refused is not stored',
    in: 'strays',
    requirement: 'RE-SEND-3',
    of: 'peer list',
    to(body, made) {
      const [entry] = ofContent(body, 'one');
      if (entry) entries(body).unshift({ ...entry, id: '99', sendUuid: uuidOfStray(made, 'outsider') });
      return body;
    },
  },
  {
    rule: 'each message has an id of its own, and one sent again keeps it',
    in: 'talk',
    requirement: 'RE-SEND-1',
    of: 'peer send',
    to: (_body, made) => success(firstSent(made)),
  },
  {
    rule: 'a message is stored once, under the id that Send answered',
    in: 'again',
    requirement: 'RE-SEND-4',
    of: 'peer list',
    to(body) {
      const [entry] = ofContent(body, 'one');
      if (entry) entries(body).unshift({ ...entry, id: '99' });
      return body;
    },
  },
  {
    rule: 'a message shows as it was sent',
    in: 'talk',
    requirement: 'RE-LIST-9',
    ...everyList('peer', (body) => {
      for (const entry of ofContent(body, 'three')) entry.type = 'CARD';
    }),
  },
  {
    rule: 'a message shows as it was sent',
    in: 'direct',
    requirement: 'RE-LIST-14',
    ...everyList('member', (body) => {
      for (const entry of ofContent(body, 'and back')) entry.content = 'AND BACK';
    }),
  },
  {
    rule: 'a new message bears the current time',
    in: 'talk',
    requirement: 'RE-LIST-10',
    ...everyList('peer', (body) => {
      for (const entry of ofContent(body, 'three')) entry.createAt = String(Number(entry.createAt) + 7_200_000);
    }),
  },
  {
    rule: 'a quote shows the message that is quoted',
    in: 'talk',
    requirement: 'RE-LIST-11',
    ...everyList('member', (body) => {
      for (const entry of ofContent(body, 'two')) entry.quote = null;
    }),
  },
  {
    rule: 'what its sender has hidden is gone from the own List',
    in: 'hidden',
    requirement: 'RE-HIDE-1-SHOULD',
    of: 'member list',
    to: (_body, made) =>
      made.find(({ call }) => call.actor === 'member' && call.action === 'list')?.exchange.response.json as Json,
  },
  {
    rule: 'a page holds every message that its bounds let in',
    in: 'talk',
    requirement: 'RE-LIST-9',
    ...without('peer', 'two'),
  },
  {
    rule: 'a message of exactly maxCreateAt is on the page',
    in: 'bounded',
    requirement: 'RE-LIST-6-SHOULD',
    of: 'member list',
    back: 2,
    to: (body) => ({ ...body, data: entries(body).slice(1) }),
  },
  {
    rule: 'a walk back meets every message',
    in: 'talk',
    requirement: 'RE-LIST-8',
    ...without('member', 'one'),
  },
  {
    rule: "hiding somebody else's message is refused",
    in: 'hidden',
    requirement: 'RE-HIDE-2',
    of: 'peer hide',
    to: () => success(null),
  },
  {
    rule: 'unreadCount grows with what the other sends, and falls with Read alone',
    in: 'unread',
    requirement: 'RE-UNREAD-1-SHOULD',
    of: 'peer unreadcount',
    back: 2,
    to: (_body, made) => made.find(({ call }) => call.actor === 'peer')?.exchange.response.json as Json,
  },
  {
    rule: 'unreadCount falls after a Read that has updated something',
    in: 'unread',
    requirement: 'RE-UNREAD-1-SHOULD',
    of: 'peer unreadcount',
    back: 1,
    to: (_body, made) => {
      const counts = made.filter(({ call }) => call.actor === 'peer' && call.action === 'unreadcount');
      return counts.at(-3)?.exchange.response.json as Json;
    },
  },
  {
    rule: 'who may not is refused, with the code of the page',
    in: 'groups',
    requirement: 'RG-REMOVE-2',
    of: 'peer removemembers',
    to: () => success(null),
  },
  {
    rule: 'each group has an id of its own',
    in: 'groups',
    requirement: 'RG-CREATE-1',
    of: 'member create',
    to: (_body, made) => success(answerTo(made, 'create').data),
  },
  {
    rule: 'Members are those who came and have not gone',
    in: 'groups',
    requirement: 'RG-CREATE-2',
    of: 'peer members',
    to: (body) => success(entries(body).slice(1)),
  },
  {
    rule: 'Info shows the group, its members, and the flags of the caller',
    in: 'groups',
    requirement: 'RG-INFO-1',
    of: 'peer info',
    to: (body) => success({ ...(body.data as Json), name: 'another' }),
  },
  {
    rule: 'Is Admin tells the admin',
    in: 'groups',
    requirement: 'RG-ADMIN-1',
    of: 'peer isadmin',
    to: () => success(true),
  },
  {
    rule: 'every member gets the announcement',
    in: 'groups',
    requirement: 'RG-NEWS-1',
    of: 'peer getannouncement',
    to: () => success({ announcement: 'another', pinAnnouncement: true }),
  },
  {
    rule: 'List of a group holds what was sent since the member came, and nothing that was refused',
    in: 'groups',
    requirement: 'RG-REMOVE-3',
    ...without('peer', 'said in the group'),
  },
  {
    rule: 'List of a group holds what was sent since the member came, and nothing that was refused',
    in: 'groups',
    requirement: 'RG-REMOVE-1',
    of: 'peer list',
    to: (body, made) => {
      const [entry] = ofContent(body, 'said in the group');
      if (entry) entries(body).unshift({ ...entry, id: '99', sendUuid: uuidOfStray(made, 'outsider') });
      return undefined;
    },
  },
  {
    rule: 'List of a group holds what was sent since the member came, and nothing that was refused',
    in: 'groups',
    requirement: 'RE-LIST-8',
    of: 'peer list',
    to: (body) => success(entries(body).slice(0, 1)),
  },
  {
    rule: 'the list of chats shows each group as it is to the caller',
    in: 'groups',
    requirement: 'RG-CHATS-1',
    all: true,
    of: 'peer chatslist',
    to: () => success({ list: [] }),
  },
  {
    rule: 'the list of chats shows each group as it is to the caller',
    in: 'talkInGroup',
    requirement: 'RG-CHATS-4-SHOULD',
    of: 'peer chatslist',
    back: 2,
    to: (body) => changedChats(body, { unreadMessageCount: 0 }),
  },
  {
    rule: 'the list of chats shows each group as it is to the caller',
    in: 'talkInGroup',
    requirement: 'RG-CHATS-4-SHOULD',
    of: 'peer chatslist',
    back: 1,
    to: (body) => changedChats(body, { unreadMessageCount: 9 }),
  },
  {
    rule: 'the list of chats shows each group as it is to the caller',
    in: 'away',
    requirement: 'RG-CHATS-6',
    of: 'peer chatslist',
    to: () => success({ list: [] }),
  },
  {
    rule: 'the list of chats shows each group as it is to the caller',
    in: 'away',
    requirement: 'RG-CHATS-6',
    of: 'peer chatslist',
    back: 1,
    to: (_body, made) =>
      made.findLast(({ call }) => call.actor === 'peer' && call.action === 'chatslist')?.exchange.response.json as Json,
  },
  {
    rule: 'the pages of Chats / List hold every group once',
    in: 'searched',
    requirement: 'RG-CHATS-2',
    of: 'member chatslist',
    back: 1,
    to: (_body, made) => answerTo(made, 'chatslist'),
  },
  {
    rule: 'a message of a group shows as it was sent',
    in: 'talkInGroup',
    requirement: 'RE-LIST-9',
    ...everyList('peer', (body) => {
      for (const entry of ofContent(body, 'second')) entry.type = 'CARD';
    }),
  },
  {
    rule: 'a quote in a group shows the message that is quoted',
    in: 'talkInGroup',
    requirement: 'RE-LIST-11',
    of: 'peer list',
    back: 1,
    to: (body) => {
      for (const entry of ofContent(body, 'second')) entry.quote = null;
      return undefined;
    },
  },
  {
    rule: 'Read of what another has sent answers 1',
    in: 'talkInGroup',
    requirement: 'RE-READ-1',
    of: 'peer read',
    to: () => success(0),
  },
  {
    rule: 'Members are those who came and have not gone',
    in: 'back',
    requirement: 'RG-JOIN-1',
    of: 'member members',
    to: (body) => success(entries(body).slice(0, -1)),
  },
  {
    rule: 'what was sent elsewhere does not show',
    in: 'aside',
    requirement: 'RE-LIST-7',
    of: 'peer list',
    all: true,
    to: (body, made) => {
      const [entry] = ofContent(body, 'one');
      if (entry) entries(body).unshift({ ...entry, id: '99', sendUuid: uuidOfStray(made, 'member') });
      return undefined;
    },
  },
];

const open: Open[] = [
  {
    ruling: 'the last message where others send too',
    in: 'chats',
    of: 'member chatslist',
    to: (body) => changedChats(body, { lastMessageContent: 'of another' }),
  },
  {
    ruling: 'which of two messages with one createAt is the last',
    in: 'chats',
    of: 'member chatslist',
    to: (body) => changedChats(body, { lastMessageContent: 'one' }),
    beside: everyList('member', (body) => {
      for (const entry of ofContent(body, 'two')) entry.createAt = ofContent(body, 'one')[0]?.createAt;
    }),
  },
  {
    ruling: 'a Send to one who takes nothing from strangers',
    in: 'direct',
    of: 'peer send',
    to: () => ({ code: '13301', desc: 'block stranger messages', data: null }),
  },
  {
    ruling: 'what Hide hides from others',
    in: 'hidden',
    ...everyList('peer', (body) => {
      body.data = entries(body).filter((entry) => entry.content !== 'one');
    }),
  },
  {
    ruling: 'what is kept of a chat that was left',
    in: 'back',
    of: 'peer chatslist',
    to: (body) => changedChats(body, { pin: true }),
  },
  {
    ruling: 'which of two reasons a refusal names',
    in: 'oddInGroup',
    of: 'outsider send',
    to: () => ({ code: '13108', desc: 'not a member', data: null }),
  },
  { ruling: 'what Read answers where nothing was unread', in: 'unread', of: 'peer read', to: () => success(0) },
  {
    ruling: 'what others send to the channel',
    in: 'talk',
    ...everyList('peer', (body) => {
      const [entry] = ofContent(body, 'three');
      if (entry) entries(body).unshift({ ...entry, id: '99', sendUuid: 'of another', content: 'of another' });
    }),
  },
];

testModel('relation', { rules, judgeBy, sequences, missing, open });
