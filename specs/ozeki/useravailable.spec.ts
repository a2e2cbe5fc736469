import { eventually } from '../../fixtures/eventually.js';
import type { OzekiUser } from '../../fixtures/ozeki.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
import { equal } from '../../src/rules/index.js';

async function availabilityShown(to: OzekiUser, of: OzekiUser): Promise<string | undefined> {
  const { availabilities } = await to.friends();
  return availabilities.find(({ friendid }) => friendid === of.id)?.availability;
}

requirement('OZ-AVAIL-1', async ({ alice, bob, step, skip }) => {
  const findings = [];
  for (const [user, friend] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    if ((await availabilityShown(friend, user)) === undefined)
      skip(`${user.actor} is no friend of ${friend.actor} on this server`);
    step(`${user.actor} says that they are available, ${friend.actor} looks`);
    await user.useravailable();
    const shown = await availabilityShown(friend, user);
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
