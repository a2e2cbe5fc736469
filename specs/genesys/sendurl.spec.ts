import { newUrls } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-URL-1', async ({ alice, expect }) => {
  const chat = await alice.opens();
  for (const url of newUrls()) {
    await chat.sendurl(url);
    expect(await chat.transcript('Notice')).must.toShowEach('Notice');
  }
});
