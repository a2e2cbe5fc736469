import { eventually } from '../../fixtures/eventually.js';
import { post } from '../../fixtures/ozeki/history.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import { equal } from '../../src/rules/index.js';

requirement('OZ-NOTIF-1', async (context) => {
  const { alice, bob } = context;
  if (context.may('write')) {
    await post(context, alice);
    await alice.useravailable();
    await bob.useravailable();
  }
  await alice.notification();
  await bob.notification();
});

requirement('OZ-NOTIF-2', async (context) => {
  const { alice, bob, step } = context;
  const findings = [];
  for (const [sender, reader] of [
    [alice, bob],
    [bob, alice],
    [alice, bob],
    [bob, alice],
  ] as const) {
    await reader.login();
    await reader.notification();
    step(`${sender.actor} adds a message, ${reader.actor} looks at their notifications`);
    await post(context, sender);
    // What the sender fetches is their own: it takes nothing from the reader.
    await sender.notification();
    const told = await eventually(async () =>
      (await reader.notification()).conversationchangedof.includes(context.conversation),
    );
    findings.push(
      ...equal(
        told,
        true,
        'after another participant added a message the conversation is not in conversationchangedof',
        '/conversationchangedof',
      ),
    );
  }
  return findings;
});
