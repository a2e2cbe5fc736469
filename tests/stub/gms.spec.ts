import { validateBody } from '../../apis/bodies.js';
import { gmsChatActions } from '../../apis/gms/actions.js';
import { variants } from '../../apis/stub.js';
import { expect, test } from '../test.js';
import { type Chat, chatWith, type Members, picture } from './gms-caller.js';

const ordinary = 'the ordinary server';

for (const id of [ordinary, ...variants.filter(({ api }) => api === 'gms').map((variant) => variant.id)]) {
  test(`${id}: all actions answer by their schemas, or refuse`, async () => {
    const { call } = chatWith({ variants: id === ordinary ? [] : [id] });
    const opened = await call({}, 'requestchat');
    expect(validateBody('gms', 'requestchat', 'response', opened.body), opened.text).toEqual([]);
    const chat: Chat = opened.body;
    let fileId: string | undefined;
    for (const action of gmsChatActions.filter((name) => name !== 'disconnect')) {
      const { status, body, text } = await call(chat, action, { fileId });
      fileId = body?.userData?.['file-id'] ?? fileId;
      for (const name of ['alias', 'userId', 'secureKey'] as const) chat[name] = body?.[name] ?? chat[name];
      if (status !== 200 || body?.statusCode !== 0) continue;
      expect(validateBody('gms', action, 'response', body), `${action}: ${text}`).toEqual([]);
    }
    expect((await call(chat, 'disconnect')).body.statusCode).toBe(0);
  });
}

test('a file is kept and given back byte for byte, and gone when it was deleted', async () => {
  const { call, open } = chatWith();
  const chat = await open();
  const { body } = await call(chat, 'fileupload');
  const fileId = body.userData['file-id'];
  const given = await call(chat, 'filedownload', { fileId });
  expect([...given.bytes]).toEqual([...new Uint8Array(await picture.arrayBuffer())]);
  expect(given.headers.get('content-type')).toBe('image/png');
  const limits = (await call(chat, 'filelimits')).body.messages[0]?.userData;
  expect(limits).toMatchObject({ 'used-upload-max-files': '1', 'used-download-attempts': '1' });
  expect((await call(chat, 'filedelete', { fileId })).body.statusCode).toBe(0);
  expect((await call(chat, 'filedownload', { fileId })).body.statusCode).toBe(2);
  const { messages } = (await call(chat, 'refresh')).body;
  expect(messages.map(({ type }) => type).slice(-2)).toEqual(['FileUploaded', 'FileDeleted']);
});

test('a wrong key puts the client out of the chat, a missing one and another user do not', async () => {
  const { call, open } = chatWith();
  const chat = await open();
  for (const members of [{ secureKey: undefined }, { userId: 'other' }])
    expect((await call(chat, 'sendmessage', members)).body.statusCode).toBe(2);
  expect((await call(chat, 'sendmessage')).body.statusCode).toBe(0);
  expect((await call(chat, 'sendmessage', { secureKey: 'wrong' })).body.statusCode).toBe(2);
  expect((await call(chat, 'sendmessage')).body).toEqual({ statusCode: 2, chatEnded: true });
});

test('positions: none, all, from one on, and behind the last event', async () => {
  const { call, open } = chatWith();
  const chat = await open();
  await call(chat, 'sendmessage');
  const read = async (members: Members) => {
    const { messages, nextPosition } = (await call(chat, 'refresh', members)).body;
    return [messages.map(({ index }) => index), nextPosition];
  };
  const all = [1, 2, 3, 4];
  expect(await read({})).toEqual([all, 5]);
  expect(await read({ transcriptPosition: 0 })).toEqual([[], 5]);
  expect(await read({ transcriptPosition: 1 })).toEqual([all, 5]);
  expect(await read({ transcriptPosition: 4 })).toEqual([[4], 5]);
  expect(await read({ transcriptPosition: 50 })).toEqual([[], 5]);
  const sent = (await call(chat, 'sendmessage', { transcriptPosition: 4 })).body;
  expect(sent.messages.map(({ index }) => index)).toEqual([4, 5, 6]);
});

test('a client is named by a nickname, or else by both names, in either form', async () => {
  const { call } = chatWith();
  const named = async (members: Members, inParts?: boolean) =>
    (await call({}, 'requestchat', members, inParts)).body.messages?.[0]?.from.nickname;
  expect(await named({ nickname: 'A+B & Ünï' })).toBe('A+B & Ünï');
  expect(await named({ nickname: 'A+B & Ünï' }, true)).toBe('A+B & Ünï');
  expect(await named({ nickname: undefined })).toBe('Alice Smith');
  expect(await named({ nickname: undefined, lastName: undefined })).toBeUndefined();
});
