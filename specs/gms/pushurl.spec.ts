import { newUrls } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-URL-1', async ({ alice, showsEach }) => {
  const chat = await alice.opens();
  await showsEach(chat, 'PushUrl', newUrls(), [chat.pushurl]);
});
