import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-DONE-1', async ({ alice, bob, expect }) => {
  const [fresh, used] = [await alice.opens(), await bob.opens()];
  await used.doesEverything();
  for (const chat of [fresh, used]) {
    await chat.disconnect();
    for (const position of [undefined, 1, chat.known.last + 1])
      await expect.soon(() => chat.read(position), 'after Disconnect').toBeOver();
    expect(await chat.probe('sendmessage')).toDenyThatItLives('Send Message after Disconnect');
  }
});
