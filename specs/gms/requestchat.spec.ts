import { alike } from '../../fixtures/chatserver/user.js';
import { bothNames, openings } from '../../fixtures/gms/openings.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

for (const id of ['GMS-REQ-1', 'GMS-REQ-2'])
  requirement(id, ({ eachWay }) =>
    eachWay(async (user) => {
      for (const members of openings) await (await user.opens(members)).leave();
    }),
  );

// That first and last name are enough, and how they are shown, the passive check says of each.
for (const id of ['GMS-REQ-3', 'GMS-REQ-3-SHOULD'])
  requirement(id, async ({ alice }) => {
    for (const members of bothNames) await (await alice.opens(members)).leave();
  });

requirement('GMS-REQ-4', async ({ alice, expect }) => {
  expect(await alice.opensManyAlike()).toDifferIn('chatId');
  for (const chat of [await alice.opens(alike), await alice.opens(alike)])
    expect(await chat.peek()).toBeOpen('of two chats that one person has opened, one is over at once');
});

requirement('GMS-REQ-4-SHOULD', async ({ alice, expect }) => {
  expect(await alice.opensManyAlike()).toDifferIn('secureKey');
});

requirement('GMS-REQ-5', async ({ alice, expect }) => {
  for (const members of openings) {
    const chat = await alice.opens(members, { inParts: true, intent: 'probe' });
    expect(chat.opening).toBeginUnder(chat.known.nickname);
    await chat.leave();
  }
});
