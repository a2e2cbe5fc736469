import { flagActions } from '../../apis/ozeki/actions.js';
import { viewingOf } from '../../fixtures/ozeki/access.js';
import { overtakenBy } from '../../fixtures/ozeki/concurrent-users.js';
import {
  addMembers,
  downloadFrom,
  fetchPage,
  firstCursor,
  newMessage,
  nextSecond,
} from '../../fixtures/ozeki/history.js';
import { attemptLegal } from '../../fixtures/ozeki/probes.js';
import type { OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import { equal, parseTimestamp } from '../../src/rules/index.js';
import type { OzekiConversation } from '../../types/ozeki.js';

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
  const { alice, bob, conversation: conversationid, step } = context;
  await nextSecond();
  const message = newMessage();
  const judged = (lastaccess: unknown, words: string, { Created } = message as { Created?: string }) =>
    equal(
      lastaccess,
      (parseTimestamp(Created) as number) / 1000,
      `${words} lastaccess is not the Created of the newest message in Unix seconds`,
    );
  const listed = async (user: OzekiUser, words: string) => {
    const { conversations } = await user.list();
    const shown = conversations.find(({ id }) => id === conversationid);
    return judged(shown?.lastaccess, words, await overtakenBy(context, user, shown?.lastmessageid, message));
  };
  // Sent in the next second: neither its arrival nor reading nor a flag is the Created of a newer message.
  await nextSecond();
  await alice.add(addMembers(context, message));
  const first = [
    ...(await listed(alice, 'in the List of the sender')),
    ...(await listed(bob, 'in the List of the reader')),
  ];
  if (first.length > 0) return first;
  await downloadFrom(context, bob, message);
  await fetchPage(context, bob, firstCursor(context), 5);
  await bob.viewed({ conversationid, instance: context.instance(), ...viewingOf(message) });
  const findings = await listed(bob, 'after the newest message was read and reported as viewed');
  if (findings.length > 0) return findings;
  for (const action of flagActions) {
    step(`bob: ${action}`);
    const exchange = await attemptLegal(context, bob, action, { intent: 'call' });
    const { conversation } = (exchange.response.json ?? {}) as { conversation?: OzekiConversation };
    if (conversation == null) continue;
    const newest = await overtakenBy(context, bob, conversation.lastmessageid, message);
    findings.push(...judged(conversation.lastaccess, `in the answer of ${action}`, newest));
  }
  return [...findings, ...(await listed(alice, "after bob's flags changed"))];
});
