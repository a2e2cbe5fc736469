import { timeOf } from '../../fixtures/relation/entries.js';
import type { Sent } from '../../fixtures/relation/message.js';
import { requirement, test } from '../../fixtures/relation/test.js';
import type { User } from '../../fixtures/relation/user.js';
import { aMoment } from '../../fixtures/time.js';

test(
  ...requirement('RE-HIDE-1', ({ channel, eachWay }) =>
    eachWay(async (user) => user.hide(await user.shown(await user.send(channel)))),
  ),
);

test(
  ...requirement('RE-HIDE-1-SHOULD', ({ channel, eachWay, expect, volumes }) =>
    eachWay(async (user, other) => {
      const before = await user.send(channel);
      const own = await user.send(channel);
      const behind = [await other.send(channel), await user.send(channel)];
      const seen = await user.sees([own, before, ...behind]);
      expect(seen, 'before Hide').must.toHold([own, before, ...behind]);
      const [hidden = own] = seen.messages;
      await user.hide(hidden);
      const isGone = await expect.soon(() => user.walk({ limit: 50, maxPages: 2 }), 'after Hide').not.toHold([hidden]);
      expect(await user.sees([before, ...behind]), 'after Hide of another message').toHold([before, ...behind]);
      // It is not back on a page of another limit, or up to another time.
      for (const bound of isGone ? [{}, { maxCreateAt: timeOf(hidden) }] : [])
        for (const limit of [volumes.anyLimit, 20, 50])
          expect(await user.page({ limit, ...bound }), 'after a hidden message was gone').not.toHold([hidden]);
    }),
  ),
);

test(
  ...requirement('RE-HIDE-2', async ({ member, outsider, channel, eachWay, expect, scenario }) => {
    const sent: Sent[] = [];
    const cannotHide = async (who: User, author: User) => {
      const message = await author.send(channel);
      const exchange = await who.probe('hide', { id: (await author.shown(message)).id });
      expect(exchange).toTellNothing("Hide of somebody else's message");
      sent.push(message);
    };
    await eachWay(cannotHide);
    await scenario('an outsider', async () => cannotHide(await outsider(), member));
    // Some do later what they refused.
    for (const wait of [async () => {}, aMoment]) {
      await wait();
      await eachWay(async (reader) => expect(await reader.sees(sent), 'after Hide by somebody else').toHold(sent));
    }
  }),
);
