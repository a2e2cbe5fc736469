import { typedTexts } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-TYPE-1-START', async ({ alice, showsEach }) => {
  const chat = await alice.opens();
  await showsEach(chat, 'TypingStarted', typedTexts(), [chat.starttyping, chat.stoptyping]);
});
