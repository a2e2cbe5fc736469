import { requirement } from '../../fixtures/relation/vocabulary.js';

const [none, pinned] = [
  { pin: false, mute: false },
  { pin: true, mute: false },
];
const [muted, both] = [
  { pin: false, mute: true },
  { pin: true, mute: true },
];

requirement('RG-CHATS-5', async ({ member, peer, group, eachWay, expect }) => {
  const [shared, beside] = [await group(), await member.creates([peer])];
  await eachWay(async (user, other) => {
    // What is done to a chat leaves others as they are.
    await user.flags(beside, both);
    // Each flag is set once while the other one is not.
    for (const flags of user === member ? [muted, both, pinned, none] : [pinned, both, muted, none]) {
      await user.flags(shared, flags);
      const seen = [[user, flags] as const, ...(flags === both ? [[other, none] as const] : [])];
      for (const [who, own] of seen) {
        expect((await who.chatOf(shared)).chat ?? {}, 'in Chats / List').toHave(own, `what ${who.actor} set`);
        expect(await who.infoOf(shared), 'in Info').toHave(own, `what ${who.actor} set`);
      }
    }
    expect(await user.infoOf(beside), 'in Info of another chat').toHave(both, `what ${user.actor} set`);
  });
});
