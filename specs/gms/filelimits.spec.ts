import { requirement } from '../../fixtures/gms/vocabulary.js';

// The passive check looks at each answer: of a chat without a file, and of one with some.
requirement('GMS-FILE-1', async ({ alice, scenario }) => {
  const chat = await alice.opens();
  await chat.call('filelimits');
  await scenario('with a file in the chat', async () => {
    await chat.upload();
    await chat.call('filelimits');
  });
});
