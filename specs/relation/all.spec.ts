import { isOfMessages, relationCodes } from '../../apis/relation/actions.js';
import { accessDenied, tryToGetIn } from '../../fixtures/relation/access.js';
import { wrongApiKeys, wrongTokens } from '../../fixtures/relation/bad-input.js';
import { allBadInputRefused, everyAction, everyMessageAction } from '../../fixtures/relation/drive.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

for (const id of ['RE-COM-1', 'RE-COM-1-SHOULD']) requirement(id, (words) => everyAction(words));

requirement('RE-COM-2', (words) => everyAction(words, (exchange) => words.expect(exchange).not.toBeRefused()));

requirement('RE-COM-3', (words) => accessDenied(words, wrongTokens(words.member)));

requirement('RE-COM-3-SHOULD', async (words) => {
  const { tokenExpired, tokenError, tokenIssuer } = relationCodes;
  await tryToGetIn(words, wrongTokens(words.member), (exchange, what) =>
    words.expect(exchange).toBeRefusedWith([tokenExpired, tokenError, tokenIssuer], what),
  );
});

requirement('RE-COM-4', (words) => accessDenied(words, wrongApiKeys(words.apiKey)));

requirement('RE-COM-5', async (words) => {
  const { member, may, expect } = words;
  await allBadInputRefused(words);
  await member.unreadcount();
  await member.page({ limit: 5 });
  if (may('write')) expect(await member.call('send')).toBeServed('after bad input a legal Send');
});

requirement('RE-COM-6', async ({ channel, allowed, may, expect, eachWay }) => {
  const actions = (await allowed()).filter(isOfMessages);
  await eachWay(async (user) => {
    const own = may('write') ? await user.send(channel) : undefined;
    for (const action of actions) {
      const members = action === 'hide' && own ? { id: own.id } : {};
      const exchange = await user.probe(action, members, { authorization: `bearer ${user.token}` });
      expect(exchange).toBeServed(`${action} of ${user.actor} with the scheme bearer`);
    }
  });
});

// The passive check looks at every desc: of successes, and of refusals of every documented code that can be brought about.
requirement('RE-COM-7', async (words) => {
  const { member, peer, outsider, channel, direct, allowed, scenario } = words;
  await everyMessageAction(words);
  for (const [, tamper] of wrongTokens(member)) await member.probe('unreadcount', {}, tamper);
  const receiving = (await allowed()).filter((action) => action === 'list' || action === 'send');
  for (const action of receiving) await member.probe(action, { channelUuid: undefined });
  await scenario('an outsider', async () => {
    const third = await outsider();
    await third.probe('list');
    if (receiving.includes('send')) await third.trySend(channel);
  });
  await scenario('a direct message', async () => {
    if (receiving.includes('send')) await peer.trySend(direct.with(member));
  });
});
