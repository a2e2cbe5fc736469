import type { Conversation } from '../../fixtures/ozeki/entries.js';
import { allFlags, changeAll, shownFlags } from '../../fixtures/ozeki/flags.js';
import type { User } from '../../fixtures/ozeki/user.js';
import { type OzekiVocabulary, requirement } from '../../fixtures/ozeki/vocabulary.js';

requirement('OZ-BLOCK-1', (words) =>
  words.eachWay(async (user, other) => {
    const { chat, expect, may, skip } = words;
    const blocks = (when: string) => expect.soon(() => user.blocklist(), `after ${when}`);
    await other.unhide(chat);
    await user.unhide(chat);
    const before = await user.blocklist();
    expect(before, 'before Hide').not.toName(chat);
    if (JSON.stringify(before).includes(other.id)) skip('the other user is blocked for another reason');
    await user.hide(chat);
    await blocks('Hide').toName(chat, { or: other });
    expect(await other.blocklist(), `after Hide by ${user.actor}`).not.toName(chat);
    for await (const when of flagsChanged(chat, [other, allFlags], [user, shownFlags]))
      expect(await user.blocklist(), when).toName(chat, { or: other });
    if (may('destroy')) await hiddenElsewhere(words, user);
    await user.unhide(chat);
    await blocks('Unhide').not.toName(chat, { or: other });
    for await (const when of flagsChanged(chat, [user, shownFlags]))
      expect(await user.blocklist(), when).not.toName(chat, { or: other });
  }),
);

/** Sets every flag of some users, then unsets it; says each time what was done. */
async function* flagsChanged(
  chat: Conversation,
  ...flags: readonly (readonly [User, Parameters<typeof changeAll>[2]])[]
) {
  for (const set of [true, false]) {
    for (const [user, names] of flags) await changeAll(user, chat, names, set);
    yield `after ${set ? 'setting' : 'unsetting'} the flags of ${flags.map(([{ actor }]) => actor).join(' and ')}`;
  }
}

/** Judges that what a user has hidden stays blocked where they clear another conversation. */
async function hiddenElsewhere({ chat, expect }: OzekiVocabulary, user: User) {
  const { another, partner } = (await chat.anotherOf(user)) ?? {};
  if (another === undefined) return;
  await user.hide(another);
  await expect.soon(() => user.blocklist(), 'after Hide elsewhere').toName(another, { or: partner });
  await user.clear(chat);
  expect(await user.blocklist(), 'after Clear of another conversation').toName(another, { or: partner });
}
