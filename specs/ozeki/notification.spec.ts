import { allFlags, change, changeAll, plainFlagActions } from '../../fixtures/ozeki/flags.js';
import { bygoneMessage, oddMessages } from '../../fixtures/ozeki/message.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';
import type { User } from '../../fixtures/ozeki/user.js';

test(
  ...requirement('OZ-NOTIF-1', async ({ chat, scenario, eachWay }) => {
    await eachWay((user) => user.notification());
    await scenario('a message and two who are available', () =>
      eachWay(async (user, other) => {
        await user.add(chat);
        await user.useravailable();
        await other.notification();
      }),
    );
  }),
);

test(
  ...requirement('OZ-NOTIF-2', async ({ chat, scenario, eachWay, expect }) => {
    type IsTold = (what?: string) => Promise<unknown>;
    const news = (make: (sender: User, isTold: IsTold, reader: User) => Promise<unknown>) =>
      eachWay(async (sender, reader) => {
        await reader.login();
        await reader.notification();
        const isTold = (what = 'a message') =>
          expect.soon(() => reader.notification(), `after another participant added ${what}`).toTellOfChangeIn(chat);
        await make(sender, isTold, reader);
      });
    // What the sender fetches is their own: it takes nothing from the reader.
    for (const fetched of ['notification', 'notification', 'list'] as const)
      await news(async (sender, isTold) => {
        await sender.add(chat);
        await sender[fetched]();
        await isTold();
      });
    await scenario('messages of every kind', () =>
      news(async (sender, isTold) => {
        for (const message of [...oddMessages.map((make) => make()), bygoneMessage()])
          if (await sender.send(chat, message)) await isTold(message.kind);
      }),
    );
    await scenario('flags of both', () =>
      news(async (sender, isTold, reader) => {
        for (const set of [true, false]) {
          await changeAll(sender, chat, allFlags, set);
          // What the reader has muted or hidden may stay silent.
          if (set) await changeAll(reader, chat, ['favorite', 'colour'], set);
          await sender.add(chat);
          for (const action of plainFlagActions) await change(reader, chat, action, true);
          await isTold();
        }
      }),
    );
    await chat.clearAway();
  }),
);
