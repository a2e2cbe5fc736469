import { flagActions } from '../../apis/ozeki/actions.js';
import { change } from '../../fixtures/ozeki/flags.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

test(
  ...requirement('OZ-BLOCK-1', ({ chat, eachWay, expect, skip }) =>
    eachWay(async (user, other) => {
      await other.unhide(chat);
      await user.unhide(chat);
      expect(await user.blocklist(), 'before Hide').not.toName(chat);
      if (JSON.stringify(await user.blocklist()).includes(other.id))
        skip('the other user is blocked for another reason');
      await user.hide(chat);
      expect(await user.blocklist(), 'after Hide').toName(chat, { or: other });
      expect(await other.blocklist(), `after Hide by ${user.actor}`).not.toName(chat);
      await user.unhide(chat);
      expect(await user.blocklist(), 'after Unhide').not.toName(chat, { or: other });
      for (const action of flagActions.filter((name) => name !== 'hide')) await change(user, chat, action, true);
      expect(await user.blocklist(), 'after every flag action but Hide').not.toName(chat, { or: other });
    }),
  ),
);
