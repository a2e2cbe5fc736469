import { ozekiOutcome } from '../../apis/ozeki/actions.js';
import { caseExchanged, leakFindings } from '../../fixtures/ozeki/probes.js';
import type { OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import { equal } from '../../src/rules/index.js';
import { TransportFailure } from '../../src/transport/index.js';

for (const id of ['OZ-LOGIN-1', 'OZ-LOGIN-2', 'OZ-LOGIN-2-SHOULD', 'OZ-LOGIN-3', 'OZ-LOGIN-4', 'OZ-LOGIN-5']) {
  requirement(id, async ({ alice, bob }) => {
    await alice.login();
    await bob.login();
  });
}

requirement('OZ-LOGIN-6', async ({ alice, step }) => {
  const altered = `${alice.apikey.slice(0, -1)}${alice.apikey.endsWith('0') ? '1' : '0'}`;
  const wrong: [string, { apikey?: unknown }][] = [
    ['another apikey', { apikey: 'ffffffffffffffff' }],
    ['an apikey that differs in its last character', { apikey: altered }],
    ['the first half of the apikey', { apikey: alice.apikey.slice(0, Math.floor(alice.apikey.length / 2)) }],
    ['the apikey in other letter case', { apikey: caseExchanged(alice.apikey) }],
    ['an empty apikey', { apikey: '' }],
    ['no apikey', {}],
    ['null for an apikey', { apikey: null }],
    ['more than the apikey', { apikey: `${alice.apikey}0` }],
    ['true for an apikey', { apikey: true }],
    ['0 for an apikey', { apikey: 0 }],
    ['an object for an apikey', { apikey: { $ne: '' } }],
    ['a wildcard for an apikey', { apikey: '%' }],
    ['SQL for an apikey', { apikey: "' OR '1'='1" }],
  ];
  const findings = [];
  for (const [words, members] of wrong.filter(([, { apikey }]) => apikey !== alice.apikey)) {
    step(`alice logs in with ${words}`);
    const exchange = await alice.attempt.login(members as { apikey: string }, { intent: 'probe' });
    findings.push(...leakFindings(exchange, `Login with ${words}`));
  }
  return findings;
});

requirement('OZ-LOGIN-7', async ({ alice, target, skip }) => {
  const { urls } = await alice.login();
  const [handedOut, tested] = [new URL(urls.conversation), new URL(target.url)];
  // Credentials go to no other host than the target file names.
  if (handedOut.hostname !== tested.hostname)
    skip(`the URL points to another host, ${handedOut.hostname}, and no credentials are sent there`);
  const served = await serves(alice, handedOut);
  await alice.list();
  return equal(
    served,
    true,
    'the conversation URL handed out at Login does not serve Conversation / List',
    '/urls/conversation',
  );
});

/** Whether List is served at an address. Where nobody answers, it is not; that the server itself does is asked afterwards. */
async function serves(user: OzekiUser, url: URL): Promise<boolean> {
  try {
    return ozekiOutcome(await user.attempt.list({}, { tamper: { url: url.href } })) === 'served';
  } catch (error) {
    if (error instanceof TransportFailure && (error.kind === 'refused' || error.kind === 'unreachable')) return false;
    throw error;
  }
}

requirement('OZ-LOGIN-8', async ({ alice }) => {
  const first = await alice.login();
  const second = await alice.login();
  return equal(second.userid, first.userid, 'a second login gives another userid', '/userid');
});
