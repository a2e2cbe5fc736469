import { isBackDated } from '../../apis/ozeki/message-ids.js';
import { atOnce } from '../../fixtures/at-once.js';
import { crossed, oldestFirst } from '../../fixtures/ozeki/entries.js';
import { expiredMessage, nextSecond } from '../../fixtures/ozeki/message.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

requirement('OZ-DOWN-1', async ({ alice, bob, chat, eachLooks, expect, may, scenario, volumes }) => {
  const yesterday = await chat.beginYesterday();
  const known = await chat.history(volumes.several);
  // What the reader has muted and viewed is given all the same.
  if (may('write')) await Promise.all([bob.mute(chat), bob.viewed(chat, ...known.slice(-1))]);
  // One of the messages of a second is the first in the server's order: it has an older one right before it.
  await eachLooks((reader) =>
    atOnce([...yesterday, ...known], async (first) => expect(await reader.download(first)).toGiveFrom(first, known)),
  );
  await scenario('a message whose validity is over', async () => {
    const expired = await alice.add(chat, expiredMessage());
    for (let i = 0; i < 2; i++) await nextSecond();
    expect(await bob.download(expired), 'once its validity is over').toHold([expired]);
  });
  await scenario('messages of one second', async () => {
    const { fullest, tied } = await chat.ofOneSecond(volumes.few);
    expect(fullest, 'from the first of one second on').toHold(tied);
  });
  await scenario('messages and reports by cursors of their own', async () => {
    const { messages, reports } = await chat.reportsOverSeconds(volumes.few);
    for (const [message, firstReport] of crossed(messages, reports)) {
      const view = await alice.download(message, { firstReport });
      expect(view, 'with the cursor of the reports elsewhere').toGiveFrom(message, messages);
      expect(view, 'with the cursor of the messages elsewhere').toGiveFrom(firstReport, reports, 'reports');
    }
  });
});

requirement('OZ-DOWN-2', async ({ chat, eachWay, volumes }) => {
  const [first] = await chat.anyHistory(volumes.few);
  await eachWay(async (reader) => first && reader.download(first));
});

requirement('OZ-DOWN-3', async ({ alice, chat, expect, skip, volumes }) => {
  await chat.anyHistory(volumes.beyondCaps);
  const walked = await alice.walk({ limit: 20, maxPages: 20 });
  const [first] = oldestFirst(walked.entries).filter(({ ID }) => !isBackDated(ID));
  if (first === undefined) return skip('the conversation holds no messages');
  expect(await alice.download(first)).toAgreeWith(walked, first);
});
