import { areFriends } from '../../fixtures/ozeki/drive.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

// Twice, in turn: one who is available stays so when they say it again, when they look, and when a friend says it.
requirement('OZ-AVAIL-1', async ({ alice, bob, twice, eachWay, expect, skip }) => {
  await twice(() =>
    eachWay(async (user, friend) => {
      await friend.notification();
      await user.useravailable();
      await user.friends();
      if (!(await areFriends(user, friend))) skip(`${user.actor} is no friend of ${friend.actor} on this server`);
      await expect.soon(() => friend.friends(), 'after Availability').toShowAvailable(user);
    }),
  );
  expect(await bob.friends(), 'after Availability of bob').toShowAvailable(alice);
});

requirement('OZ-AVAIL-2', ({ eachWay, expect, skip }) =>
  eachWay(async (user, friend) => {
    if (!(await areFriends(user, friend))) skip(`${user.actor} is no friend of ${friend.actor} on this server`);
    await friend.notification();
    await user.useravailable();
    await expect.soon(() => friend.notification(), 'after Availability').toTellOfFriend(user);
  }),
);
