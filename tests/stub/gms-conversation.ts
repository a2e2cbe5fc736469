import { type GmsActionName, gmsActionNames } from '../../apis/gms/actions.js';
import type { StubOptions } from '../../src/stub/index.js';
import { type Chat, chatWith, type Members, type Reply } from './gms-caller.js';

const START = Date.UTC(2026, 10, 20, 12);

/**
 * One and the same conversation with a server, long enough that every mutation shows in it, part by part. The clock goes on with each
 * call, and all that is sent follows from what was sent before.
 */
export async function* gmsConversation(options: StubOptions): AsyncGenerator<Reply[]> {
  let clock = START;
  let replies: Reply[] = [];
  const { post, call } = chatWith({ ...options, now: () => clock });
  const kept = async (answer: Promise<Reply>) => {
    clock += 17;
    const reply = await answer;
    replies.push(reply);
    return reply;
  };
  const say = (chat: Partial<Chat>, action: GmsActionName, members?: Members) => kept(call(chat, action, members));
  const open = async (members?: Members): Promise<Chat> => {
    const { chatId, userId, secureKey, alias } = (await say({}, 'requestchat', members)).body ?? {};
    return { chatId, userId, secureKey, alias };
  };
  const read = async (chat: Chat, ...positions: unknown[]) => {
    for (const transcriptPosition of positions.length > 0 ? positions : [undefined])
      await say(chat, 'refresh', { transcriptPosition });
  };
  const write = async (chat: Chat, texts: readonly string[]) => {
    for (const message of texts) await say(chat, 'sendmessage', { message, messageType: 'kind' });
  };

  const [alice, bob] = [await open(), await open({ nickname: '語 + Bob' })];
  await open({ nickname: undefined });
  yield replies;

  const parts: Record<string, () => Promise<unknown>> = {
    async positions() {
      for (const chat of [alice, bob]) await read(chat, undefined, 0, 1, 2, 3, 4, 5, -1, 2 ** 40, 'x', 1.5);
      await say(alice, 'sendmessage', { transcriptPosition: 2 });
    },
    async events() {
      for (const chat of [alice, bob]) {
        for (const action of ['starttyping', 'stoptyping', 'pushurl', 'customnotice', 'readreceipt'] as const)
          await say(chat, action);
        await say(chat, 'updatenickname', { nickname: 'New 語' });
        await write(chat, ['one', 'two & three', 'four']);
        for (const userData of [{ a: '1' }, { a: 'x'.repeat(1100) }]) await say(chat, 'updatedata', { userData });
        await read(chat, undefined, 5, 9, 500, undefined);
      }
    },
    async files() {
      await say(alice, 'filelimits');
      const fileId = (await say(alice, 'fileupload')).body?.userData?.['file-id'];
      await say(alice, 'filelimits');
      for (const action of ['filedownload', 'filedelete', 'filedownload'] as const)
        await say(alice, action, { fileId });
      await say(alice, 'fileupload', { file: new File(['x'], 'x.exe') });
      await read(alice);
    },
    async access() {
      const wrong: Members[] = [{ chatId: 'none' }, { serviceName: 'none' }, { secureKey: undefined }];
      for (const action of gmsActionNames.filter((name) => name !== 'requestchat'))
        for (const members of wrong) await say(alice, action, members);
      await say(bob, 'refresh', { secureKey: 'wrong' });
      await read(bob);
    },
    async badInput() {
      const { chatId, ...fields } = alice;
      const json = { 'content-type': 'application/json' };
      await kept(post(`/customer-support/${chatId}/send`, JSON.stringify({ ...fields, message: 'x' }), json));
      for (const message of [undefined, 'x'.repeat(1_100_000)]) await say(alice, 'sendmessage', { message });
      await say(alice, 'pushurl', { pushUrl: undefined });
      for (const members of [{ nickname: undefined, lastName: undefined }, { serviceName: 'none' }])
        await open(members);
      await kept(call({}, 'requestchat', { nickname: 'Ünï' }, true));
      await read(alice);
    },
    async ends() {
      const over = await open({ nickname: 'silent' });
      await say(over, 'disconnect');
      await read(over, undefined, 100);
      await write(over, ['late']);
      await say(alice, 'disconnect');
    },
  };
  for (const part of Object.values(parts)) {
    replies = [];
    await part();
    yield replies;
  }
}
