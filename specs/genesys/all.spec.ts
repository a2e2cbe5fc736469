import { genesysChatActions } from '../../apis/genesys/actions.js';
import { refused } from '../../fixtures/bad-input.js';
import { accessDenied, leftAlone } from '../../fixtures/genesys/access.js';
import { badCalls, badCallsOf, withoutRequired } from '../../fixtures/genesys/bad-input.js';
import { everyAction } from '../../fixtures/genesys/drive.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

for (const id of ['GE-COM-1-SHOULD', 'GE-COM-1-FROM-SHOULD', 'GE-COM-3', 'GE-COM-3-SHOULD', 'GE-COM-4'])
  requirement(id, async (words) => {
    await everyAction(words);
  });

requirement('GE-COM-1', async (words) => {
  for (const exchange of await everyAction(words)) words.expect(exchange).toHoldAnArray();
});

requirement('GE-COM-2', async (words) => {
  for (const exchange of await everyAction(words))
    words.expect(exchange).toBeServed(`${exchange.action}, called as documented,`);
  const chat = await words.alice.opens();
  words.step('alice calls every action with a wrong secureKey, for the status codes of refusals');
  for (const action of genesysChatActions) await chat.probe(action, { secureKey: '0123456789abcdef' });
});

requirement('GE-COM-5', async (words) => {
  const { alice, bob } = words;
  const chats = [await alice.opens(), await bob.opens()] as const;
  for (const chat of chats) await chat.goesOn();
  for (const action of genesysChatActions) {
    await accessDenied(words, action, chats);
    await leftAlone(words, `${action} with wrong credentials`, chats);
  }
  await chats[0].leave();
  // What the chat was stays closed to others, and its credentials open no other chat.
  await accessDenied(words, 'getmessages', chats, 'once a chat is completed');
  await accessDenied(words, 'getmessages', [chats[1], chats[0]], 'once another chat is completed');
});

requirement('GE-COM-6', async (words) => {
  const { alice } = words;
  for (const bad of withoutRequired('requestchat')) await refused(words, alice, 'requestchat', bad);
  let chat = await alice.opens();
  for (const action of genesysChatActions)
    for (const bad of withoutRequired(action)) {
      const { isRefused } = await refused(words, chat, action, bad);
      const isAsBefore = isRefused && (await leftAlone(words, `${action} ${bad[0]}`, [chat]));
      if (!isAsBefore) chat = await alice.opens();
    }
});

requirement('GE-COM-7', async (words) => {
  const { alice } = words;
  for (const bad of badCallsOf('requestchat')) await refused(words, alice, 'requestchat', bad);
  const chat = await alice.opens();
  for (const [action, bad] of badCalls(chat)) await refused(words, chat, action, bad);
  await leftAlone(words, 'bad input', [chat]);
});

// The passive check looks at every answer: while the chat is open, to wrong calls, and once it is over.
requirement('GE-COM-8', async ({ alice, step }) => {
  const chat = await alice.opens();
  const wrong = { members: { secureKey: '0123456789abcdef' } };
  const everyAction = async (words: string, tamper?: typeof wrong) => {
    step(`alice calls every action but Complete ${words}`);
    for (const action of genesysChatActions) if (action !== 'complete') await chat.probe(action, tamper);
  };
  await everyAction('as documented');
  await everyAction('with a wrong secureKey', wrong);
  const other = await alice.opens();
  await other.complete();
  for (const action of genesysChatActions) await other.probe(action);
  for (const action of genesysChatActions) await other.probe(action, wrong);
  await other.read();
});
