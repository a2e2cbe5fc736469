import { requirement } from '../../fixtures/genesys/test.js';
import { newUrls } from '../../fixtures/genesys/texts.js';

requirement('GE-URL-1', async ({ alice, expect }) => {
  const chat = await alice.opens();
  for (const url of newUrls()) {
    await chat.sendurl(url);
    expect(await chat.transcript('Notice')).must.toShowEach('Notice');
  }
});
