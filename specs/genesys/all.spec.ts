import { genesysChatActions } from '../../apis/genesys/actions.js';
import { atOnce } from '../../fixtures/at-once.js';
import { refused } from '../../fixtures/bad-input.js';
import { leftAlone, narrowed } from '../../fixtures/chatserver/access.js';
import { everyAction } from '../../fixtures/chatserver/drives.js';
import { accessDenied, outlivesWrongKey } from '../../fixtures/genesys/access.js';
import { badCalls, badOpenings, withoutRequired } from '../../fixtures/genesys/bad-input.js';
import { requirement, together } from '../../fixtures/genesys/vocabulary.js';
import { driven } from '../../fixtures/vocabulary.js';

together(() => {
  // Transcripts are read once there are some events in them.
  const causes = genesysChatActions.filter((name) => name !== 'getmessages' && name !== 'complete');
  const drive = everyAction(genesysChatActions, [...causes, 'getmessages', 'complete']);

  for (const id of ['GE-COM-1-SHOULD', 'GE-COM-1-FROM-SHOULD', 'GE-COM-3', 'GE-COM-3-SHOULD', 'GE-COM-4', 'GE-COM-8'])
    requirement(id, driven(drive));

  requirement('GE-COM-1', async (words) => {
    for (const exchange of await drive(words)) words.expect(exchange).toHoldAnArray();
  });

  requirement('GE-COM-2', async (words) => {
    for (const exchange of await drive(words))
      words.expect(exchange).toBeServed(`${exchange.action}, called as documented,`);
  });
});

requirement('GE-COM-5', async (words) => {
  const open = async () => {
    const chats = [await words.alice.opens(), await words.bob.opens()] as const;
    for (const chat of chats) await chat.goesOn();
    return chats;
  };
  let chats = await open();
  const anew = (await outlivesWrongKey(words, chats)) ? undefined : () => words.alice.opens();
  if (anew === undefined)
    await narrowed(genesysChatActions, async (actions) => {
      for (const action of actions) await accessDenied(words, action, chats);
      const isSo = await leftAlone(words, `${actions.join(' or ')} with wrong credentials`, chats);
      if (!isSo) chats = await open();
      return isSo;
    });
  else {
    for (const chat of chats) await chat.leave();
    chats = await open();
    for (const action of genesysChatActions) await accessDenied(words, action, chats, { anew });
  }
  const [over, other] = chats;
  await over.leave();
  // What the chat was stays closed to others, and its credentials open no other chat.
  await accessDenied(words, 'getmessages', [over, other], { when: 'once a chat is completed' });
  await accessDenied(words, 'getmessages', [other, over], { when: 'once another chat is completed', anew });
});

requirement('GE-COM-6', async (words) => {
  const { alice } = words;
  await atOnce(withoutRequired('requestchat'), (bad) => refused(words, alice, 'requestchat', bad));
  const calls = genesysChatActions.flatMap((action) => withoutRequired(action).map((bad) => [action, bad] as const));
  await narrowed(calls, async (some) => {
    const chat = await alice.opens();
    const tries = await atOnce(some, ([action, bad]) => refused(words, chat, action, bad));
    const areRefused = tries.every(({ isRefused }) => isRefused);
    const what = some.length > 1 ? 'what lacks a member' : some.map(([action, [way]]) => `${action} ${way}`).join();
    return areRefused && leftAlone(words, what, [chat]);
  });
});

requirement('GE-COM-7', async (words) => {
  const { alice } = words;
  await atOnce(badOpenings, (bad) => refused(words, alice, 'requestchat', bad));
  const chat = await alice.opens();
  await atOnce(badCalls(chat), ([action, bad]) => refused(words, chat, action, bad));
  await leftAlone(words, 'bad input', [chat]);
});
