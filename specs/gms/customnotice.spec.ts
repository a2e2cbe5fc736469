import { chatText, delicateTexts } from '../../fixtures/data.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-NOTE-1', async ({ alice, expect }) => {
  const chat = await alice.opens();
  const plain = chatText();
  for (const text of [plain, plain, ...delicateTexts().map(({ text }) => text), plain]) await chat.customnotice(text);
  expect(await chat.transcript('CustomNotice')).toShowEach('CustomNotice');
});
