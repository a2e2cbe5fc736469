import { isDeepStrictEqual } from 'node:util';
import { flagActions } from '../../apis/ozeki/actions.js';
import { allFlags, change, changeAll, plainFlagActions } from '../../fixtures/ozeki/flags.js';
import { areHex } from '../../fixtures/ozeki/matchers/people.js';
import { bygoneMessage, oddMessages } from '../../fixtures/ozeki/message.js';
import { anotherStationOf } from '../../fixtures/ozeki/stations.js';
import type { User } from '../../fixtures/ozeki/user.js';
import { type OzekiVocabulary, requirement } from '../../fixtures/ozeki/vocabulary.js';

requirement('OZ-NOTIF-1', async ({ chat, scenario, eachWay, expect }) => {
  const look = async (user: User) => {
    const told = await user.notification();
    if (!areHex(told)) expect(told, 'Notification').toNameConversationsById(await user.list(), await user.blocklist());
  };
  await eachWay(look);
  await scenario('a message and two who are available', () =>
    eachWay(async (user, other) => {
      await user.add(chat);
      await user.useravailable();
      await look(other);
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

/**
 * Judges that a change which was told is not told again. Where others write it may be, for it is another one: of some askings right
 * behind each other one tells none, and what is told again shows in List.
 */
async function toldOnce(words: OzekiVocabulary, station: Pick<User, 'notification'>, user: User, other: User) {
  const { chat, expect, others } = words;
  let told = await station.notification();
  const isAgain = told.conversationchangedof.includes(chat.id);
  for (let i = 0; i < others.askings && told.conversationchangedof.includes(chat.id); i++)
    told = await station.notification();
  expect(told, 'once it was told').not.toTellOfChangeIn(chat);
  if (!isAgain || others.askings === 0) return;
  await other.add(chat);
  const before = await chat.shownTo(user);
  await expect.soon(() => station.notification(), 'after one message').toTellOfChangeIn(chat);
  const again = await station.notification();
  if (isAsBefore(before, await chat.shownTo(user)))
    expect(again, 'with nothing changed in List since it was told').not.toTellOfChangeIn(chat);
}

/** Whether List shows the conversation as before, but for its fresh ciphertext. */
function isAsBefore(before: object | undefined, after: object | undefined): boolean {
  return before !== undefined && isDeepStrictEqual({ ...before, displayname: '' }, { ...after, displayname: '' });
}

requirement('OZ-NOTIF-3', async (words) => {
  const { chat, outsider, eachWay, scenario, expect } = words;
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
          await toldOnce(words, station, user, other);
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
