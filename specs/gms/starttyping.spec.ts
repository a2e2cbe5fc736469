import { typedTexts } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-TYPE-1-START', async ({ alice, showsEach }) => {
  const chat = await alice.opens();
  await showsEach(chat, 'TypingStarted', typedTexts(), [chat.starttyping, chat.stoptyping]);
});
