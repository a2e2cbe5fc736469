import { flagActions } from '../../apis/ozeki/actions.js';
import { allFlags, change, changeAll, plainFlagActions } from '../../fixtures/ozeki/flags.js';
import { bygoneMessage, oddMessages } from '../../fixtures/ozeki/message.js';
import { anotherStationOf } from '../../fixtures/ozeki/stations.js';
import type { User } from '../../fixtures/ozeki/user.js';
import { type OzekiVocabulary, requirement } from '../../fixtures/ozeki/vocabulary.js';

requirement('OZ-NOTIF-1', async ({ chat, scenario, eachWay }) => {
  await eachWay((user) => user.notification());
  await scenario('a message and two who are available', () =>
    eachWay(async (user, other) => {
      await user.add(chat);
      await user.useravailable();
      await other.notification();
    }),
  );
});

/** Has each of the two, with nothing left to fetch, told of what the other one adds in some way. */
function eachIsTold(
  { chat, eachWay, expect }: OzekiVocabulary,
  work: (sender: User, isTold: IsTold, reader: User) => Promise<unknown>,
) {
  return eachWay(async (sender, reader) => {
    await reader.login();
    await reader.notification();
    const soon = (what: string) => expect.soon(() => reader.notification(), `after another participant added ${what}`);
    await work(sender, (what = 'a message') => soon(what).toTellOfChangeIn(chat), reader);
  });
}

type IsTold = (what?: string) => Promise<unknown>;

requirement('OZ-NOTIF-2', async (words) => {
  const { chat, scenario } = words;
  // What the sender fetches is their own: it takes nothing from the reader.
  for (const fetch of ['notification', 'notification', 'list'] as const)
    await eachIsTold(words, async (sender, isTold) => {
      await sender.add(chat);
      await sender[fetch]();
      await isTold();
    });
  await scenario('messages that differ in what is none of its business', () =>
    eachIsTold(words, async (sender, isTold) => {
      for (const message of [...oddMessages.map((make) => make()), bygoneMessage()])
        if (await sender.send(chat, message)) await isTold(message.kind);
    }),
  );
  await scenario('flags changed before the message and behind it', () => flagsKeepNoneSilent(words));
  await chat.clearAway();
});

/** Changes the sender's flags and the reader's around a message. What the reader has muted or hidden may stay silent. */
function flagsKeepNoneSilent(words: OzekiVocabulary) {
  return eachIsTold(words, async (sender, isTold, reader) => {
    for (const set of [true, false]) {
      await changeAll(sender, words.chat, allFlags, set);
      if (set) await changeAll(reader, words.chat, ['favorite', 'colour'], set);
      await sender.add(words.chat);
      for (const action of plainFlagActions) await change(reader, words.chat, action, true);
      await isTold();
    }
  });
}

requirement('OZ-NOTIF-3', async ({ chat, outsider, eachWay, scenario, expect, others }) => {
  // Where others write, a change may be told again, for it is another one.
  const notAgain = async (station: Pick<User, 'notification'>) => {
    const words = 'once it was told';
    if (others.exclusive) expect(await station.notification(), words).not.toTellOfChangeIn(chat);
    else await expect.soon(() => station.notification(), words).not.toTellOfChangeIn(chat);
  };
  await eachWay(async (user, other) => {
    await other.add(chat);
    await other.useravailable();
    await scenario('an outsider who is available', () => outsider().useravailable());
    const told = await user.notification();
    expect(told).toTellOfOwnAlone(await user.list(), await user.friends(), await user.blocklist());
  });
  await scenario('two stations of one user', () =>
    eachWay(async (user, other) => {
      const second = await anotherStationOf(user);
      await user.login();
      for (const first of [user, second]) {
        for (const station of [user, second]) await station.notification();
        await other.add(chat);
        for (const station of first === user ? [user, second] : [second, user]) {
          await expect.soon(() => station.notification(), 'after a message').toTellOfChangeIn(chat);
          await notAgain(station);
        }
      }
    }),
  );
});

requirement('OZ-NOTIF-4', ({ chat, eachWay, allowed, expect }) =>
  eachWay(async (user) => {
    const second = await anotherStationOf(user);
    await changeAll(user, chat, allFlags, false);
    for (const action of flagActions.filter((name) => allowed().includes(name))) {
      await second.notification();
      await change(user, chat, action, true);
      await expect.soon(() => second.notification(), `after ${action}`).toTellOfListChangeIn(chat);
    }
  }),
);
