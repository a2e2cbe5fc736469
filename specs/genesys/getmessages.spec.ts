import { positionsIn } from '../../fixtures/chatserver/transcript.js';
import { alike } from '../../fixtures/chatserver/user.js';
import { oddPositions } from '../../fixtures/genesys/bad-input.js';
import type { Chat } from '../../fixtures/genesys/chat.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-MSG-1', async ({ alice, expect, volumes }) => {
  const chat = await alice.opens();
  await chat.doesEverything();
  await chat.says(volumes.longTranscript, volumes.few);
  for (const position of positionsIn(await chat.transcript())) expect(await chat.read(position)).toKeepWhatWasSeen();
});

requirement('GE-MSG-2', async ({ alice, expect, volumes }) => {
  const chat = await alice.opens();
  await chat.doesEverything();
  for (const count of [0, volumes.few, volumes.longerTranscript]) {
    await chat.says(count, volumes.few);
    expect(await chat.transcript()).toBeWhole();
  }
});

requirement('GE-MSG-3', async ({ alice, volumes }) => {
  const chat = await alice.opens();
  await chat.doesEverything();
  await chat.transcript();
  await chat.says(volumes.atOnce, volumes.atOnce);
  await chat.transcript();
  for (const position of [2, chat.known.last - 1]) await chat.read(position);
});

requirement('GE-MSG-4', async ({ alice, aSecond, expect, twice }) => {
  const chat = await alice.opens();
  for (const [words, act] of chat.acts()) {
    await act();
    await twice(async () => expect(await chat.read(), words).toKeepWhatWasSeen());
    expect(await chat.read(Math.ceil(chat.known.last / 2)), words).toKeepWhatWasSeen();
  }
  await aSecond();
  expect(await chat.read(), 'after a second').toKeepWhatWasSeen();
  await chat.complete();
  expect(await chat.read(), 'after the chat was completed').toKeepWhatWasSeen();
});

requirement('GE-MSG-5', async ({ alice, aSecond, expect }) => {
  const chat = await alice.opens();
  await chat.doesEverything();
  await aSecond();
  await chat.says(1);
  expect(await chat.transcript()).toDateFrom(chat.opened.startedAt);
});

requirement('GE-MSG-7', async ({ alice, expect, pollBehind, volumes }) => {
  const chat = await alice.opens();
  const aText = () => chat.says(1);
  const nothing = async () => {};
  const some = () => chat.says(volumes.few);
  const atOnce = () => chat.says(volumes.few, volumes.few);
  const more = Array.from({ length: volumes.several }, () => aText);
  const acts = [aText, nothing, some, () => chat.doesEverything(), nothing, atOnce, ...more, () => chat.transcript()];
  expect(await pollBehind(chat, acts)).toYieldEachOnce(await chat.transcript());
});

requirement('GE-MSG-7-SHOULD', async ({ alice, expect, volumes }) => {
  const chat = await alice.opens();
  await chat.says(volumes.few);
  for (const beyond of [1, 2, 10]) {
    await chat.transcript();
    expect(await chat.read(chat.known.last + beyond)).toBeAnEmptyArray();
  }
});

requirement('GE-MSG-8', async ({ alice, bob, carol, expect }) => {
  const [chat, other] = [await alice.opens(), await bob.opens()];
  await chat.doesEverything();
  await chat.transcript();
  // The passive check judges what is read while the chat is open.
  for (const position of [undefined, chat.known.last, chat.known.last + 1]) await chat.read(position);
  const ends = async (one: Chat) => {
    await one.complete();
    for (const position of [undefined, undefined, 2, one.known.last + 10])
      if (!(await expect.soon(() => one.read(position), 'after Complete').toBeOver())) return;
  };
  await ends(chat);
  await other.read();
  await ends(await carol.opens());
  await other.says(1);
  await other.transcript();
});

requirement('GE-MSG-9', async ({ alice, bob, carol, expect, twice }) => {
  const [first, second] = [await alice.opens(alike), await bob.opens(alike)];
  await twice(async () => [await first.doesEverything(), await second.doesEverything()]);
  await twice(() => Promise.all([first.doesEverything(), second.doesEverything()]));
  expect(await second.transcript()).toShowNothingOf(first);
  expect(await second.read(3)).toShowNothingOf(first);
  expect(await first.transcript()).toShowNothingOf(second);
  await first.complete();
  const third = await carol.opens(alike);
  for (const look of [third.opening, await third.read()]) expect(look).toShowNothingOf(first, second);
  expect(await second.read()).toShowNothingOf(first, third);
});

requirement('GE-MSG-10', async ({ alice, expect, step, volumes }) => {
  const chat = await alice.opens();
  await chat.says(volumes.few);
  await chat.transcript();
  for (const [what, transcriptPosition, readAs] of oddPositions) {
    const words = `the transcriptPosition ${what}`;
    step(`alice reads from ${words}`);
    const exchange = await chat.probe('getmessages', { transcriptPosition });
    expect(exchange).toBeRefused(words, { mayServe: true });
    expect(exchange).toBeClamped(words, chat.known.last, readAs);
  }
  await chat.says(1);
  await chat.transcript();
});

requirement('GE-MSG-11', async ({ alice, bob, twice }) => {
  const [chat, other] = [await alice.opens(alike), await bob.opens(alike)];
  await twice(async () => {
    for (const each of [chat, other]) {
      await each.doesEverything();
      await each.transcript();
      await each.read(each.known.last - 2);
    }
  });
});

requirement('GE-MSG-12', async ({ alice }) => {
  const chat = await alice.opens();
  await chat.doesEverything();
  await chat.transcript();
  await chat.complete();
  await chat.read();
});
