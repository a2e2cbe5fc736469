import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-FILE-3', async ({ alice, expect }) => {
  const chat = await alice.opens();
  const uploaded = await chat.upload();
  await chat.deletes(uploaded);
  await expect.soon(() => chat.read()).toShowFile('FileDeleted', uploaded);
  expect(await chat.download(uploaded.fileId, { intent: 'probe' })).toBeNoFile('a file that was deleted');
});
