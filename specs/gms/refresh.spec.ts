import { positionsIn } from '../../fixtures/chatserver/transcript.js';
import { alike } from '../../fixtures/chatserver/user.js';
import { oddPositions } from '../../fixtures/gms/bad-input.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-REF-1', async ({ alice, expect, volumes }) => {
  const chat = await alice.opens();
  await chat.doesEverything();
  await chat.says(volumes.atOnce, volumes.atOnce);
  await chat.says(volumes.longTranscript, volumes.few);
  for (const position of positionsIn(await chat.transcript())) expect(await chat.read(position)).toKeepWhatWasSeen();
});

requirement('GMS-REF-2', async ({ alice, expect, volumes }) => {
  const chat = await alice.opens();
  await chat.doesEverything();
  for (const count of [0, volumes.few, volumes.longerTranscript]) {
    await chat.says(count, volumes.few);
    expect(await chat.transcript()).toBeWhole();
    expect(await chat.read(1)).toBeWhole();
    expect(await chat.read(0)).toShowNothing();
  }
});

requirement('GMS-REF-3', async ({ alice, expect, pollBehind, volumes }) => {
  const chat = await alice.opens();
  const aText = () => chat.says(1);
  const nothing = async () => {};
  const some = () => chat.says(volumes.few);
  const atOnce = () => chat.says(volumes.few, volumes.few);
  const more = Array.from({ length: volumes.several }, () => aText);
  const acts = [aText, nothing, some, () => chat.doesEverything(), nothing, atOnce, ...more, () => chat.transcript()];
  expect(await pollBehind(chat, acts)).toYieldEachOnce(await chat.transcript());
});

requirement('GMS-REF-4', async ({ alice, bob, carol, expect, scenario, twice }) => {
  await scenario('events stay as they were', async () => {
    const chat = await alice.opens();
    for (const [words, act] of chat.acts()) {
      await act();
      await twice(async () => expect(await chat.read(), words).toKeepWhatWasSeen());
      expect(await chat.read(Math.ceil(chat.known.last / 2)), words).toKeepWhatWasSeen();
    }
    await chat.disconnect();
    expect(await chat.read(), 'after the end').toKeepWhatWasSeen();
  });
  await scenario('chats show nothing of each other', async () => {
    const [first, second] = [await alice.opens(alike), await bob.opens(alike)];
    await twice(() => Promise.all([first.doesEverything(), second.doesEverything()]));
    expect(await second.transcript()).toShowNothingOf(first);
    expect(await first.transcript()).toShowNothingOf(second);
    await first.disconnect();
    const third = await carol.opens(alike);
    for (const look of [third.opening, await third.read()]) expect(look).toShowNothingOf(first, second);
    expect(await second.read()).toShowNothingOf(first, third);
  });
});

requirement('GMS-REF-5', async ({ alice, aSecond, expect }) => {
  const chat = await alice.opens();
  await chat.doesEverything();
  await aSecond();
  await chat.says(1);
  expect(await chat.transcript()).toDateFrom(chat.opened.startedAt);
});

// The passive check judges what is read while the chats are open.
requirement('GMS-REF-6', async ({ alice, bob }) => {
  const [chat, other] = [await alice.opens(alike), await bob.opens(alike)];
  await chat.doesEverything();
  await chat.transcript();
  for (const position of [undefined, 0, chat.known.last, chat.known.last + 1]) await chat.read(position);
  await chat.disconnect();
  await other.read();
  await other.says(1);
  await other.transcript();
});

requirement('GMS-REF-7', async ({ alice, expect, step, volumes }) => {
  const chat = await alice.opens();
  await chat.says(volumes.few);
  for (const beyond of [1, 2, 10]) {
    await chat.transcript();
    const { last } = chat.known;
    const behind = await chat.read(last + beyond);
    expect(behind).toBeAnEmptyArray();
    await chat.read();
    expect(behind).toGoOnFrom(last + 1, chat.known.last + 1);
  }
  for (const [what, transcriptPosition, readAs] of oddPositions) {
    const words = `the transcriptPosition ${what}`;
    step(`alice reads from ${words}`);
    const exchange = await chat.probe('refresh', { transcriptPosition });
    expect(exchange).toBeRefused(words, { mayServe: true });
    expect(exchange).toBeClamped(words, chat.known.last, readAs);
  }
});
