import { chatsAlike, longChat, readsBehindActs } from '../../fixtures/chatserver/drives.js';
import { oddPositions } from '../../fixtures/gms/bad-input.js';
import { requirement, together } from '../../fixtures/gms/vocabulary.js';
import { driven } from '../../fixtures/vocabulary.js';

together(() => {
  const drive = longChat(1, 0);

  requirement('GMS-REF-1', async (words) => {
    for (const part of (await drive(words)).parts) words.expect(part).toKeepWhatWasSeen();
  });

  requirement('GMS-REF-2', async (words) => {
    for (const { whole, parts } of (await drive(words)).wholes) {
      for (const look of [whole, ...parts.slice(0, 1)]) words.expect(look).toBeWhole();
      for (const look of parts.slice(1)) words.expect(look).toShowNothing();
    }
  });

  requirement('GMS-REF-3', async (words) => {
    const { polls, whole } = (await drive(words)).polled;
    words.expect(polls).toYieldEachOnce(whole);
  });
});

together(() => {
  requirement('GMS-REF-4', async (words) => {
    for (const [after, look] of await readsBehindActs(words)) words.expect(look, after).toKeepWhatWasSeen();
    const { chats, looks } = await chatsAlike(words);
    for (const { chat, look } of looks) words.expect(look).toShowNothingOf(...chats.filter((other) => other !== chat));
  });

  requirement('GMS-REF-5', async (words) => {
    const { chat, look, early } = (await chatsAlike(words)).latest;
    words.expect(look).toDateFrom(chat.opened.startedAt, early);
  });

  // The passive check judges what is read while the chats are open.
  requirement('GMS-REF-6', driven(chatsAlike));
});

requirement('GMS-REF-7', async ({ alice, expect, readsOddly, volumes }) => {
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
  await readsOddly(chat, oddPositions);
});
