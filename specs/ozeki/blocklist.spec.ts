import type { OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import type { Finding } from '../../src/exchange/index.js';
import { equal } from '../../src/rules/index.js';

/** Whether Blocklist holds the id of the conversation or of its other user, wherever it stands in the items. */
async function names(user: OzekiUser, conversation: string, other: OzekiUser) {
  const { blockedusers, blockedconversations } = await user.blocklist();
  const isConversation = JSON.stringify(blockedconversations).includes(conversation);
  return {
    isConversation,
    isAny: isConversation || JSON.stringify([blockedusers, blockedconversations]).includes(other.id),
  };
}

requirement('OZ-BLOCK-1', async (context) => {
  const { alice, bob, conversation: conversationid, step, skip } = context;
  const findings: Finding[] = [];
  for (const [user, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    await other.unhide({ conversationid });
    await user.unhide({ conversationid });
    const before = await names(user, conversationid, other);
    if (before.isAny && !before.isConversation)
      skip('the other user of the conversation is blocked for another reason');
    step(
      `${user.actor} hides the conversation, both look at their Blocklist, then ${user.actor} unhides it and looks again`,
    );
    await user.hide({ conversationid, hideid: `${context.instance()};` });
    const [hidden, ofOther] = [await names(user, conversationid, other), await names(other, conversationid, user)];
    await user.unhide({ conversationid });
    const after = await names(user, conversationid, other);
    findings.push(
      ...equal(before.isConversation, false, `the Blocklist of ${user.actor} names a conversation that is not hidden`),
      ...equal(
        hidden.isAny,
        true,
        `the Blocklist of ${user.actor} names neither the hidden conversation nor its other user`,
      ),
      ...equal(
        after.isAny,
        false,
        `the Blocklist of ${user.actor} still names the conversation or its other user after Unhide`,
      ),
      ...equal(
        ofOther.isConversation,
        false,
        `the Blocklist of ${other.actor} names a conversation that ${user.actor} alone has hidden`,
      ),
    );
  }
  return findings;
});
