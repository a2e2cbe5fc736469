import { chatsAlike, longChat, readsBehindActs } from '../../fixtures/chatserver/drives.js';
import { oddPositions } from '../../fixtures/genesys/bad-input.js';
import type { Chat } from '../../fixtures/genesys/chat.js';
import { requirement, together } from '../../fixtures/genesys/vocabulary.js';
import { driven } from '../../fixtures/vocabulary.js';

together(() => {
  const drive = longChat();

  requirement('GE-MSG-1', async (words) => {
    for (const part of (await drive(words)).parts) words.expect(part).toKeepWhatWasSeen();
  });

  requirement('GE-MSG-2', async (words) => {
    for (const { whole } of (await drive(words)).wholes) words.expect(whole).toBeWhole();
  });

  requirement('GE-MSG-3', driven(drive));

  requirement('GE-MSG-7', async (words) => {
    const { polls, whole } = (await drive(words)).polled;
    words.expect(polls).toYieldEachOnce(whole);
  });
});

together(() => {
  for (const id of ['GE-MSG-11', 'GE-MSG-12']) requirement(id, driven(chatsAlike));

  requirement('GE-MSG-5', async (words) => {
    const { chat, look, early } = (await chatsAlike(words)).latest;
    words.expect(look).toDateFrom(chat.opened.startedAt, early);
  });

  // The passive check judges what was read while a chat was open.
  requirement('GE-MSG-8', async (words) => {
    await chatsAlike(words);
    const { alice, bob, expect, volumes } = words;
    const ends = async (chat: Chat) => {
      await chat.complete();
      for (const position of [undefined, undefined, 2, chat.known.last + 10])
        if (!(await expect.soon(() => chat.read(position), 'after Complete').toBeOver())) return;
    };
    const used = await alice.opens();
    await used.says(volumes.few);
    await used.transcript();
    await ends(used);
    await ends(await bob.opens());
  });

  requirement('GE-MSG-9', async (words) => {
    const { chats, looks } = await chatsAlike(words);
    for (const { chat, look } of looks) words.expect(look).toShowNothingOf(...chats.filter((other) => other !== chat));
  });
});

requirement('GE-MSG-4', async (words) => {
  for (const [after, look] of await readsBehindActs(words)) words.expect(look, after).toKeepWhatWasSeen();
});

requirement('GE-MSG-7-SHOULD', async ({ alice, expect, volumes }) => {
  const chat = await alice.opens();
  await chat.says(volumes.few);
  for (const beyond of [1, 2, 10]) {
    await chat.transcript();
    expect(await chat.read(chat.known.last + beyond)).toBeAnEmptyArray();
  }
});

requirement('GE-MSG-10', async ({ alice, readsOddly, volumes }) => {
  const chat = await alice.opens();
  await chat.says(volumes.few);
  await chat.transcript();
  await readsOddly(chat, oddPositions);
  await chat.says(1);
  await chat.transcript();
});
