import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-FILE-3', async ({ alice, expect }) => {
  const chat = await alice.opens();
  const first = await chat.upload();
  const second = (await chat.limits()).filesLeft > 0 ? await chat.upload() : undefined;
  const [uploaded, other] = second === undefined ? [first] : [second, first];
  await chat.deletes(uploaded);
  await expect.soon(() => chat.read()).toShowFile('FileDeleted', uploaded);
  if (other !== undefined && (await chat.limits()).downloadsLeft > 1) {
    const exchange = await chat.download(other.fileId);
    expect(exchange).toBeServed('a file behind the deletion of another');
    expect(exchange).toBeTheBytes(other.file);
  }
  expect(await chat.download(uploaded.fileId, { intent: 'probe' })).toBeNoFile('a file that was deleted');
});
