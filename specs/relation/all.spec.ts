import { relationCodes } from '../../apis/relation/actions.js';
import { accessDenied, tryToGetIn } from '../../fixtures/relation/access.js';
import { wrongApiKeys, wrongTokens } from '../../fixtures/relation/bad-input.js';
import { allBadInputRefused, everyAction } from '../../fixtures/relation/drive.js';
import { requirement, test } from '../../fixtures/relation/test.js';

for (const id of ['RE-COM-1', 'RE-COM-1-SHOULD']) test(...requirement(id, (words) => everyAction(words)));

test(...requirement('RE-COM-2', (words) => everyAction(words, (exchange) => words.expect(exchange).not.toBeRefused())));

test(...requirement('RE-COM-3', (words) => accessDenied(words, wrongTokens(words.member))));

test(
  ...requirement('RE-COM-3-SHOULD', async (words) => {
    const { tokenExpired, tokenError, tokenIssuer } = relationCodes;
    await tryToGetIn(words, wrongTokens(words.member), (exchange, what) =>
      words.expect(exchange).toBeRefusedWith([tokenExpired, tokenError, tokenIssuer], what),
    );
  }),
);

test(...requirement('RE-COM-4', (words) => accessDenied(words, wrongApiKeys(words.apiKey))));

test(
  ...requirement('RE-COM-5', async (words) => {
    const { member, may, expect } = words;
    await allBadInputRefused(words);
    await member.unreadcount();
    await member.page({ limit: 5 });
    if (may('write')) expect(await member.call('send')).toBeServed('after bad input a legal Send');
  }),
);
