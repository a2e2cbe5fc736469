import { manyAlike, opensEach } from '../../fixtures/chatserver/drives.js';
import { alike } from '../../fixtures/chatserver/user.js';
import { bothNames, openings } from '../../fixtures/gms/openings.js';
import { requirement, together } from '../../fixtures/gms/vocabulary.js';

together(() => {
  const drive = opensEach(openings);
  for (const id of ['GMS-REQ-1', 'GMS-REQ-2']) requirement(id, drive);
});

// That first and last name are enough, and how they are shown, the passive check says of each.
together(() => {
  const drive = opensEach(bothNames);
  for (const id of ['GMS-REQ-3', 'GMS-REQ-3-SHOULD']) requirement(id, drive);
});

together(() => {
  requirement('GMS-REQ-4', async (words) => {
    words.expect(await manyAlike(words)).toDifferIn('chatId');
    for (const chat of [await words.alice.opens(alike), await words.alice.opens(alike)])
      words.expect(await chat.peek()).toBeOpen('of two chats that one person has opened, one is over at once');
  });

  requirement('GMS-REQ-4-SHOULD', async (words) => {
    words.expect(await manyAlike(words)).toDifferIn('secureKey');
  });
});

requirement('GMS-REQ-5', async ({ alice, expect }) => {
  for (const members of openings) {
    const chat = await alice.opens(members, { inParts: true, intent: 'probe' });
    expect(chat.opening).toBeginUnder(chat.known.nickname);
    await chat.leave();
  }
});
