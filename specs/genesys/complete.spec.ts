import { requirement, test } from '../../fixtures/genesys/test.js';

test(
  ...requirement('GE-DONE-1', async ({ alice, bob, volumes }) => {
    const [fresh, used] = [await alice.opens(), await bob.opens()];
    await fresh.complete();
    await used.says(volumes.few);
    await used.updatenickname();
    await used.complete();
  }),
);

test(
  ...requirement('GE-DONE-1-SHOULD', async ({ alice, expect, volumes }) => {
    const chat = await alice.opens();
    await chat.says(volumes.few);
    await chat.complete();
    const sent = await chat.probeUntilRefused('sendmessage');
    if (expect(sent).toBeRefused('Send Message after Complete'))
      expect(await chat.read()).not.toShowTextOf(
        sent,
        'a text refused after Complete is in the transcript all the same',
      );
  }),
);
