import { isOfMessages, relationCodes } from '../../apis/relation/actions.js';
import { accessDenied, tryToGetIn } from '../../fixtures/relation/access.js';
import { wrongApiKeys, wrongTokens } from '../../fixtures/relation/bad-input.js';
import { allBadInputRefused, everyAction } from '../../fixtures/relation/drive.js';
import { type RelationVocabulary, requirement, together } from '../../fixtures/relation/vocabulary.js';
import { driven, shared } from '../../fixtures/vocabulary.js';

const drive = shared(everyAction);
const tokensTried = shared((words: RelationVocabulary) => tryToGetIn(words, wrongTokens(words.member)));

together(() => {
  for (const id of ['RE-COM-1', 'RE-COM-1-SHOULD', 'RE-COM-7']) requirement(id, driven(drive));

  requirement('RE-COM-2', async (words) => {
    for (const exchange of await drive(words)) words.expect(exchange).not.toBeRefused();
  });
});

together(() => {
  requirement('RE-COM-3', async (words) => accessDenied(words, await tokensTried(words)));

  requirement('RE-COM-3-SHOULD', async (words) => {
    const { tokenExpired, tokenError, tokenIssuer } = relationCodes;
    for (const { exchange, what } of (await tokensTried(words)).answers)
      words.expect(exchange).toBeRefusedWith([tokenExpired, tokenError, tokenIssuer], what);
  });
});

requirement('RE-COM-4', async (words) => accessDenied(words, await tryToGetIn(words, wrongApiKeys(words.apiKey))));

requirement('RE-COM-5', async (words) => {
  const { member, may, expect } = words;
  await allBadInputRefused(words);
  await member.unreadcount();
  await member.page({ limit: 5 });
  if (may('write')) expect(await member.call('send')).toBeServed('after bad input a legal Send');
});

requirement('RE-COM-6', async ({ member, channel, allowed, may, expect }) => {
  const own = may('write') ? await member.send(channel) : undefined;
  for (const action of (await allowed()).filter(isOfMessages)) {
    const members = action === 'hide' && own ? { id: own.id } : {};
    const exchange = await member.probe(action, members, { authorization: `bearer ${member.token}` });
    expect(exchange).toBeServed(`${action} with the scheme bearer`);
  }
});
