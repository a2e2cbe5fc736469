import { flagActions } from '../../apis/ozeki/actions.js';
import { cipherText, delicateTexts, refusableTexts, textsOfBytes } from '../../fixtures/data.js';
import { timeOf } from '../../fixtures/ozeki/entries.js';
import { change } from '../../fixtures/ozeki/flags.js';
import {
  expiredMessage,
  largestBytes,
  messagesOf,
  newMessage,
  nextSecond,
  oddMessages,
  type Sent,
  twins,
  typedMessages,
  yesterdayAt,
} from '../../fixtures/ozeki/message.js';
import { anotherStationOf } from '../../fixtures/ozeki/stations.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

for (const id of ['OZ-ADD-1', 'OZ-ADD-2']) requirement(id, ({ chat, eachWay }) => eachWay((user) => user.add(chat)));

/** What stands at the start of files is a character like others within a text. */
const markedText = { kind: 'a byte order mark before it', text: '\ufeffmarked' };

requirement('OZ-ADD-3', async ({ alice, bob, chat, expect, scenario, volumes }) => {
  const first = await chat.begin();
  const arrives = (name: string, send: () => Promise<Sent[]>, from = first) =>
    scenario(name, async () => {
      const sent = await send();
      for (const view of await chat.everyView(from, sent)) expect(view).toHold(sent);
    });
  await arrives('texts that servers tend to change', () =>
    alice.addAll(chat, messagesOf([...delicateTexts(), markedText])),
  );
  await arrives('texts that servers may refuse', () => alice.offerAll(chat, messagesOf(refusableTexts())));
  await arrives('Types that servers may refuse', () => bob.offerAll(chat, typedMessages()));
  await arrives('the same Data twice', () => bob.addAll(chat, twins()));
  const expired = await alice.addAll(chat, [expiredMessage()]);
  const old = yesterdayAt('11:22:33');
  await arrives('a message of yesterday', () => bob.addAll(chat, [old]), old);
  for (const user of [alice, bob]) for (const action of ['mute', 'favorite'] as const) await user[action](chat);
  await arrives('flags set before', () => chat.holds(volumes.few));
  await arrives('flags changed meanwhile and behind', async () => {
    const [sent] = await Promise.all([chat.holds(volumes.few), bob.unmute(chat), bob.unfavorite(chat)]);
    for (const action of flagActions) await change(bob, chat, action, true);
    return sent;
  });
  await scenario('a station that logs in behind them', async () => {
    const sent = await chat.holds(volumes.few);
    for (const user of [alice, bob]) {
      const { list, tamper } = await anotherStationOf(user);
      await list();
      expect(await user.download(first, { tamper }), 'from a second station').toHold(sent);
    }
  });
  await arrives('many at the same time as flags change', async () => {
    const flags = [bob.mute(chat), bob.favorite(chat), alice.unmute(chat), alice.unfavorite(chat)];
    const [sent] = await Promise.all([chat.holdsAtOnce(volumes.atOnce), ...flags]);
    return sent;
  });
  await nextSecond();
  await arrives('a validity that is over', async () => expired);
  await arrives('large messages', () => bob.addAll(chat, messagesOf(textsOfBytes(largestBytes))));
  await chat.clearAway();
});

requirement('OZ-ADD-4', async ({ alice, bob, chat, expect, newestIn, others, scenario }) => {
  // Bob has muted the conversation: that is none of List's business, nor is what the message is.
  await bob.mute(chat);
  for (const [i, make] of [newMessage, newMessage, ...oddMessages].entries()) {
    await nextSecond();
    const message = make();
    if (!(await (i % 2 === 0 ? alice : bob).send(chat, message))) continue;
    if (make === expiredMessage) await nextSecond();
    const words = `after Add of ${message.kind}`;
    for (const reader of [alice, bob]) {
      const listed = await reader.list();
      const shown = listed.conversations.find(({ id }) => id === chat.id);
      expect(shown && (await newestIn(shown, reader)), words).toBeOf(message);
      expect(listed, words).not.toShowElsewhere(chat, message);
    }
  }
  await chat.clearAway();
  await scenario('conversations in which nothing was added for long', async () => {
    for (const { conversation, page } of await chat.pagesElsewhere(alice))
      if (page.messages.some((entry) => !others.mayHaveAdded(entry.ID, timeOf(entry), page.seenAt)))
        expect(conversation).toShowSomeMessage();
  });
});

requirement('OZ-ADD-5', async ({ alice, bob, chat, expect, scenario }) => {
  const first = await chat.begin();
  const isOne = (name: string, repeat: (one: Sent) => Promise<unknown>, isAtOnce = false) =>
    scenario(`a message ${name}`, async () => {
      const one = newMessage({}, `an ID ${name}`);
      // Of two at the same time, either may be the repeat.
      const added = isAtOnce ? alice.offerAll(chat, [one]) : alice.add(chat, one);
      if (!isAtOnce) await added;
      await Promise.all([added, repeat(one)]);
      for (const view of [await bob.download(first), await bob.page()]) expect(view).toHoldOnce([one]);
    });
  const again = (one: Sent) => alice.offerAll(chat, [one]);
  await isOne('added twice', again);
  await isOne('added again behind another message', async (one) => [await bob.add(chat), await again(one)]);
  await isOne('added again with other Data', (one) => again({ ...one, Data: cipherText() }));
  await isOne('added again by another participant', (one) => bob.offerAll(chat, [one]));
  await isOne('added three times at once', (one) => Promise.all([again(one), again(one)]), true);
});
