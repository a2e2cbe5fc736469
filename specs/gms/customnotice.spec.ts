import { chatText, delicateTexts } from '../../fixtures/data.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-NOTE-1', async ({ alice, expect }) => {
  const chat = await alice.opens();
  for (const text of [chatText(), ...delicateTexts().map(({ text }) => text)]) await chat.customnotice(text);
  expect(await chat.transcript('CustomNotice')).toShowEach('CustomNotice');
});
