import { fileOfOtherType, fileTooLarge } from '../../fixtures/gms/files.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-FILE-2', async ({ alice, expect }) => {
  const chat = await alice.opens();
  const before = await chat.limits();
  const uploaded = await chat.upload({ isSought: true });
  expect(uploaded.exchange).toNameAFile();
  await expect.soon(() => chat.read()).toShowFile('FileUploaded', uploaded);
  const usedSize = before.usedSize + uploaded.file.bytes.length;
  const after = await chat.limits();
  expect(after, 'after an upload').toHave({ usedFiles: before.usedFiles + 1, usedSize }, 'one file more');
  if (after.filesLeft < 1) return;
  const second = await chat.upload();
  await expect.soon(() => chat.read(), 'after a second upload').toShowFile('FileUploaded', second);
});

requirement('GMS-FILE-3-LIMITS', async ({ alice, expect, skip }) => {
  const chat = await alice.opens();
  const limits = await chat.limits();
  const beyond = { 'of another type': fileOfOtherType(limits), 'that is too large': fileTooLarge(limits) };
  const known = Object.entries(beyond).flatMap(([what, file]) => (file === undefined ? [] : [{ what, file }]));
  if (known.length === 0) skip('the limits let in all that the check can send');
  for (const { what, file } of known) expect(await chat.tries(file)).toBeRefused(`a file ${what}`);
});
