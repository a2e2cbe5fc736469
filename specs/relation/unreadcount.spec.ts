import { textsOfBytes } from '../../fixtures/data.js';
import { draftsOf, isServed, quoteOf, typedDrafts } from '../../fixtures/relation/message.js';
import { countsAroundRead, ownCounted, readAll } from '../../fixtures/relation/unread.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RE-UNREAD-1', async ({ channel, eachWay, scenario }) => {
  await eachWay((user) => user.unreadcount());
  await scenario('something is sent and read', () =>
    eachWay(async (reader, sender) => {
      await reader.sees([await sender.send(channel)]);
      await reader.unreadcount();
      const { total } = await readAll(reader);
      await reader.unreadcount();
      await reader.read(total);
      await reader.unreadcount();
    }),
  );
});

requirement('RE-UNREAD-1-SHOULD', async (words) => {
  const { member, channel, eachWay, expect, volumes } = words;
  await eachWay((user) => readAll(user));
  await eachWay(async (reader, sender) => {
    for (let i = 0; i < volumes.few; i++) {
      const before = await reader.unreadcount();
      await sender.send(channel);
      if (!(await expect.soon(() => reader.unreadcount(), 'after Send by another member').toHaveGrown(before))) return;
    }
    // What a message is decides on no count. A server may refuse some.
    const { id } = await sender.shown(await sender.send(channel));
    for (const draft of [quoteOf(id), ...draftsOf(textsOfBytes(8192).slice(0, 1)), ...typedDrafts()]) {
      const before = await reader.unreadcount();
      if (!isServed(await sender.trySend(channel, draft, 'probe'))) continue;
      const words = `after Send of ${draft.kind} by another`;
      if (!(await expect.soon(() => reader.unreadcount(), words).toHaveGrown(before))) return;
    }
    await sender.sees([await reader.send(channel)]);
    const ofSender = await sender.unreadcount();
    const { before, after } = await countsAroundRead(words, reader, sender);
    expect(after, 'after Read').toHaveFallen(before);
    expect(await sender.unreadcount(), 'after Read by another member').toHaveLostNothing(ofSender);
  });
  expect(await ownCounted(words, member)).toBe(0, "unreadCount counts the caller's own messages");
});
