import { renames } from '../../fixtures/chatserver/drives.js';
import { newNicknames } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-NICK-1', async (words) => {
  for (const { own, nickname } of (await renames(words)).shown)
    words.expect(own, 'after Update Nickname').toBearName(nickname);
});

requirement('GE-NICK-1-SHOULD', async ({ alice, showsEach }) => {
  const chat = await alice.opens();
  await chat.says(1);
  await showsEach(chat, 'Notice', newNicknames(), [chat.updatenickname]);
});
