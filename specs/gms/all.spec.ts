import { type GmsChatAction, gmsActions, gmsChatActions } from '../../apis/gms/actions.js';
import { refused, without } from '../../fixtures/bad-input.js';
import { behindTheLast, foreign, nearKeys } from '../../fixtures/chatserver/access.js';
import { everyAction } from '../../fixtures/chatserver/drives.js';
import { accessDenied } from '../../fixtures/gms/access.js';
import { badCalls, badOpenings, noTexts } from '../../fixtures/gms/bad-input.js';
import { requirement, together } from '../../fixtures/gms/vocabulary.js';
import { driven } from '../../fixtures/vocabulary.js';

together(() => {
  // Files are sent within the limits, transcripts are read once there are some events in them.
  const late: readonly GmsChatAction[] = ['filelimits', 'filedelete', 'refresh', 'disconnect'];
  const causes = gmsChatActions.filter((name) => !late.includes(name) && name !== 'fileupload');
  const drive = everyAction(gmsChatActions, [...causes, ...late]);

  for (const id of ['GMS-COM-1', 'GMS-COM-1-SHOULD', 'GMS-COM-1-FROM-SHOULD', 'GMS-COM-3', 'GMS-COM-7'])
    requirement(id, driven(drive));

  // Each call bears the newest alias that an answer gave.
  for (const [id, how] of [
    ['GMS-COM-2', 'called as documented,'],
    ['GMS-ALIAS-1', 'called with the newest alias,'],
  ] as const)
    requirement(id, async (words) => {
      for (const exchange of await drive(words))
        if ('isNeeded' in gmsActions[exchange.action as keyof typeof gmsActions])
          words.expect(exchange).toBeServed(`${exchange.action}, ${how}`);
    });
});

requirement('GMS-COM-4', async (words) => {
  const { bob, carol, expect } = words;
  const [other, over] = [await bob.opens(), await carol.opens()];
  await over.disconnect();
  for (const [what, members] of [...without(['secureKey']), ...foreign(over, other, ['secureKey'])]) {
    const how = `refresh ${what} once a chat is over`;
    expect(await over.probe('refresh', members)).toTellNothing(how, over.caller);
  }
  await accessDenied(words, () => without(['secureKey']));
  await accessDenied(words, (own, action) => [
    ...foreign(own, other, ['secureKey']),
    ...(action === 'refresh' || action === 'sendmessage'
      ? [...foreign(own, other, ['userId', 'secureKey']), ...nearKeys(own, noTexts)]
      : []),
    ...(action === 'refresh'
      ? [
          ...foreign(own, over, ['secureKey'], 'a chat that is over'),
          ...foreign(own, over, ['userId', 'secureKey'], 'a chat that is over'),
          ...behindTheLast(nearKeys(own, []), own),
        ]
      : []),
  ]);
});

requirement('GMS-COM-5', async (words) => {
  const other = await words.bob.opens();
  await accessDenied(words, (own) => foreign(own, other, ['userId']));
});

requirement('GMS-COM-6', async (words) => {
  const { alice } = words;
  for (const bad of badOpenings) await refused(words, alice, 'requestchat', bad);
  const chat = await alice.opens();
  for (const [action, bad] of badCalls) await refused(words, chat, action, bad);
  words.expect((await chat.goesOn()).answer, 'after bad input').toBeServed('the next text');
});
