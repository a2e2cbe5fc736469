import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-FILE-2-DOWNLOAD', async ({ alice, expect }) => {
  const chat = await alice.opens();
  const first = await chat.upload();
  // A name may come twice, as with pictures of a camera.
  const { name } = first.file;
  const second = (await chat.limits()).filesLeft > 0 ? await chat.upload({ name }) : undefined;
  // The first one comes again where the limits let it.
  for (const uploaded of second === undefined ? [first, first] : [first, second, first])
    if ((await chat.limits()).downloadsLeft > 0) {
      const exchange = await chat.download(uploaded.fileId);
      expect(exchange).toBeServed('File Download');
      expect(exchange).toBeTheBytes(uploaded.file);
    }
});

requirement('GMS-FILE-4', async ({ alice, bob, expect }) => {
  const [owner, other] = [await alice.opens(), await bob.opens()];
  const { fileId } = await owner.upload();
  expect(await other.download(fileId, { intent: 'probe' })).toBeNoFile("another chat's file");
  await other.probe('filedelete', { fileId });
  if ((await owner.limits()).downloadsLeft > 0)
    expect(await owner.download(fileId)).toBeServed('a file behind a deletion of it under another chat');
  // Last, for a wrong key may end the chat.
  const { userId, secureKey, alias } = other.caller;
  const lent = await owner.probe('filedownload', { fileId, userId, secureKey, alias });
  expect(lent).toBeNoFile("a file with another chat's credentials");
});
