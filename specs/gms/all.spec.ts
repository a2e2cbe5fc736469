import { gmsActions, gmsChatActions } from '../../apis/gms/actions.js';
import { refused } from '../../fixtures/bad-input.js';
import { accessDenied, alterations, wrongKeys } from '../../fixtures/gms/access.js';
import { badCalls, badOpenings } from '../../fixtures/gms/bad-input.js';
import { everyAction } from '../../fixtures/gms/drive.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

for (const id of ['GMS-COM-1', 'GMS-COM-1-SHOULD', 'GMS-COM-1-FROM-SHOULD', 'GMS-COM-3'])
  requirement(id, async (words) => {
    await everyAction(words);
  });

requirement('GMS-COM-2', async (words) => {
  for (const exchange of await everyAction(words))
    if ('isNeeded' in gmsActions[exchange.action as keyof typeof gmsActions])
      words.expect(exchange).toBeServed(`${exchange.action}, called as documented,`);
  const chat = await words.alice.opens();
  words.step('alice calls every action with an unknown chatId, for the status codes of refusals');
  for (const action of gmsChatActions) await chat.probe(action, {}, { chatId: 'conformance-unknown' });
});

requirement('GMS-COM-4', async (words) => {
  const other = await words.bob.opens();
  for (const action of gmsChatActions) await accessDenied(words, action, (own) => wrongKeys(own, other));
  for (const action of ['refresh', 'sendmessage'] as const)
    await accessDenied(words, action, (own) => alterations(own, other));
  const over = await words.carol.opens();
  await over.disconnect();
  const { userId, secureKey } = over.caller;
  await accessDenied(words, 'refresh', () => [['with the values of a chat that is over', { userId, secureKey }]]);
});

requirement('GMS-COM-5', async (words) => {
  const { userId } = (await words.bob.opens()).caller;
  for (const action of gmsChatActions)
    await accessDenied(words, action, ({ caller }) =>
      caller.userId === userId ? [] : [["with another chat's userId", { userId }]],
    );
});

requirement('GMS-COM-6', async (words) => {
  const { alice } = words;
  for (const bad of badOpenings) await refused(words, alice, 'requestchat', bad);
  const chat = await alice.opens();
  for (const [action, bad] of badCalls) await refused(words, chat, action, bad);
  words.expect((await chat.goesOn()).answer, 'after bad input').toBeServed('the next text');
});

// The passive check looks at every refusal: for want of rights, of a chat, and of sense.
requirement('GMS-COM-7', async ({ alice, step }) => {
  step('alice calls every action on an unknown chat, on a chat that is over, and with a wrong secureKey');
  const over = await alice.opens();
  await over.disconnect();
  for (const action of gmsChatActions) {
    await over.probe(action, {}, { chatId: 'conformance-unknown' });
    await over.probe(action);
    await over.probe(action, { secureKey: '0123456789abcdef' });
  }
});

requirement('GMS-ALIAS-1', async ({ alice, expect, twice }) => {
  const chat = await alice.opens();
  await twice(async () => {
    await chat.doesEverything();
    expect(await chat.call('sendmessage')).toBeServed('a call with the newest alias');
    expect(await chat.call('refresh')).toBeServed('a call with the newest alias');
  });
  expect(await chat.call('disconnect')).toBeServed('a call with the newest alias');
});
