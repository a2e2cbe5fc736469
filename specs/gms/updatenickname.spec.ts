import { newNickname, newNicknames } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-NICK-1', async ({ alice, bob, expect }) => {
  const namesake = { nickname: newNickname() };
  const [chat, other] = [await alice.opens(namesake), await bob.opens(namesake)];
  for (const nickname of newNicknames()) {
    await chat.updatenickname(nickname);
    expect(await chat.transcript('NicknameUpdated')).toShowEach('NicknameUpdated');
    for (const each of [chat, other])
      expect(await each.showsOf(each.actsOn), 'after Update Nickname').toBearName(each.known.nickname);
  }
  expect(await chat.transcript()).toBeOfOneParticipant();
});
