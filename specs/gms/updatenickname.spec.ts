import { renames } from '../../fixtures/chatserver/drives.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-NICK-1', async (words) => {
  const { shown, whole } = await renames(words);
  for (const { own, nickname } of shown) words.expect(own, 'after Update Nickname').toBearName(nickname);
  words.expect(whole).toShowEach('NicknameUpdated');
  words.expect(whole).toBeOfOneParticipant();
});
