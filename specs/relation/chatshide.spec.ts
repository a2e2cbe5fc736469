import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-CHATS-6', async ({ group, eachWay, expect }) => {
  const shared = await group();
  await eachWay(async (user, other) => {
    await user.hidesChat(shared);
    await expect.soon(() => user.chatOf(shared), 'after Hide').not.toBeThere();
    expect(await other.chatOf(shared), 'after Hide by another').toBeThere();
    await other.send(shared);
    await expect.soon(() => user.chatOf(shared), 'after a new message').toBeThere();
  });
});
