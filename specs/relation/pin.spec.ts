import { requirement } from '../../fixtures/relation/vocabulary.js';

const [none, pinned] = [
  { pin: false, mute: false },
  { pin: true, mute: false },
];
const [muted, both] = [
  { pin: false, mute: true },
  { pin: true, mute: true },
];

requirement('RG-CHATS-5', async ({ member, group, eachWay, expect }) => {
  const shared = await group();
  await eachWay(async (user, other) => {
    // Each flag is set once while the other one is not.
    for (const flags of user === member ? [muted, both, pinned, none] : [pinned, both, muted, none]) {
      await user.flags(shared, flags);
      for (const [who, own] of [
        [user, flags],
        [other, none],
      ] as const) {
        expect((await who.chatOf(shared)).chat ?? {}, 'in Chats / List').toHave(own, `what ${who.actor} set`);
        expect(await who.infoOf(shared), 'in Info').toHave(own, `what ${who.actor} set`);
      }
    }
  });
});
