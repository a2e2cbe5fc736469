import { genesysRequirements } from '../../apis/genesys/requirements.js';
import { createStub, faults } from '../../apis/stub.js';
import { expect, test } from '../test.js';
import { chatWith } from './genesys-caller.js';

type Talk = ReturnType<typeof chatWith>;

const own = faults.filter(({ api }) => api === 'genesys');

/** What shows that a server has the fault; false on a conforming one. One of each kind. */
const SYMPTOMS: Record<string, (talk: Talk) => Promise<boolean>> = {
  'genesys-participantid-string': async ({ open, read }) =>
    typeof (await read(await open()))[0]?.from.participantId === 'string',
  'genesys-statuscode-string': async ({ request }) => (await request()).body.statusCode === '0',
  'genesys-userdata-twice-broken': async ({ open, call }) => {
    const chat = await open();
    await call(chat, 'updateuserdata');
    return (await call(chat, 'updateuserdata')).body.statusCode === 1;
  },
  'genesys-alias-of-newest': async ({ open, call }) => {
    const chat = await open();
    await open();
    return (await call(chat, 'stoptyping')).body.alias !== chat.alias;
  },
  'genesys-chat-of-nickname-again': async ({ open }) => {
    const [first, second] = [await open(), await open()];
    return first.chatId === second.chatId;
  },
  'genesys-position-exclusive': async ({ open, read }) => (await read(await open(), 1)).length === 2,
  'genesys-position-as-text': async ({ open, call, read }) => {
    const chat = await open();
    for (let i = 0; i < 9; i++) await call(chat, 'sendmessage');
    return (await read(chat, 2)).every(({ index }) => index !== 10);
  },
  'genesys-index-gap-after-rename': async ({ open, call, read }) => {
    const chat = await open();
    await call(chat, 'updatenickname');
    await call(chat, 'sendmessage');
    return (await read(chat)).map(({ index }) => index).join() === '1,2,3,4,6,7';
  },
  'genesys-poll-last-lost': async ({ open, read }) => (await read(await open(), 1)).length === 2,
  'genesys-time-local': async ({ request }) =>
    ((await request()).body.messages[0]?.utcTime ?? 0) > Date.now() + 3_600_000,
  'genesys-sendmessage-key-unchecked': async ({ open, call }) => {
    const chat = await open();
    const refused = (await call(chat, 'sendurl', { secureKey: 'wrong' })).body.statusCode;
    return refused === 2 && (await call(chat, 'sendmessage', { secureKey: 'wrong' })).body.statusCode === 0;
  },
  'genesys-complete-refused-but-done': async ({ open, call }) => {
    const chat = await open();
    const refused = (await call(chat, 'complete', { secureKey: 'wrong' })).body.statusCode;
    return refused === 2 && (await call(chat, 'getmessages')).body.chatEnded;
  },
  'genesys-transcript-of-nickname': async ({ open, call, read }) => {
    await call(await open(), 'sendmessage');
    return (await read(await open())).some(({ text }) => text === 'hello');
  },
  'genesys-text-trimmed': async ({ open, call, read }) => {
    const chat = await open();
    await call(chat, 'sendmessage', { text: ' a ' });
    return (await read(chat))[3]?.text === 'a';
  },
  'genesys-rename-rewrites-history': async ({ open, call, read }) => {
    const chat = await open();
    await call(chat, 'updatenickname');
    return (await read(chat))[0]?.from.nickname === 'Alice';
  },
  'genesys-never-ended': async ({ open, call }) => {
    const chat = await open();
    await call(chat, 'complete');
    return !(await call(chat, 'getmessages')).body.chatEnded;
  },
  'genesys-stop-shows-as-start': async ({ open, call, read }) => {
    const chat = await open();
    await call(chat, 'stoptyping');
    return (await read(chat))[3]?.type === 'TypingStarted';
  },
  'genesys-nickname-first-change-only': async ({ open, call, read }) => {
    const chat = await open();
    for (const nickname of ['one', 'two']) await call(chat, 'updatenickname', { nickname });
    await call(chat, 'sendmessage');
    return (await read(chat)).find(({ type, text }) => type === 'Message' && text === 'hello')?.from.nickname === 'one';
  },
  'genesys-every-fifteenth-broken': async ({ open, call }) => {
    const chat = await open();
    const broken: number[] = [];
    for (let i = 2; i <= 30; i++) if ((await call(chat, 'getmessages')).body === undefined) broken.push(i);
    return broken.join() === '15,30';
  },
  'genesys-getmessages-cut-off': async ({ open, call }) =>
    (await call(await open(), 'getmessages')).headers.get('content-length') === '1000000',
  'genesys-position-from-the-end': async ({ open, read }) => (await read(await open(), -1))?.[0]?.index === 3,
};

for (const [id, isThere] of Object.entries(SYMPTOMS)) {
  test(`${id} shows, and only where asked for`, async () => {
    expect(await isThere(chatWith())).toBe(false);
    expect(await isThere(chatWith({ faults: [id] }))).toBe(true);
  });
}

test('each requirement has a fault, and each fault breaks a requirement of its action', () => {
  const broken = new Set(own.map(({ requirement }) => requirement));
  expect(genesysRequirements.filter(({ id }) => !broken.has(id)).map(({ id }) => id)).toEqual([]);
  for (const { id, requirement } of own)
    expect(
      genesysRequirements.some((each) => each.id === requirement),
      id,
    ).toBe(true);
});

test('a stub is not touched by the faults of another', async () => {
  createStub({ faults: ['genesys-position-ignored'] });
  const { open, read } = chatWith();
  expect(await read(await open(), 4)).toEqual([]);
});
