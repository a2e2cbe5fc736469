import { newNickname, newNicknames } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-NICK-1', async ({ alice, bob, expect }) => {
  const namesake = { nickname: newNickname() };
  const [chat, other] = [await alice.opens(namesake), await bob.opens(namesake)];
  for (const nickname of newNicknames()) {
    await chat.updatenickname(nickname);
    for (const each of [chat, other])
      expect(await each.showsOf(each.actsOn), 'after Update Nickname').toBearName(each.known.nickname);
  }
});

requirement('GE-NICK-1-SHOULD', async ({ alice, expect }) => {
  const chat = await alice.opens();
  await chat.says(1);
  for (const nickname of newNicknames()) {
    await chat.updatenickname(nickname);
    expect(await chat.transcript('Notice')).must.toShowEach('Notice');
  }
});
