import { typedTexts } from '../../fixtures/chatserver/texts.js';
import { chatText } from '../../fixtures/data.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-TYPE-1-STOP', async ({ alice, expect }) => {
  const chat = await alice.opens();
  for (const text of typedTexts()) {
    // A server may leave a stop out that no start came before. A text of its own shows where one is taken for the other.
    await chat.starttyping(chatText());
    await chat.stoptyping(text);
    expect(await chat.transcript('TypingStopped')).must.toShowEach('TypingStopped');
  }
});
