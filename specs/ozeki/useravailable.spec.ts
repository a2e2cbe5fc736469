import { eventually } from '../../fixtures/eventually.js';
import type { OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import { equal } from '../../src/rules/index.js';

async function availabilityShown(to: OzekiUser, of: OzekiUser): Promise<string | undefined> {
  const { availabilities } = await to.friends();
  return availabilities.find(({ friendid }) => friendid === of.id)?.availability;
}

/** Whether the friend's Notification names the user: then they are friends, whatever Friends / List shows. */
async function told(friend: OzekiUser, user: OzekiUser): Promise<boolean> {
  return (await friend.notification()).friendavailabilitesof.includes(user.id);
}

requirement('OZ-AVAIL-1', async ({ alice, bob, step, skip }) => {
  const findings = [];
  // Twice each, in turn: one who is available stays so when they say it again, when they look, and when a friend says it.
  for (const [user, friend] of [
    [alice, bob],
    [bob, alice],
    [alice, bob],
    [bob, alice],
  ] as const) {
    await friend.notification();
    step(`${user.actor} says that they are available, ${friend.actor} looks`);
    await user.useravailable();
    await user.friends();
    let shown = await availabilityShown(friend, user);
    if (shown === undefined && !(await told(friend, user)))
      skip(`${user.actor} is no friend of ${friend.actor} on this server`);
    await eventually(async () => {
      shown = await availabilityShown(friend, user);
      return shown === 'available';
    });
    findings.push(
      ...equal(
        shown,
        'available',
        `after Availability ${friend.actor} does not see ${user.actor} as available`,
        '/availabilities',
      ),
    );
  }
  return [
    ...findings,
    ...equal(
      await availabilityShown(bob, alice),
      'available',
      'alice, who was available, is so no more after Availability of bob',
      '/availabilities',
    ),
  ];
});

requirement('OZ-AVAIL-2', async ({ alice, bob, step, skip }) => {
  const findings = [];
  for (const [user, friend] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    if ((await availabilityShown(friend, user)) === undefined)
      skip(`${user.actor} is no friend of ${friend.actor} on this server`);
    await friend.notification();
    step(`${user.actor} says that they are available, ${friend.actor} looks at their notifications`);
    await user.useravailable();
    findings.push(
      ...equal(
        await eventually(() => told(friend, user)),
        true,
        `after Availability the id of ${user.actor} is not in friendavailabilitesof of ${friend.actor}, a friend`,
        '/friendavailabilitesof',
      ),
    );
  }
  return findings;
});
