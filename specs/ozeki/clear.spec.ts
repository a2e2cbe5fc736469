import { colours } from '../../fixtures/ozeki/flags.js';
import { expiredMessage, nextSecond } from '../../fixtures/ozeki/message.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

test(
  ...requirement('OZ-CLEAR-1', async ({ alice, bob, chat, expect, volumes }) => {
    for (const [user, count] of [
      [alice, volumes.few],
      [bob, volumes.beyondCaps],
    ] as const) {
      const sent = [...(await chat.holds(count)), await alice.add(chat, expiredMessage())];
      const [stale, before] = [chat.instance, await user.page()];
      await user.clear(chat);
      for (const view of await chat.everyViewOfCleared(sent, stale))
        expect(view, 'after Clear').toHoldNothingOf(before);
      const only = await alice.add(chat);
      expect(await bob.page(), 'after Clear and one more Add').toHold([only]);
      expect(await bob.page(), 'after Clear and one more Add').toHoldAlone(only);
    }
  }),
);

test(
  ...requirement('OZ-CLEAR-2', async ({ alice, chat, eachWay, expect }) => {
    await alice.add(chat);
    await alice.clear(chat);
    await eachWay(async (reader) => expect(await chat.newestShownTo(reader), 'after Clear').toShowNoMessage());
  }),
);

test(
  ...requirement('OZ-CLEAR-3', async ({ chat, eachWay, expect, skip }) => {
    let judged = 0;
    await eachWay(async (user) => {
      const before = await chat.pagesElsewhere();
      await user.add(chat);
      await user.clear(chat);
      for (const { page, again } of before)
        expect(await again(), 'after Clear of another conversation').toStillHold(page);
      judged += before.length;
    });
    if (judged === 0) skip('neither alice nor bob has another conversation with messages in it');
  }),
);

test(
  ...requirement('OZ-CLEAR-4', async ({ alice, bob, chat, eachWay, expect }) => {
    await eachWay(async (user) => {
      await user.mute(chat);
      await user.favorite(chat);
      await user.setlistitembackgroundcolor(chat, colours.set);
    });
    await alice.add(chat);
    // A clear in the second of the newest message would give the same lastaccess as one that sets it anew.
    await nextSecond();
    const [hers, his] = [await chat.shownTo(alice), await chat.shownTo(bob)];
    const answered = await alice.clear(chat);
    expect(answered).toBeClearedOf(hers);
    expect(await chat.shownTo(alice)).toBeClearedOf(hers);
    expect(await chat.shownTo(bob)).toBeClearedOf(his);
    expect(await bob.clear(chat), 'after a second Clear').not.toHave({ instance: answered.instance });
  }),
);

test(
  ...requirement('OZ-CLEAR-5', ({ chat, eachWay, expect }) =>
    eachWay(async (user) => {
      await user.clear(chat);
      expect(await user.call('clear')).toBeServed('clearing an empty conversation');
    }),
  ),
);
