import { type RelationActionName, relationActions, relationOutcome } from '../../apis/relation/actions.js';
import type { RelationTampering } from '../../apis/relation/client.js';
import { rateLimitFinding } from '../../apis/relation/passive.js';
import { codeOf, type RelationContext, type RelationUser, tokenCodes } from '../../apis/relation/session.js';
import { ahead, listed, newDraft, newest, post, sendMembers } from '../../fixtures/relation/history.js';
import {
  allowedActions,
  attempt,
  dataFindings,
  leakFindings,
  legalMembers,
  refusedInOrder,
  storedFindings,
} from '../../fixtures/relation/probes.js';
import { requirement, TransportFailure } from '../../fixtures/relation/suite.js';
import { unreadIfServed } from '../../fixtures/relation/unread.js';
import { alteredTokens } from '../../fixtures/tokens.js';
import type { Exchange, Finding } from '../../src/exchange/index.js';

/**
 * Calls every allowed action as documented, some often enough to meet what comes and goes, for the observer to judge. Gives the
 * exchanges.
 */
async function driveAll(context: RelationContext): Promise<Exchange[]> {
  const { channelUuid, member, peer, step } = context;
  const exchanges: Exchange[] = [];
  const call = async (user: RelationUser, action: RelationActionName, members: object) => {
    exchanges.push(await attempt(user, action, members, { intent: 'call' }));
  };
  step('member and peer call every allowed action');
  for (const user of [member, peer]) {
    const id = context.may('write') ? (await post(context, user)).id : undefined;
    for (const action of allowedActions(context)) await call(user, action, legalMembers(context, action, id));
    for (const limit of [1, 2, 3, 7, 10, 20, 30, 50])
      await call(user, 'list', { channelUuid, maxCreateAt: ahead(context), limit: String(limit) });
    step(`${user.actor} asks for what lies before all messages`);
    await call(user, 'list', { channelUuid, maxCreateAt: '1000000000000', limit: '10' });
  }
  return exchanges;
}

requirement('RE-COM-1', async (context) => {
  await driveAll(context);
  await refuseAll(context);
});

requirement('RE-COM-1-SHOULD', async (context) => {
  await driveAll(context);
});

requirement('RE-COM-2', async (context) => (await driveAll(context)).flatMap(refusedFindings));

/** Finds a legal call that was refused: the observer takes a code that no page documents for a refusal. */
function refusedFindings(exchange: Exchange): Finding[] {
  if (relationOutcome(exchange) !== 'refused') return [];
  const message = `a legal call of ${exchange.action} is not answered with the code "0"`;
  const found = JSON.stringify(codeOf(exchange)) ?? 'no code';
  return [{ message, path: '/code', expected: '"0"', found, exchanges: [exchange] }];
}

/** Calls every allowed action with a token that nobody has: the envelope of a refusal is judged too. */
async function refuseAll(context: RelationContext): Promise<void> {
  context.step('member calls every allowed action with a made-up token');
  for (const action of allowedActions(context)) {
    const tamper = { authorization: 'Bearer no-token-of-anybody' };
    await attempt(context.member, action, legalMembers(context, action), { tamper });
  }
}

/** Calls each allowed action tampered with, and finds where it was answered; then where it was carried out all the same. */
async function nobodyGetsIn(
  context: RelationContext,
  ways: readonly (readonly [words: string, tamper: RelationTampering])[],
  judge: (exchange: Exchange, words: string) => Finding[],
): Promise<Finding[]> {
  const { member, peer, step } = context;
  const drafts: { sendUuid: string; content: string }[] = [];
  const own = context.may('write') ? await post(context, member) : undefined;
  if (own !== undefined) await listed(context, member, [await post(context, peer)]);
  const unread = await unreadIfServed(member);
  const findings: Finding[] = [];
  for (const action of allowedActions(context)) {
    for (const [words, tamper] of ways) {
      step(`member calls ${action} with ${words}`);
      const draft = newDraft();
      if (action === 'send') drafts.push(draft);
      const members = action === 'send' ? sendMembers(context, draft) : legalMembers(context, action, own?.id);
      const exchange = await attempt(member, action, members, { tamper });
      findings.push(...judge(exchange, `${action} with ${words}`));
    }
  }
  if (own === undefined || findings.length > 0) return findings;
  const left = await unreadIfServed(member);
  if (left < unread) {
    const message = 'a Read that was refused took from unreadCount all the same';
    findings.push({ message, expected: `${unread} or more`, found: `${left}` });
  }
  findings.push(...(await storedFindings(context, drafts, 'a message whose Send was refused')));
  const [shown] = await listed(context, member, [own]);
  if (shown !== undefined) return findings;
  return [
    ...findings,
    { message: 'a Hide that was refused hid the message all the same', expected: own.id, found: 'nothing' },
  ];
}

/** The tokens that nobody may get in with, as the header bears them. */
function wrongTokens({ member }: RelationContext): [string, RelationTampering][] {
  return [
    ['no Authorization header', { authorization: null }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['the relationId for a token', { authorization: `Bearer ${member.relationId}` }],
    ...alteredTokens(member.token).map(([words, token]): [string, RelationTampering] => [
      words,
      { authorization: `Bearer ${token}` },
    ]),
  ];
}

requirement('RE-COM-3', (context) => nobodyGetsIn(context, wrongTokens(context), leakFindings));

requirement('RE-COM-3-SHOULD', (context) =>
  nobodyGetsIn(context, wrongTokens(context), (exchange, words) => {
    const code = codeOf(exchange);
    if (tokenCodes.has(code)) return [];
    const found = JSON.stringify(code) ?? 'no code';
    const message = `${words} is not refused with a code of tokens`;
    return [{ message, path: '/code', expected: '"10100", "10101" or "10102"', found, exchanges: [exchange] }];
  }),
);

requirement('RE-COM-4', (context) => {
  const wrong: [string, RelationTampering][] = [
    ['no ApiKey header', { apiKey: null }],
    ['an empty ApiKey', { apiKey: '' }],
    ['an unknown ApiKey', { apiKey: 'conformance-unknown' }],
    ...alteredTokens(context.apiKey, 'an ApiKey').map(([words, apiKey]): [string, RelationTampering] => [
      words,
      { apiKey },
    ]),
  ];
  return nobodyGetsIn(context, wrong, leakFindings);
});

const nobodys = '0123456789abcdef0123456789abcdef';

const badBodies: readonly [string, string][] = [
  ['malformed JSON', '{"channelUuid":"x"'],
  ['an empty body', ''],
  ['an array for a body', '[{}]'],
  ['null for a body', 'null'],
  ['a string for a body', '"hello"'],
  ['an empty object', '{}'],
];

/** What each action may be sent that makes no sense; `undefined` leaves a member out. */
const badMembers: Partial<Record<RelationActionName, readonly Record<string, unknown>[]>> = {
  list: [
    { channelUuid: nobodys },
    { channelUuid: '' },
    { channelUuid: "' OR '1'='1" },
    { channelUuid: 'x'.repeat(2000) },
  ],
  send: [
    { channelUuid: nobodys },
    { channelUuid: 42 },
    { channelUuid: { $ne: '' } },
    { type: undefined },
    { type: 42 },
    { content: undefined },
    { content: null },
    { content: 42 },
    { content: { text: 'hello' } },
    { sendUuid: undefined },
    { sendUuid: ['x'] },
  ],
  read: [
    { channelUuid: nobodys },
    { channelUuid: undefined },
    { channelUuid: {} },
    { total: undefined },
    { total: 'many' },
    { total: {} },
  ],
  // Where ids are counted up, a small one could be a message of the caller's own.
  hide: [{ id: '9223372036854775807' }, { id: 'no-such-id' }, { id: undefined }, { id: null }, { id: {} }],
};

async function sendBadInput(context: RelationContext, findings: Finding[]): Promise<void> {
  const { member, step } = context;
  const send = async (action: RelationActionName, members: object, words: string, text?: string) => {
    step(`member sends ${words} to ${action}`);
    const exchange = await attempt(member, action, members, text === undefined ? undefined : { tamper: { text } });
    findings.push(...refusedInOrder(exchange, `${words} (${action})`));
  };
  for (const action of allowedActions(context)) {
    for (const changes of badMembers[action] ?? []) {
      const words = Object.entries(changes).map(
        ([name, value]) => `${name} ${JSON.stringify(value)?.slice(0, 40) ?? 'left out'}`,
      );
      await send(action, { ...legalMembers(context, action), ...changes }, words.join());
    }
    if (relationActions[action].method === 'GET') continue;
    for (const [words, text] of badBodies) await send(action, {}, words, text);
  }
  if (context.may('write')) {
    // Sent to nobody, so that no channel has to carry it from then on.
    step('member sends 1 MiB of content to nobody');
    const large = { ...newDraft({ content: 'x'.repeat(1_048_576) }), channelUuid: null, toRelationId: null };
    findings.push(...refusedInOrder(await attempt(member, 'send', large), '1 MiB of content'));
  }
}

requirement('RE-COM-5', async (context) => {
  const findings: Finding[] = [];
  try {
    await sendBadInput(context, findings);
  } catch (error) {
    const page = error instanceof TransportFailure && error.kind === 'rate-limit' ? error.response : undefined;
    if (page === undefined || page.json !== undefined) throw error;
    return [...findings, rateLimitFinding(page)];
  }
  context.step('member asks for the unread count and the newest messages: the server still answers');
  await context.member.unreadcount({});
  await newest(context, context.member, 5);
  for (const exchange of context.may('write')
    ? [await attempt(context.member, 'send', sendMembers(context, newDraft()), { intent: 'call' })]
    : []) {
    findings.push(
      ...refusedInOrder(exchange, 'a legal Send after bad input', { mayServe: true }),
      ...stillServed(exchange),
    );
  }
  return findings;
});

function stillServed(exchange: Exchange): Finding[] {
  if (dataFindings(exchange, '').length > 0) return [];
  return [
    {
      message: 'after bad input a legal Send is no longer served',
      expected: 'a new id',
      found: `code ${JSON.stringify(codeOf(exchange))}`,
      exchanges: [exchange],
    },
  ];
}
