import { newMessages } from '../../fixtures/ozeki/message.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

requirement('OZ-REPORT-1', ({ chat, eachWay }) =>
  eachWay(async (sender, reader) => {
    await reader.viewed(chat, await sender.add(chat));
  }),
);

requirement('OZ-REPORT-2', async ({ chat, alice, bob, expect }) => {
  for (const [count, sender, reader] of [
    [1, alice, bob],
    [1, alice, bob],
    [1, bob, alice],
    [2, alice, bob],
  ] as const) {
    const messages = await sender.addAll(chat, newMessages(count));
    const before = await sender.page({ reach: 'future' });
    await reader.viewed(chat, ...messages);
    const words = `after ${reader.actor} has reported ${count} messages as viewed`;
    await expect.soon(() => sender.page({ reach: 'future' }), words).toHoldNewReports(before);
  }
});

requirement('OZ-REPORT-3', ({ chat, eachWay }) =>
  eachWay(async (sender, reader) => {
    const message = await sender.add(chat);
    await reader.page({ reach: 'future' });
    await reader.viewed(chat, message);
    for (const user of [sender, reader]) {
      await user.page({ reach: 'future' });
      await user.download(message);
    }
  }),
);
