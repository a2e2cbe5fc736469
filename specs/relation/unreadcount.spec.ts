import { countOf } from '../../fixtures/relation/matchers.js';
import { everyRound, ownCounted, skipUnlessCounted } from '../../fixtures/relation/unread.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RE-UNREAD-1', async (words) => {
  await words.eachWay((user) => user.unreadcount());
  await words.scenario('something is sent and read', () => everyRound(words));
});

requirement('RE-UNREAD-1-SHOULD', async (words) => {
  const { member, expect } = words;
  for (const { grown, around, ofWriter } of await everyRound(words)) {
    for (const { before, after, kind } of grown) expect(after, `after Send of ${kind} by another`).toHaveGrown(before);
    skipUnlessCounted(around.read, countOf(around.after) !== countOf(around.before));
    expect(around.after, 'after Read').toHaveFallen(around.before);
    expect(ofWriter.after, 'after Read by another member').toHaveLostNothing(ofWriter.before);
  }
  expect(await ownCounted(words, member)).toBe(0, "unreadCount counts the caller's own messages");
});
