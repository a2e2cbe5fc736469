import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-READ-1', async ({ alice, twice }) => {
  const chat = await alice.opens();
  await twice(async () => {
    await chat.says(1);
    await chat.transcript();
    await chat.readreceipt();
  });
});
