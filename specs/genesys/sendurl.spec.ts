import { newUrls } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-URL-1', async ({ alice, showsEach }) => {
  const chat = await alice.opens();
  await showsEach(chat, 'Notice', newUrls(), [chat.sendurl]);
});
