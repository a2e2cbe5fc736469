import { chatMembers, genesysChatActions } from '../../apis/genesys/actions.js';
import { expect, test } from '../test.js';
import { chatWith, LEGAL } from './genesys-caller.js';

const visible = ({ from, type, text }: { from: { type: string }; type: string; text?: string }) =>
  [from.type, type, text].filter(Boolean).join(' ');

test('opens a chat as the page shows it, in which somebody greets', async () => {
  const { request, read } = chatWith();
  const { body, headers } = await request({ nickname: 'nickname' });
  expect(headers.get('content-type')).toBe('application/json');
  expect(body).toMatchObject({
    statusCode: 0,
    alias: '117',
    tenantName: 'Environment',
    path: `/api/v2/chats/${body.chatId}`,
  });
  expect([body.chatId, body.userId, body.secureKey].map((id) => id.length)).toEqual([16, 16, 16]);
  expect(body.messages).toEqual([
    {
      from: { nickname: 'nickname', participantId: 1, type: 'Client' },
      index: 1,
      type: 'ParticipantJoined',
      utcTime: expect.any(Number),
    },
  ]);
  expect((await read(body)).map(visible)).toEqual([
    'Client ParticipantJoined',
    'External ParticipantJoined',
    'External Message agent will be with you shortly ...',
  ]);
});

test('shows each action in the transcript as documented, with others in between', async () => {
  const { open, call, read } = chatWith();
  const chat = await open();
  for (const action of genesysChatActions.filter((name) => name !== 'complete'))
    expect((await call(chat, action)).body, action).toMatchObject({ statusCode: 0, alias: chat.alias });
  const events = await read(chat);
  expect(events.map(({ index }) => index)).toEqual(events.map((_, i) => i + 1));
  expect(events.slice(3).map(visible)).toEqual([
    'Client Message hello',
    'Client TypingStarted hel',
    'External Message agent will be with you shortly ...',
    'Client TypingStopped',
    'Client Notice Alice',
    'Client Notice http://url.test/',
    'External Message agent will be with you shortly ...',
  ]);
  expect(events.filter(({ from }) => from.type === 'Client').map(({ from }) => from.nickname)).toEqual([
    'alice',
    'alice',
    'alice',
    'alice',
    'Alice',
    'Alice',
  ]);
});

test('answers from a position on, nothing from beyond, and refuses what is no position', async () => {
  const { open, read } = chatWith();
  const chat = await open();
  const indexes = async (position: unknown) => (await read(chat, position))?.map(({ index }) => index);
  expect(await indexes(1)).toEqual([1, 2, 3]);
  expect(await indexes(3)).toEqual([3]);
  expect(await indexes(4)).toEqual([]);
  for (const position of [0, -1, '2', 1.5, null, 1e300])
    expect(await indexes(position), String(position)).toEqual(position === null ? [1, 2, 3] : undefined);
});

test('refuses wrong, foreign and missing members on every action, and carries nothing out', async () => {
  const { open, call, stub } = chatWith();
  const [chat, other] = [await open(), await open()];
  const before = stub.digest();
  for (const action of genesysChatActions) {
    const wrong = [
      { secureKey: 'wrong' },
      { secureKey: other.secureKey },
      { userId: other.userId },
      { userId: other.userId, secureKey: other.secureKey },
      ...[
        ...chatMembers,
        ...Object.keys(LEGAL[action]).filter((member) => action !== 'starttyping' || member !== 'text'),
      ].map((member) => ({ [member]: undefined })),
    ];
    for (const members of wrong)
      expect((await call(chat, action, members)).body, `${action} ${JSON.stringify(members)}`).toEqual({
        statusCode: 2,
      });
  }
  expect(stub.digest()).toBe(before);
});

test('refuses what it cannot read', async () => {
  const { post, open, call } = chatWith();
  const chat = await open();
  const path = `/api/v2/chats/${chat.chatId}`;
  for (const text of ['', '{', 'null', '[]', '"text"', `{"text":"${'x'.repeat(3 * 1024 * 1024)}"}`])
    expect((await post(path, text)).body, text.slice(0, 9)).toEqual({ statusCode: 2 });
  for (const members of [
    { operationName: 'Nonsense' },
    { text: 42 },
    { text: 'x'.repeat(1024 * 1024) },
    { chatId: 'unknown' },
    { chatId: '%' },
  ])
    expect((await call(chat, 'sendmessage', members)).body).toEqual({ statusCode: 2 });
  expect((await post(path, '', 'GET')).body).toEqual({ statusCode: 2 });
  expect((await post('/api/v2/chats', '{"tenantName":"Environment"}')).body).toEqual({ statusCode: 2 });
});

test('ends a chat at Complete, and one whose client does not poll', async () => {
  let now = Date.UTC(2026, 10, 20);
  const { open, call, stub } = chatWith({ now: () => now });
  const [completed, idle, polled] = [await open(), await open(), await open()];
  expect((await call(completed, 'complete')).body).toEqual({ statusCode: 0 });
  expect((await call(completed, 'complete')).body).toEqual({ statusCode: 2 });
  expect((await call(completed, 'sendmessage')).body).toEqual({ statusCode: 2 });
  for (let i = 0; i < 3; i++) {
    now += 20_000;
    await call(polled, 'getmessages');
  }
  for (const [chat, chatEnded] of [
    [completed, true],
    [idle, true],
    [polled, false],
  ] as const)
    expect((await call(chat, 'getmessages')).body).toMatchObject({ statusCode: 0, chatEnded });
  expect(stub.flags()).toMatchObject({ genesys: { open: [polled.chatId] } });
});

test('reading leaves the digest as it is, and each other action changes it', async () => {
  const { open, call, stub } = chatWith();
  const chat = await open();
  const before = stub.digest();
  await call(chat, 'getmessages');
  expect(stub.digest()).toBe(before);
  const seen = new Set([before]);
  const writes = genesysChatActions.filter((name) => name !== 'getmessages');
  for (const action of writes) {
    await call(chat, action);
    seen.add(stub.digest());
  }
  expect(seen.size).toBe(writes.length + 1);
  expect(stub.sent()).toMatchObject({ 'genesys/requestchat': 1, 'genesys/getmessages': 1, 'genesys/complete': 1 });
});

test('the seed picks ids and keys', async () => {
  const keyOf = async (seed: number) => (await chatWith({ seed }).open()).secureKey;
  expect(await keyOf(1)).toBe(await keyOf(1));
  expect(await keyOf(2)).not.toBe(await keyOf(1));
});
