import { downloadFrom, nextSecond, post } from '../../fixtures/ozeki-history.js';
import { overtakenBy } from '../../fixtures/ozeki-others.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
import { equal, parseTimestamp } from '../../src/rules/index.js';

for (const id of ['OZ-CONV-1', 'OZ-CONV-2', 'OZ-CONV-4', 'OZ-CONV-5', 'OZ-CONV-6', 'OZ-CONV-8']) {
  requirement(id, async ({ alice, bob }) => {
    await alice.list();
    await bob.list();
  });
}

requirement('OZ-CONV-3', async (context) => {
  const { alice, bob, conversation: conversationid } = context;
  await alice.list();
  await bob.list();
  if (!context.may('write')) return;
  await alice.mute({ conversationid });
  await bob.favorite({ conversationid });
  await alice.list();
  await bob.list();
});

requirement('OZ-CONV-7', async (context) => {
  const { alice, bob } = context;
  await nextSecond();
  const message = await post(context, alice);
  // Neither time that passes nor reading nor a flag is a newer message.
  await nextSecond();
  await downloadFrom(context, bob, message);
  await bob.mute({ conversationid: context.conversation });
  const findings = [];
  for (const user of [alice, bob]) {
    const { conversations } = await user.list();
    const shown = conversations.find(({ id }) => id === context.conversation);
    const newest = (await overtakenBy(context, user, shown?.lastmessageid, message)) ?? message;
    const created = (parseTimestamp(newest.Created) as number) / 1000;
    findings.push(
      ...equal(
        shown?.lastaccess,
        created,
        'lastaccess is not the Created of the newest message in Unix seconds',
        '/conversations',
      ),
    );
  }
  return findings;
});
