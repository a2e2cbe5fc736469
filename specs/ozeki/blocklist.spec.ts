import { allFlags, changeAll, shownFlags } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';
import type { User } from '../../fixtures/ozeki/user.js';
import type { OzekiVocabulary } from '../../fixtures/ozeki/vocabulary.js';

test(
  ...requirement('OZ-BLOCK-1', (words) => {
    const { chat, eachWay, expect, skip } = words;
    return eachWay(async (user, other) => {
      await other.unhide(chat);
      await user.unhide(chat);
      const before = await user.blocklist();
      expect(before, 'before Hide').not.toName(chat);
      if (JSON.stringify(before).includes(other.id)) skip('the other user is blocked for another reason');
      await user.hide(chat);
      await expect.soon(() => user.blocklist(), 'after Hide').toName(chat, { or: other });
      expect(await other.blocklist(), `after Hide by ${user.actor}`).not.toName(chat);
      for (const set of [true, false]) {
        await changeAll(other, chat, allFlags, set);
        await changeAll(user, chat, shownFlags, set);
        const what = `after ${set ? 'setting' : 'unsetting'} every other flag, and all of ${other.actor}'s`;
        expect(await user.blocklist(), what).toName(chat, { or: other });
      }
      await clearTakesNothing(words, user);
      await user.unhide(chat);
      await expect.soon(() => user.blocklist(), 'after Unhide').not.toName(chat, { or: other });
      for (const set of [true, false]) {
        await changeAll(user, chat, shownFlags, set);
        const what = `after ${set ? 'setting' : 'unsetting'} every other flag`;
        expect(await user.blocklist(), what).not.toName(chat, { or: other });
      }
    });
  }),
);

/** Judges that Clear leaves another conversation that the user has hidden in Blocklist. */
async function clearTakesNothing({ chat, expect, may }: OzekiVocabulary, user: User): Promise<void> {
  const elsewhere = may('destroy') ? await chat.anotherOf(user) : undefined;
  if (elsewhere === undefined) return;
  const { another, partner } = elsewhere;
  await user.hide(another);
  await expect.soon(() => user.blocklist(), 'after Hide elsewhere').toName(another, { or: partner });
  await user.clear(chat);
  expect(await user.blocklist(), 'after Clear of another conversation').toName(another, { or: partner });
}
