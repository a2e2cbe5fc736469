import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-CHATS-5', async ({ group, eachWay, expect }) => {
  const shared = await group();
  await eachWay(async (user, other) => {
    const shows = async (flags: { pin: boolean; mute: boolean }) => {
      for (const [who, own] of [
        [user, flags],
        [other, { pin: false, mute: false }],
      ] as const) {
        expect((await who.chatOf(shared)).chat ?? {}, 'in Chats / List').toHave(own, `what ${user.actor} set`);
        expect(await who.infoOf(shared), 'in Info').toHave(own, `what ${user.actor} set`);
      }
    };
    await user.pins(shared, true);
    await shows({ pin: true, mute: false });
    await user.mutes(shared, true);
    await shows({ pin: true, mute: true });
    await user.pins(shared, false);
    await shows({ pin: false, mute: true });
    await user.mutes(shared, false);
    await shows({ pin: false, mute: false });
  });
});
