import { accessAroundClear } from '../../fixtures/ozeki/drive.js';
import { longAgo, oldestFirst } from '../../fixtures/ozeki/entries.js';
import { colours } from '../../fixtures/ozeki/flags.js';
import { expiredMessage, typedMessages, yesterdayAt } from '../../fixtures/ozeki/message.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

requirement('OZ-CLEAR-1', async ({ alice, bob, chat, expect, volumes }) => {
  for (const [user, count] of [
    [bob, volumes.beyondCaps],
    [alice, volumes.few],
  ] as const) {
    const odd = await alice.offerAll(chat, [yesterdayAt('10:11:12'), ...typedMessages()]);
    const sent = [...(await chat.anyHistory(count)), await alice.add(chat, expiredMessage())];
    const [stale, before] = [chat.instance, await user.page()];
    await user.clear(chat);
    for (const view of await chat.everyViewOfCleared([...odd, ...sent], stale))
      expect(view, 'after Clear').toHoldNothingOf(before);
    const only = await alice.add(chat);
    expect(await bob.page(), 'after Clear and one more Add').toHold([only]);
    expect(await bob.page(), 'after Clear and one more Add').toHoldAlone(only);
  }
});

requirement('OZ-CLEAR-2', async ({ alice, chat, eachLooks, expect }) => {
  await alice.add(chat);
  await alice.clear(chat);
  await eachLooks(async (reader) => expect(await chat.newestShownTo(reader), 'after Clear').toShowNoMessage());
});

requirement('OZ-CLEAR-3', async ({ chat, eachWay, expect, skip }) => {
  let judged = 0;
  const words = 'after Clear of another conversation';
  await eachWay(async (user, other) => {
    const friends = await user.friends();
    const theirs = await chat.pagesElsewhere(other);
    const own = await chat.pagesElsewhere(user);
    const downloads = await Promise.all(
      own.map(async ({ conversation, page }) => {
        const [first = longAgo] = oldestFirst(page.messages);
        const again = () => user.download(first, { conversation });
        return { page: await again(), again };
      }),
    );
    await user.add(chat);
    await user.clear(chat);
    for (const { page, again } of [...own, ...theirs, ...downloads]) expect(await again(), words).toStillHold(page);
    expect(await user.list(), words).toStillShow(own);
    expect(await user.friends(), words).toStillList(friends);
    judged += own.length + theirs.length;
  });
  if (judged === 0) skip('neither alice nor bob has another conversation with messages in it');
});

requirement('OZ-CLEAR-4', async (words) => {
  const { alice, bob, chat, eachWay, expect } = words;
  await eachWay(async (user) => {
    await user.mute(chat);
    await user.favorite(chat);
    await user.setlistitembackgroundcolor(chat, colours.set);
  });
  await alice.add(chat);
  const [hers, his] = [await chat.shownTo(alice), await chat.shownTo(bob)];
  const answered = await alice.clear(chat);
  expect(answered).toBeClearedOf(hers);
  expect(await chat.shownTo(alice)).toBeClearedOf(hers);
  expect(await chat.shownTo(bob)).toBeClearedOf(his);
  expect(await bob.clear(chat), 'after a second Clear').not.toHave({ instance: answered.instance });
  const { before, after } = await accessAroundClear(words);
  expect(after).toBe(
    after.map(() => before),
    'Clear changed lastaccess',
  );
});

requirement('OZ-CLEAR-5', ({ chat, eachWay, expect }) =>
  eachWay(async (user) => {
    await user.clear(chat);
    expect(await user.call('clear')).toBeServed('clearing an empty conversation');
  }),
);
