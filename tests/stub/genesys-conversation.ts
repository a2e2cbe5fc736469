import { type GenesysActionName, genesysActionNames } from '../../apis/genesys/actions.js';
import type { StubOptions } from '../../src/stub/index.js';
import { type Chat, chatWith, type Members, type Reply } from './genesys-caller.js';

const START = Date.UTC(2026, 10, 20, 12);

const WRONG_BODIES = ['{', '', '[]', '[{"nickname":"x","tenantName":"t"}]', 'null'];

/**
 * One and the same conversation with a server, long enough that every mutation shows in it, part by part. The clock goes on with each
 * call, and all that is sent follows from what was sent before.
 */
export async function* genesysConversation(options: StubOptions): AsyncGenerator<Reply[]> {
  let clock = START;
  let replies: Reply[] = [];
  const { post, call, request } = chatWith({ ...options, now: () => clock });
  const kept = async (answer: Promise<Reply>) => {
    clock += 17;
    const reply = await answer;
    replies.push(reply);
    return reply;
  };
  const say = (chat: Chat, action: GenesysActionName, members?: Members) => kept(call(chat, action, members));
  const open = async (members?: Members): Promise<Chat> => (await kept(request(members))).body ?? ({} as Chat);
  const read = async (chat: Chat, ...positions: unknown[]) => {
    for (const transcriptPosition of positions.length > 0 ? positions : [undefined])
      await say(chat, 'getmessages', { transcriptPosition });
  };
  const write = async (chat: Chat, texts: readonly string[]) => {
    for (const text of texts) await say(chat, 'sendmessage', { text });
  };

  const [alice, bob] = [
    await open(),
    await open({ nickname: '語 Bob', emailAddress: 'a@b.test', tenantName: 'Tenant' }),
  ];
  yield replies;

  const parts: Record<string, () => Promise<unknown>> = {
    async positions() {
      for (const chat of [alice, bob]) await read(chat, undefined, 1, 2, 3, 4, 5, 0, -1, -2, 2 ** 40, 'x', '2', 1.5);
    },
    async events() {
      for (const chat of [alice, bob]) {
        await say(chat, 'starttyping');
        await say(chat, 'stoptyping', { text: 'other' });
        for (const action of ['starttyping', 'stoptyping'] as const) await say(chat, action, { text: undefined });
        await write(chat, ['one']);
        await say(chat, 'updatenickname', { nickname: 'New 語' });
        await write(chat, ['two', 'three']);
        await say(chat, 'starttyping');
        await say(chat, 'sendurl', { pushUrl: 'http://url.test/a%20b#part' });
        await say(chat, 'updatenickname', { nickname: 'Newer' });
        await write(chat, ['four', 'five']);
        for (const userData of [{ a: 1 }, { a: 2 }]) await say(chat, 'updateuserdata', { userData });
        await read(chat, undefined, 5, 9, 500, undefined);
      }
      await read(alice);
    },
    async access() {
      const wrong: Members[] = [
        { secureKey: 'wrong' },
        { userId: undefined },
        { alias: undefined },
        { chatId: 'none' },
      ];
      for (const action of genesysActionNames.filter((name) => name !== 'requestchat'))
        for (const members of wrong) await say(alice, action, members);
      await read(alice);
    },
    async badInput() {
      const { userId, secureKey, alias, tenantName } = alice;
      const path = `/api/v2/chats/${encodeURIComponent(alice.chatId)}`;
      for (const text of WRONG_BODIES) for (const at of ['/api/v2/chats', path]) await kept(post(at, text));
      await kept(post('/api/v2/chats', '', 'GET'));
      for (const operationName of ['Nope', undefined])
        await kept(post(path, JSON.stringify({ operationName, userId, secureKey, alias, tenantName })));
      for (const text of [undefined, 5, 'x'.repeat(1_100_000)]) await say(alice, 'sendmessage', { text });
      await say(alice, 'sendurl', { pushUrl: undefined });
      await say(alice, 'updateuserdata', { userData: 'x' });
      for (const members of [{ nickname: undefined }, { nickname: 5 }, { tenantName: undefined }]) await open(members);
      await read(alice);
    },
    async ends() {
      const over = await open({ nickname: 'silent' });
      await say(over, 'complete');
      await read(over, undefined, 100);
      await write(over, ['late']);
      await read(over);
    },
  };
  for (const part of Object.values(parts)) {
    replies = [];
    await part();
    yield replies;
  }
}
