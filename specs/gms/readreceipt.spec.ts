import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-READ-1', async ({ alice, twice, volumes }) => {
  const chat = await alice.opens();
  await twice(async () => {
    await chat.says(volumes.few);
    await chat.transcript();
    await chat.readreceipt();
  });
});
