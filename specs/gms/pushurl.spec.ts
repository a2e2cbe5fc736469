import { newUrls } from '../../fixtures/chatserver/texts.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-URL-1', async ({ alice, expect }) => {
  const chat = await alice.opens();
  for (const text of newUrls()) {
    await chat.pushurl(text);
    expect(await chat.transcript('PushUrl')).must.toShowEach('PushUrl');
  }
});
