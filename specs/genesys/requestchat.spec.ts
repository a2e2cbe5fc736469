import { alike } from '../../fixtures/chatserver/user.js';
import { openings } from '../../fixtures/genesys/user.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

for (const id of ['GE-REQ-1', 'GE-REQ-2'])
  requirement(id, ({ eachWay }) =>
    eachWay(async (user) => {
      for (const members of openings) await (await user.opens(members)).leave();
    }),
  );

requirement('GE-REQ-3', async ({ alice, expect }) => {
  expect(await alice.opensManyAlike()).toDifferIn('chatId');
  // Where no transcript can be read at all, nothing is said of these two.
  await (await alice.opens()).transcript();
  for (const chat of [await alice.opens(alike), await alice.opens(alike)])
    expect(await chat.peek()).toBeOpen('of two chats that one person has opened, one is over at once');
});

requirement('GE-REQ-3-SHOULD', async ({ alice, expect }) => {
  expect(await alice.opensManyAlike()).toDifferIn('secureKey');
});
