import { manyAlike, opensEach } from '../../fixtures/chatserver/drives.js';
import { dataNamedAlike } from '../../fixtures/chatserver/texts.js';
import { alike } from '../../fixtures/chatserver/user.js';
import { requirement, together } from '../../fixtures/genesys/vocabulary.js';

together(() => {
  // As few members as may be, and many, with a colourful nickname.
  const drive = opensEach([
    {},
    { emailAddress: undefined, subject: undefined },
    { nickname: 'Žofia 陳 Ωμέγα 👋🏽', userData: dataNamedAlike() },
  ]);
  for (const id of ['GE-REQ-1', 'GE-REQ-2']) requirement(id, drive);
});

together(() => {
  requirement('GE-REQ-3', async (words) => {
    const { alice, expect } = words;
    expect(await manyAlike(words)).toDifferIn('chatId');
    // Where no transcript can be read at all, nothing is said of these two.
    await (await alice.opens()).transcript();
    for (const chat of [await alice.opens(alike), await alice.opens(alike)])
      expect(await chat.peek()).toBeOpen('of two chats that one person has opened, one is over at once');
  });

  requirement('GE-REQ-3-SHOULD', async (words) => {
    words.expect(await manyAlike(words)).toDifferIn('secureKey');
  });
});
