import { flagActions } from '../../apis/ozeki/actions.js';
import { change } from '../../fixtures/ozeki/flags.js';
import { newMessage, nextSecond } from '../../fixtures/ozeki/message.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

for (const id of ['OZ-CONV-1', 'OZ-CONV-2', 'OZ-CONV-4', 'OZ-CONV-5', 'OZ-CONV-6', 'OZ-CONV-8'])
  requirement(id, ({ eachWay }) => eachWay((user) => user.list()));

requirement('OZ-CONV-3', async ({ alice, bob, chat, scenario, eachWay }) => {
  await eachWay((user) => user.list());
  await scenario('with a flag of each', async () => {
    await alice.mute(chat);
    await bob.favorite(chat);
    await eachWay((user) => user.list());
  });
});

requirement('OZ-CONV-7', async ({ alice, bob, chat, expect, eachWay, newestIn }) => {
  await nextSecond();
  const message = newMessage();
  // Sent in the next second: neither its arrival nor reading nor a flag is the Created of a newer message.
  await nextSecond();
  await alice.add(chat, message);
  const shows = async (words: string) =>
    eachWay(async (user) => expect(await chat.newestShownTo(user), words).must.toBeAccessedAt(message));
  await shows('after Add');
  await bob.download(message);
  await bob.page();
  await bob.viewed(chat, message);
  await shows('after the newest message was read and viewed');
  for (const action of flagActions) {
    const { shown } = await change(bob, chat, action, true);
    expect(await newestIn(shown, bob), `after ${action}`).toBeAccessedAt(message);
  }
  expect(await chat.newestShownTo(alice), "after bob's flags changed").toBeAccessedAt(message);
});

requirement('OZ-CONV-10', ({ chat, eachWay, may, expect, scenario }) =>
  eachWay(async (user, other) => {
    const complete = async (ids: readonly string[], words: string) => {
      const hidden = JSON.stringify(await user.blocklist());
      const due = ids.filter((id) => ![id, other.id].some((named) => hidden.includes(named)));
      expect(await user.list()).toGiveAll(due, words);
    };
    await complete(user.conversations, 'that the target names');
    const { conversations } = await other.list();
    const shared = conversations.filter(({ participantids }) => participantids.includes(user.id));
    await complete(
      shared.map(({ id }) => id),
      `that List shows to ${other.actor} with ${user.actor} in them`,
    );
    await scenario('conversations that Notification names', async () => {
      if (may('write')) await other.add(chat);
      const { conversationchangedof, conversationlistchangedof } = await user.notification();
      await complete([...conversationchangedof, ...conversationlistchangedof], 'that Notification named');
    });
  }),
);

requirement('OZ-CONV-11', ({ eachWay, expect }) =>
  eachWay(async (user) => {
    const friends = await user.friends();
    expect(await user.list()).toNameAsFriends(friends);
  }),
);

requirement('OZ-CONV-12', ({ chat, eachWay, expect }) =>
  eachWay(async (sender, reader) => {
    const message = await sender.add(chat);
    for (const [words, act] of [
      ['after Add', async () => {}],
      ['after Report', () => reader.viewed(chat, message)],
    ] as const) {
      // Of several reports of one second none is the newest.
      await nextSecond();
      await act();
      for (const user of [sender, reader])
        await expect.soon(() => chat.newestReportShownTo(user), words).toBeOneOfThoseThere();
    }
  }),
);
