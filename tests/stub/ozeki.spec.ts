import { createPublicKey } from 'node:crypto';
import { expect, test } from '../test.js';
import {
  at,
  type CallOptions,
  type Members,
  md5,
  type Reply,
  refused,
  stamp,
  talk,
  URL_OF_STUB,
  upload,
} from './ozeki-caller.js';

const SIGNED = [
  'useravailable',
  'friends',
  'list',
  'viewed',
  'downloadpartial',
  'add',
  'clear',
  'favorite',
  'unfavorite',
  'setlistitembackgroundcolor',
  'download',
  'mute',
  'unmute',
  'hide',
  'unhide',
  'blocklist',
];
const IN_CONVERSATION = SIGNED.filter((action) => !['useravailable', 'friends', 'list', 'blocklist'].includes(action));

/** Members that make each action a legal call. */
function membersOf(conversationid: string, messageId: string): Members {
  return {
    conversationid,
    messageids: [messageId],
    message: JSON.stringify(upload()),
    limit: 5,
    hideid: 'abc;',
    color: '#bae1ff',
    clientversioncode: 3,
    timestamp: stamp(),
  };
}

test('login answers all documented members', async () => {
  const { alice, call } = talk();
  const { body, headers } = await call(alice, 'login', { apikey: alice.apikey });
  expect(headers.get('content-type')).toBe('application/json');
  expect(body).toMatchObject({ status: 'OK', errormessage: '', registration: 'true', userid: md5(alice.email) });
  expect(body.rsakey).toMatch(
    /^-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-256-CFB,[0-9a-f]{32}\r\n\r\n([A-Za-z0-9+/=]{1,64}\r\n)+-----END RSA PRIVATE KEY-----$/,
  );
  expect(body.listeners).toEqual({
    udp: 'udp://stub.test:9010',
    ws: 'ws://stub.test:8080',
    wss: 'wss://stub.test:8080',
  });
  expect(Object.keys(body.urls)).toHaveLength(8);
  expect(body.urls.conversation).toBe(`${URL_OF_STUB}/ozeki/index.php?srv=chatserver&api=chatconversation`);
});

test('login refuses a wrong apikey, a missing one, a missing station, and the station of somebody else', async () => {
  const { alice, bob, call } = talk();
  const login = (members: Members, headers = {}) => call(alice, 'login', members, { headers });
  const replies = [
    await login({ apikey: 'wrong' }),
    await login({}),
    await login({ apikey: alice.apikey }, { 'Ozeki-Station': null }),
    await login({ apikey: alice.apikey }, { 'Ozeki-Station': bob.station }),
  ];
  for (const { body } of replies) expect(body).toEqual({ status: 'ERROR', errormessage: expect.stringMatching(/./) });
});

test('friends are the partner and the common friend, with RSA keys', async () => {
  const { alice, bob, outsider, call } = talk();
  const { friends, availabilities } = (await call(alice, 'friends')).body;
  expect(Object.keys(friends)).toHaveLength(2);
  expect(friends[md5(bob.email)]).toBeTruthy();
  expect(availabilities.map(({ friendid }) => friendid).sort()).toEqual(Object.keys(friends).sort());
  for (const { friendid, friendname, publickey, availability } of availabilities) {
    expect(friends[friendid]).toBe(friendname);
    expect(['available', 'offline']).toContain(availability);
    const key = createPublicKey({ key: Buffer.from(publickey, 'base64'), format: 'der', type: 'spki' });
    expect(key.asymmetricKeyType).toBe('rsa');
  }
  expect((await call(outsider, 'friends')).body).toMatchObject({ friends: {}, availabilities: [] });
  expect((await call(outsider, 'list')).body.conversations).toEqual([]);
});

test('availability shows to friends, in their list and their notifications', async () => {
  const { alice, bob, call } = talk();
  const seen = async () =>
    (await call(alice, 'friends')).body.availabilities.find(({ friendid }) => friendid === md5(bob.email));
  await call(alice, 'login', { apikey: alice.apikey });
  expect((await seen())?.availability).toBe('offline');
  expect((await call(bob, 'useravailable')).body).toEqual({ status: 'OK', errormessage: '' });
  expect((await seen())?.availability).toBe('available');
  const fetched = (await call(alice, 'notification')).body;
  expect(fetched.friendavailabilitesof).toEqual([md5(bob.email)]);
});

test('a station hears of changes from its login on, once, and never of its own', async () => {
  const { alice, bob, call, add, conversationid } = talk();
  const nothing = { friendavailabilitesof: [], conversationchangedof: [], conversationlistchangedof: [] };
  expect(refused(await call(alice, 'notification'))).toBe(true);
  for (const account of [alice, bob]) await call(account, 'login', { apikey: account.apikey });
  await add(bob);
  await add(bob);
  expect((await call(alice, 'notification')).body).toEqual({
    status: 'OK',
    errormessage: '',
    ...nothing,
    conversationchangedof: [conversationid],
  });
  expect((await call(alice, 'notification')).body).toMatchObject(nothing);
  expect((await call(bob, 'notification')).body).toMatchObject(nothing);
  const phone = { headers: { 'Ozeki-Station': 'f'.repeat(32) } };
  await call(alice, 'login', { apikey: alice.apikey }, phone);
  await call(alice, 'mute', { conversationid });
  expect((await call(alice, 'notification', {}, phone)).body.conversationlistchangedof).toEqual([conversationid]);
  expect((await call(alice, 'notification')).body).toMatchObject(nothing);
});

test('the conversation object has the documented members, as its caller sees them', async () => {
  const { alice, bob, conversation, conversationid, download } = talk();
  const [first, second, other] = [await conversation(), await conversation(), await conversation(bob)];
  const { messages, reports } = (await download()).body;
  expect(first).toEqual({
    id: conversationid,
    isgroup: false,
    participantids: [md5(alice.email), md5(bob.email)].sort(),
    participants: expect.any(Array),
    displayname: expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/),
    lastmessageid: at(messages, -1).ID,
    lastreportid: at(reports, -1).ID,
    lastaccess: Date.parse(`${at(messages, -1).Created.replace(' ', 'T')}Z`) / 1000,
    secret: expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/),
    instance: expect.stringMatching(/^[A-Za-z0-9]{10}$/),
    mutedby: [],
    favoriteby: [],
    hiddenby: [],
    properties: [
      { userid: md5(alice.email), ismuted: false, isfavorite: false, hideid: '', listitembackgroundcolor: '#ffffff' },
    ],
  });
  expect(second.displayname).not.toBe(first.displayname);
  expect(second.secret).toBe(first.secret);
  expect(other.secret).not.toBe(first.secret);
  expect(other.properties[0].userid).toBe(md5(bob.email));
});

test('an upload is echoed without its data, kept byte for byte, and the newest', async () => {
  const { alice, bob, add, download, conversation } = talk();
  const message = { ...upload(), Data: `${'𓀀 é \\" \n\t'.repeat(2000)} ` };
  const { Data: _, ...echo } = message;
  expect((await add(alice, message)).body).toEqual({ status: 'OK', errormessage: '', message: echo });
  expect((await add(alice, { ...message, Data: 'other' })).body.message).toEqual(echo);
  for (const account of [alice, bob]) {
    const found = (await download(account)).body.messages.filter(({ ID }) => ID === message.ID);
    expect(found).toEqual([message]);
    expect((await conversation(account)).lastmessageid).toBe(message.ID);
  }
});

test('back-dated uploads keep their date and find their place', async () => {
  const { alice, add, download } = talk();
  const message = { ...upload(), Created: '2001-02-03 13:59:59', ValidUntil: '2001-02-03 14:00:00' };
  expect((await add(alice, message)).body.message).toMatchObject({ Created: '2001-02-03 13:59:59' });
  expect(at((await download()).body.messages, 0)).toEqual(message);
});

test('a message viewed makes one report for both', async () => {
  const { alice, bob, add, call, download, conversationid, conversation } = talk();
  const { ID } = (await add(alice)).body.message;
  const viewed = { conversationid, messageids: [ID] };
  expect((await call(bob, 'viewed', viewed)).body).toEqual({ status: 'OK', errormessage: '' });
  await call(bob, 'viewed', viewed);
  for (const account of [alice, bob]) {
    const { reports } = (await download(account)).body;
    const viewings = reports.filter(({ Type }) => Type === 'viewed');
    expect(viewings).toHaveLength(1);
    expect((await conversation(account)).lastreportid).toBe(viewings[0]?.ID);
  }
  expect(refused(await call(bob, 'viewed', { conversationid, messageids: [crypto.randomUUID()] }))).toBe(true);
  expect(refused(await call(bob, 'viewed', { conversationid }))).toBe(true);
});

for (const limit of [1, 2, 3, 7, 50, 1000]) {
  test(`walking back with limit ${limit} gives every message once, oldest first on a page`, async () => {
    const { download, walk } = talk();
    const pages = await walk(limit);
    expect(pages.toReversed().flat()).toEqual((await download()).body.messages);
    expect(pages.every(({ length }) => length <= limit)).toBe(true);
  });
}

test('the history has seconds with several messages and several reports', async () => {
  const { download } = talk();
  const { messages, reports } = (await download()).body;
  expect(messages.length).toBeGreaterThanOrEqual(20);
  expect(new Set(messages.map(({ Created }) => Created)).size).toBeLessThan(messages.length - 4);
  expect(new Set(reports.map(({ Created }) => Created)).size).toBeLessThan(reports.length - 4);
});

test('reports have a cursor of their own', async () => {
  const { page, download } = talk();
  const { messages, reports } = (await download()).body;
  const cursor = { lastreportdate: at(reports, 4).Created, lastreportid: at(reports, 4).ID, limit: 3 };
  const { body } = await page(cursor);
  expect(body.reports).toEqual(reports.slice(1, 4));
  expect(body.messages).toEqual(messages.slice(-3));
});

test('a cursor without an id is read by its date, that second included', async () => {
  const { page, download } = talk();
  const { messages } = (await download()).body;
  const { Created } = at(messages, 3);
  const until = (await page({ lastmessagedate: Created, lastmessageid: '' })).body.messages;
  expect(until).toEqual(messages.filter((message) => message.Created <= Created));
  const since = (await download(undefined, { firstmessagedate: Created, firstmessageid: '' })).body.messages;
  expect(since).toEqual(messages.filter((message) => message.Created >= Created));
  const from = (await download(undefined, { firstmessagedate: Created, firstmessageid: at(messages, 3).ID })).body
    .messages;
  expect(from).toEqual(messages.slice(3));
});

test('clear empties the conversation for all, and nothing else', async () => {
  const { alice, bob, call, conversation, conversationid, download, page, add } = talk();
  const before = await conversation();
  const others = async () =>
    (await call(bob, 'list')).body.conversations
      .filter(({ id }) => id !== conversationid)
      .map(({ id, lastmessageid }) => [id, lastmessageid]);
  const kept = await others();
  const after = (await call(alice, 'clear', { conversationid })).body.conversation;
  expect(after).toEqual({
    ...before,
    displayname: after.displayname,
    instance: expect.stringMatching(/^[A-Za-z0-9]{10}$/),
    lastmessageid: '',
    lastreportid: '',
  });
  expect(after.instance).not.toBe(before.instance);
  for (const account of [alice, bob]) {
    expect((await download(account)).body).toMatchObject({ messages: [], reports: [] });
    expect((await page({}, account)).body).toMatchObject({ messages: [], reports: [] });
  }
  expect(await others()).toEqual(kept);
  expect((await call(alice, 'clear', { conversationid })).body.status).toBe('OK');
  const { ID } = (await add(bob)).body.message;
  expect((await download()).body.messages.map((message) => message.ID)).toEqual([ID]);
});

const FLAGS: [
  action: string,
  members: Members,
  property: string,
  value: unknown,
  list: 'mutedby' | 'favoriteby' | null,
  undo: string | null,
][] = [
  ['mute', {}, 'ismuted', true, 'mutedby', 'unmute'],
  ['favorite', {}, 'isfavorite', true, 'favoriteby', 'unfavorite'],
  ['hide', { hideid: 'PqjfKSn7V8;' }, 'hideid', 'PqjfKSn7V8;', null, 'unhide'],
  ['setlistitembackgroundcolor', { color: '#bae1ff' }, 'listitembackgroundcolor', '#bae1ff', null, null],
];

for (const [action, members, property, value, list, undo] of FLAGS) {
  test(`${action} sets the caller's own flag and no other`, async () => {
    const { alice, bob, call, conversation, conversationid } = talk();
    const before = await conversation();
    const mine = { ...before.properties[0], [property]: value };
    const shown = (await call(alice, action, { conversationid, ...members })).body.conversation;
    await call(alice, action, { conversationid, ...members });
    const listed = await conversation();
    for (const each of [shown, listed]) {
      expect(each.properties).toEqual([mine]);
      if (list !== null) expect(each[list]).toEqual([md5(alice.email)]);
    }
    expect((await conversation(bob)).properties[0]).toEqual({ ...before.properties[0], userid: md5(bob.email) });
    if (undo === null) return;
    const undone = (await call(alice, undo, { conversationid })).body.conversation;
    expect({ ...undone, displayname: '' }).toEqual({ ...before, displayname: '' });
  });
}

test('the blocklist names what is hidden, until it is hidden no more', async () => {
  const { alice, bob, call, conversationid } = talk();
  const blocked = async (account = alice) => (await call(account, 'blocklist')).body;
  await call(alice, 'hide', { conversationid, hideid: 'x;' });
  expect(await blocked()).toEqual({
    status: 'OK',
    errormessage: '',
    blockedusers: [],
    blockedconversations: [conversationid],
  });
  expect((await blocked(bob)).blockedconversations).toEqual([]);
  await call(alice, 'unhide', { conversationid });
  expect((await blocked()).blockedconversations).toEqual([]);
});

test('a workspace is registered once, under a host name, without a station', async () => {
  const { alice, call } = talk();
  const register = (workspacename: unknown, headers: Record<string, string | null> = { 'Ozeki-Station': null }) =>
    call(alice, 'workspaceregister', { workspacename }, { headers });
  expect((await register('alice.example.test')).body).toEqual({ status: 'OK', errormessage: '' });
  expect((await register('single')).body.status).toBe('OK');
  for (const name of [
    'alice.example.test',
    'Alice.Example.Test',
    '',
    'a b',
    '-a.test',
    'a..b',
    'ü.test',
    7,
    undefined,
  ]) {
    expect(refused(await register(name)), String(name)).toBe(true);
  }
  expect(refused(await register('new.test', { 'Ozeki-Signature': 'wrong' }))).toBe(true);
  expect(refused(await register('new.test', { 'Ozeki-User': null }))).toBe(true);
});

for (const action of SIGNED) {
  test(`${action} refuses wrong and missing credentials and changes nothing`, async () => {
    const { stub, alice, bob, call, conversationid, conversation } = talk();
    const members = membersOf(conversationid, (await conversation()).lastmessageid);
    const digest = stub.digest();
    const wrong: Record<string, string | null>[] = [
      { 'Ozeki-Signature': 'wrong' },
      { 'Ozeki-Signature': bob.signature ?? '' },
      { 'Ozeki-Signature': null },
      { 'Ozeki-User': null },
      { 'Ozeki-User': md5('nobody@example.test') },
      { 'Ozeki-User': md5(bob.email) },
      { 'Ozeki-Station': null },
      { 'Ozeki-Station': bob.station },
      { 'Ozeki-Station': '0'.repeat(32) },
    ];
    for (const headers of wrong) {
      const { body } = await call(alice, action, members, { headers });
      expect(body).toEqual({ status: 'ERROR', errormessage: expect.stringMatching(/./) });
    }
    expect(stub.digest()).toBe(digest);
    expect((await call(alice, action, members)).body.status).toBe('OK');
  });
}

for (const action of IN_CONVERSATION) {
  test(`${action} refuses outsiders, unknown conversations and bad members, and changes nothing`, async () => {
    const { stub, alice, outsider, call, conversationid, conversation } = talk();
    const members = membersOf(conversationid, (await conversation()).lastmessageid);
    const digest = stub.digest();
    const replies = [
      await call(outsider, action, members),
      await call(alice, action, { ...members, conversationid: '0'.repeat(32) }),
      await call(alice, action, { ...members, conversationid: undefined }),
      await call(alice, action, { ...members, conversationid: 7 }),
      await call(alice, action, { ...members, conversationid: [conversationid] }),
      await call(alice, action, { ...members, clientversioncode: 'three' }),
      await call(alice, action, { ...members, timestamp: 5 }),
    ];
    for (const { status, body } of replies) {
      expect(status).toBe(200);
      expect(body).toEqual({ status: 'ERROR', errormessage: expect.stringMatching(/./) });
    }
    expect(stub.digest()).toBe(digest);
  });
}

const BAD: [what: string, action: string, members: Members, how?: CallOptions][] = [
  ['an unknown action', 'dance', {}],
  ['malformed JSON', 'list', {}, { text: '{"action":"list"' }],
  ['an empty body', 'list', {}, { text: '' }],
  ['an array', 'list', {}, { text: '[{"action":"list"}]' }],
  ['null', 'list', {}, { text: 'null' }],
  ['a body over 2 MiB', 'list', { filler: 'x'.repeat(2 * 1024 * 1024) }],
  ['GET', 'list', {}, { method: 'GET' }],
  ['PUT', 'list', {}, { method: 'PUT' }],
  ['limit 0', 'downloadpartial', { limit: 0 }],
  ['a negative limit', 'downloadpartial', { limit: -1 }],
  ['a limit in a string', 'downloadpartial', { limit: '10' }],
  ['half a limit', 'downloadpartial', { limit: 1.5 }],
  ['a cursor that is no date', 'downloadpartial', { lastmessagedate: '2024-02-30 00:00:00' }],
  ['a cursor at 24 hours', 'download', { firstmessagedate: '2024-02-03 24:00:00' }],
  ['the colour red', 'setlistitembackgroundcolor', { color: 'red' }],
  ['a short colour', 'setlistitembackgroundcolor', { color: '#12' }],
  ['a colour of no hex digits', 'setlistitembackgroundcolor', { color: '#gggggg' }],
  ['an empty colour', 'setlistitembackgroundcolor', { color: '' }],
  ['no hideid', 'hide', {}],
  ['a message that is no string', 'add', { message: upload() }],
  ['a message that is no JSON', 'add', { message: '{' }],
  ['a message without ID', 'add', { message: JSON.stringify({ ...upload(), ID: undefined }) }],
  ['a message without Data', 'add', { message: JSON.stringify({ ...upload(), Data: undefined }) }],
  ['a message of no date', 'add', { message: JSON.stringify({ ...upload(), Created: 'now' }) }],
  ['a message valid until before its time', 'add', { message: JSON.stringify({ ...upload(), ValidUntil: stamp(-9) }) }],
];

for (const [what, action, members, how] of BAD) {
  test(`${what} is refused and changes nothing`, async () => {
    const { stub, alice, call, conversationid } = talk();
    const digest = stub.digest();
    const reply: Reply = await call(alice, action, { conversationid, ...members }, how);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(reply.body).toEqual({ status: 'ERROR', errormessage: expect.stringMatching(/./) });
    expect(stub.digest()).toBe(digest);
    expect((await call(alice, 'list')).body.status).toBe('OK');
  });
}

test('a message of 1 MiB is stored', async () => {
  const { alice, add, download } = talk();
  const Data = 'x'.repeat(1024 * 1024);
  const { ID } = (await add(alice, { Data })).body.message;
  expect((await download()).body.messages.find((message) => message.ID === ID)?.Data).toBe(Data);
});
