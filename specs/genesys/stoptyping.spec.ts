import { typedTexts } from '../../fixtures/chatserver/texts.js';
import { chatText } from '../../fixtures/data.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-TYPE-1-STOP', async ({ alice, showsEach }) => {
  const chat = await alice.opens();
  // A server may leave a stop out that no start came before. A text of its own shows where one is taken for the other.
  const stops = async (text?: string) => {
    await chat.starttyping(chatText());
    await chat.stoptyping(text);
  };
  await showsEach(chat, 'TypingStopped', typedTexts(), [stops]);
});
