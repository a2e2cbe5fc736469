import type { GenesysContext } from '../../fixtures/genesys.js';
import { requirement } from '../../fixtures/genesys-suite.js';
import { cite } from '../../fixtures/genesys-transcript.js';
import { noRepeats } from '../../src/rules/index.js';

/** Opens chats with different members, for the observer to judge. */
async function openSome({ open, step }: GenesysContext): Promise<void> {
  step('alice and bob open chats, with few members and with many, with a plain nickname and a colourful one');
  await open();
  await open({ members: { emailAddress: undefined, subject: undefined } });
  await open({
    actor: 'bob',
    members: { nickname: 'Žofia 陳 Ωμέγα 👋🏽', userData: { key1: 'value1', key2: 'value2' } },
  });
}

for (const id of ['GE-REQ-1', 'GE-REQ-2']) requirement(id, openSome);

/** Opens chats one after the other, then some at once, all with the same members. */
async function openAlike({ open, step }: GenesysContext) {
  step('alice opens three chats one after the other, then five at the same time, all with the same members');
  const members = { nickname: 'Conformance', firstName: 'Conformance', lastName: 'Check' };
  const chats = [await open({ members }), await open({ members }), await open({ members })];
  return [...chats, ...(await Promise.all(Array.from({ length: 5 }, () => open({ members }))))];
}

requirement('GE-REQ-3', async (context) => {
  const chats = await openAlike(context);
  return cite(
    noRepeats(
      chats.map(({ id }) => id),
      'the chatId of several chats',
      '/chatId',
    ),
    ...chats.slice(0, 3).map(({ opened }) => opened),
  );
});

requirement('GE-REQ-3-SHOULD', async (context) => {
  const chats = await openAlike(context);
  const keys = new Set(chats.map(({ caller }) => caller.secureKey));
  if (keys.size === chats.length) return [];
  return cite(
    [
      {
        message: 'several chats have the same secureKey',
        path: '/secureKey',
        expected: `${chats.length} different ones`,
        found: `${keys.size}`,
      },
    ],
    ...chats.slice(0, 2).map(({ opened }) => opened),
  );
});
