import { timeOf } from '../../fixtures/relation/entries.js';
import type { Sent } from '../../fixtures/relation/message.js';
import type { User } from '../../fixtures/relation/user.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';
import { aMoment } from '../../fixtures/time.js';

requirement('RE-HIDE-1', ({ channel, eachWay }) =>
  eachWay(async (user) => user.hide(await user.shown(await user.send(channel)))),
);

requirement('RE-HIDE-1-SHOULD', ({ channel, eachWay, expect, volumes }) =>
  eachWay(async (user, other) => {
    const kept = [await user.send(channel)];
    const own = await user.send(channel);
    kept.push(await other.send(channel), await user.send(channel));
    const seen = await user.sees([own, ...kept]);
    expect(seen, 'before Hide').must.toHold([own, ...kept]);
    const [hidden = own] = seen.messages;
    await user.hide(hidden);
    const isGone = await expect.soon(() => user.walk({ limit: 50, maxPages: 2 }), 'after Hide').not.toHold([hidden]);
    expect(await user.sees(kept), 'after Hide of another message').toHold(kept);
    // It is not back on a page of another limit, or up to another time.
    for (const bound of isGone ? [{}, { maxCreateAt: timeOf(hidden) }] : [])
      for (const limit of [volumes.anyLimit, 20, 50])
        expect(await user.page({ limit, ...bound }), 'once a hidden message was gone').not.toHold([hidden]);
  }),
);

requirement('RE-HIDE-2', async ({ member, outsider, channel, eachWay, expect, scenario }) => {
  const sent: Sent[] = [];
  const cannotHide = async (who: User, author: User) => {
    const message = await author.send(channel);
    sent.push(message);
    const { id } = await author.shown(message);
    expect(await who.probe('hide', { id })).toTellNothing("Hide of somebody else's message");
  };
  await eachWay(cannotHide);
  await scenario('an outsider', async () => cannotHide(await outsider(), member));
  // Some do later what they refused.
  for (const wait of [async () => {}, aMoment]) {
    await wait();
    await eachWay(async (reader) => expect(await reader.sees(sent), 'after Hide by somebody else').toHold(sent));
  }
});
