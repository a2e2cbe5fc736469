import { atOnce } from '../../fixtures/at-once.js';
import { refused } from '../../fixtures/bad-input.js';
import { badLimits } from '../../fixtures/ozeki/bad-input.js';
import { newestWithin, oldestFirst, timeOf } from '../../fixtures/ozeki/entries.js';
import { newMessages, nextSecond } from '../../fixtures/ozeki/message.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

for (const id of ['OZ-PAGE-1', 'OZ-PAGE-1-SHOULD'])
  requirement(id, async ({ bob, chat, volumes }) => {
    const until = await chat.anyHistory(volumes.several);
    await atOnce([1, 2, 3, volumes.smallPage], (limit) => bob.walk({ limit, until, maxPages: 12 }));
  });

requirement('OZ-PAGE-2', async ({ alice, bob, chat, eachLooks, expect, volumes }) => {
  const limits = [2, volumes.smallPage, 50];
  await chat.holds(volumes.few);
  // A flag of the reader's decides on no message.
  await alice.favorite(chat);
  await bob.mute(chat);
  // Asked for before as well, so that a page that is kept shows.
  await eachLooks((reader) => atOnce(limits, (limit) => reader.page({ limit })));
  await nextSecond();
  const newest = await chat.holds(2);
  await eachLooks((reader) =>
    atOnce(limits, async (limit) => expect(await reader.page({ limit })).toBeginWith(newest)),
  );
});

requirement('OZ-PAGE-3', async ({ alice, bob, chat, volumes }) => {
  const until = await chat.anyHistory(volumes.several);
  await atOnce([1, 3], (limit) => bob.walk({ limit, until, maxPages: 12 }));
  // A date without an id is a cursor too, where the first page is asked for so.
  for (const { Created: date } of [...until.slice(0, 1), ...until.slice(-1)]) await alice.page({ date, limit: 20 });
});

requirement('OZ-PAGE-4', async ({ alice, chat, expect, volumes }) => {
  const known = await chat.anyHistory(volumes.several);
  expect(await chat.pagesBack(alice, [4, 50], known)).toRunOneWay();
});

requirement('OZ-PAGE-4-SHOULD', async ({ alice, chat, volumes }) => {
  await alice.walk({ limit: 50, until: await chat.anyHistory(volumes.several) });
});

requirement('OZ-PAGE-5', async ({ alice, bob, chat, expect, volumes }) => {
  // From empty on, where the target allows it, the suite knows every message, the oldest too.
  const known = [...(await chat.beginYesterday()), ...(await chat.history(volumes.odd))];
  const whole = await alice.walk({ limit: 50 });
  expect(whole).toGive(known);
  const all = whole.entries.length <= volumes.shortHistory ? whole.entries : undefined;
  expect(await bob.walk({ limit: volumes.smallPage, until: all === undefined ? known : undefined })).toGive(
    all ?? known,
  );
  expect(await alice.walk({ limit: 1, until: known })).toGive(known);
});

requirement('OZ-PAGE-6', async ({ alice, bob, chat, expect, volumes }) => {
  await chat.holds(2);
  await nextSecond();
  const { Created } = await alice.add(chat);
  const tied = await chat.holds(volumes.ofOneSecond, { Created });
  await atOnce([1, 2, 3, 4, 5], async (limit) =>
    expect(await (limit % 2 === 0 ? alice : bob).walk({ limit, until: tied }), 'over one second').toGive(tied),
  );
});

requirement('OZ-PAGE-7', async ({ alice, chat, expect, volumes }) => {
  const known = await chat.anyHistory(volumes.beyondCaps);
  const whole = await alice.walk({ limit: 50 });
  expect(whole).toGive(known);
  const moreThanAll = whole.entries.length <= volumes.shortHistory ? [whole.entries.length + 5] : [];
  await atOnce([1, 2, 3, volumes.anyLimit, 10, 25, 49, ...moreThanAll], async (limit) => {
    const recent = newestWithin(whole.entries, 24 * limit);
    const until = recent.length < whole.entries.length ? recent : undefined;
    const walked = await alice.walk({ limit, until });
    expect(walked).toGive(recent);
    expect(walked).toGiveNothingBeyond(whole);
  });
  // The last pages, for small limits: what lies before a message near the start.
  const from = oldestFirst(whole.entries)[volumes.nearStart];
  const older = whole.entries.filter((entry) => from !== undefined && timeOf(entry) < timeOf(from));
  await atOnce([1, 2, 3, volumes.anyLimit], async (limit) => expect(await alice.walk({ limit, from })).toGive(older));
});

requirement('OZ-PAGE-8', async (words) => {
  await atOnce(badLimits, (bad) => refused(words, words.alice, 'downloadpartial', bad, { mayServe: true }));
  await words.alice.list();
});

requirement('OZ-PAGE-9', async ({ alice, bob, chat, expect, volumes }) => {
  const known = await chat.history(volumes.several);
  // More than one, or a pager that counts from the newest message only seems to give the boundary again.
  const afterPage = async (page: number) => {
    if (page <= 3) await bob.addAll(chat, newMessages(volumes.few));
  };
  expect(await alice.walk({ limit: 3, until: known, afterPage }), 'while messages are added').toGive(known);
});

requirement('OZ-PAGE-10', async ({ alice, chat, expect, scenario, skip, volumes }) => {
  const walk = (limit: number, options = {}) => alice.walk({ limit, stream: 'reports', ...options });
  const before = await walk(50, { maxPages: 20 });
  await chat.makesReports(volumes.few + 1);
  const halfway = await walk(50, { maxPages: 20 });
  await nextSecond();
  await chat.makesReports(volumes.few + 1);
  // Where the history is longer than these walks, what lies beyond them is neither new nor lost.
  const all = await walk(50, halfway.ended === 'endless' ? { until: halfway.entries } : {});
  const fresh = all.entries.filter((entry) => !before.ids.has(entry.ID) && !(timeOf(entry) <= before.reachesBack));
  if (fresh.length < 2) skip('the server shows no new reports for messages that were viewed');
  expect(all).toGive(halfway.entries);
  await atOnce([1, 2, 3, volumes.smallPage], async (limit) =>
    expect(await walk(limit, { until: fresh })).toGive(fresh),
  );
  await scenario('each cursor moves its own half of a page', async () => {
    for (const { usual, moved, stream } of await chat.cursorsApart(alice))
      expect(moved).toHoldAllOf(usual, stream, `the other cursor moves the ${stream} of a page too`);
  });
});
