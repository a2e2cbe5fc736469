import { change, plainFlagActions } from '../../fixtures/ozeki/flags.js';
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
  ...requirement('OZ-NOTIF-2', async ({ chat, scenario, twice, eachWay, expect }) => {
    const told = (meanwhile: (sender: User, reader: User) => Promise<unknown>) =>
      eachWay(async (sender, reader) => {
        await reader.login();
        await reader.notification();
        await sender.add(chat);
        await meanwhile(sender, reader);
        await expect
          .soon(() => reader.notification(), 'after another participant added a message')
          .toTellOfChangeIn(chat);
      });
    // What the sender fetches is their own: it takes nothing from the reader.
    await twice(() => told((sender) => sender.notification()));
    await scenario('the reader has changed flags meanwhile', () =>
      told(async (_, reader) => {
        for (const action of plainFlagActions) await change(reader, chat, action, true);
      }),
    );
  }),
);
