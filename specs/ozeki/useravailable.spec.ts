import { eventually } from '../../fixtures/eventually.js';
import type { OzekiUser } from '../../fixtures/ozeki.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
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
  for (const [user, friend] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    await friend.notification();
    step(`${user.actor} says that they are available, ${friend.actor} looks`);
    await user.useravailable();
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
  return findings;
});

requirement('OZ-AVAIL-2', async ({ alice, bob, step, skip }) => {
  if ((await availabilityShown(bob, alice)) === undefined) skip('alice is no friend of bob on this server');
  await bob.notification();
  step('alice says that she is available, bob looks at his notifications');
  await alice.useravailable();
  const told = await eventually(async () => (await bob.notification()).friendavailabilitesof.includes(alice.id));
  return equal(
    told,
    true,
    "after Availability the user's id is not in friendavailabilitesof of a friend",
    '/friendavailabilitesof',
  );
});
