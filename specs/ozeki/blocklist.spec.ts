import type { OzekiUser } from '../../fixtures/ozeki.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
import { equal } from '../../src/rules/index.js';

/** Whether Blocklist holds one of the ids, wherever it stands in the items. */
async function names(user: OzekiUser, ids: readonly string[]): Promise<boolean> {
  const { blockedusers, blockedconversations } = await user.blocklist();
  const text = JSON.stringify([blockedusers, blockedconversations]);
  return ids.some((id) => text.includes(id));
}

requirement('OZ-BLOCK-1', async (context) => {
  const { alice, bob, conversation: conversationid, step, skip } = context;
  await alice.unhide({ conversationid });
  const ids = [conversationid, bob.id];
  if (await names(alice, ids)) skip('the conversation or its other user is blocked for another reason');
  step('alice hides the conversation and looks at her Blocklist, then unhides it and looks again');
  await alice.hide({ conversationid, hideid: `${context.instance()};` });
  const hidden = await names(alice, ids);
  await alice.unhide({ conversationid });
  return [
    ...equal(hidden, true, 'Blocklist names neither the hidden conversation nor its other user'),
    ...equal(await names(alice, ids), false, 'Blocklist still names the conversation or its other user after Unhide'),
  ];
});
