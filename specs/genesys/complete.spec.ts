import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-DONE-1', async ({ alice, bob, volumes }) => {
  const [fresh, used] = [await alice.opens(), await bob.opens()];
  await fresh.complete();
  await used.says(volumes.few);
  await used.updatenickname();
  await used.complete();
});

requirement('GE-DONE-1-SHOULD', async ({ alice, expect, volumes }) => {
  const chat = await alice.opens();
  await chat.says(volumes.few);
  await chat.complete();
  const isOver = await expect.soon(() => chat.probe('sendmessage')).toBeRefused('Send Message after Complete');
  const sent = await chat.probe('sendmessage');
  if (isOver) expect(await chat.read(), 'a text refused after Complete').not.toShowTextOf(sent);
});
