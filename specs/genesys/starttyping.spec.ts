import { typedTexts } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-TYPE-1-START', async ({ alice, expect }) => {
  const chat = await alice.opens();
  for (const text of typedTexts()) {
    await chat.starttyping(text);
    expect(await chat.transcript('TypingStarted')).must.toShowEach('TypingStarted');
    await chat.stoptyping();
  }
});
