import { type GenesysChatAction, genesysChatActions, genesysOutcome } from '../../apis/genesys/actions.js';
import type { GenesysTampering } from '../../apis/genesys/client.js';
import type { GenesysChat, GenesysContext } from '../../apis/genesys/session.js';
import {
  attemptLegal,
  lastIndex,
  leakFindings,
  legalText,
  refusedFindings,
  requiredMembers,
  watch,
} from '../../fixtures/genesys/probes.js';
import { requirement } from '../../fixtures/genesys/suite.js';
import { cite, freshNickname, freshUrl, say, settled } from '../../fixtures/genesys/transcript.js';
import type { Exchange, Finding } from '../../src/exchange/index.js';

/** Calls every action on two chats in turn, as documented, with and without the optional members, for the observer to judge. */
async function driveAll(context: GenesysContext): Promise<Exchange[]> {
  const { open, step } = context;
  step('alice and bob open a chat each and call every action in turn');
  const chats = [await open(), await open({ actor: 'bob', members: { userData: { key1: 'value1', key2: 'value2' } } })];
  const exchanges: Exchange[] = [];
  const each = async (call: (chat: GenesysChat) => Promise<Exchange>) => {
    for (const chat of chats) exchanges.push(await call(chat));
  };
  for (const members of [{}, { messageType: 'text' }])
    await each(({ attempt }) => attempt.sendmessage({ text: 'I need help with account', ...members }));
  for (const members of [{}, { text: 'I need help' }]) {
    await each(({ attempt }) => attempt.starttyping(members));
    await each(({ attempt }) => attempt.stoptyping(members));
  }
  await each(({ attempt }) => attempt.updatenickname({ nickname: freshNickname() }));
  await each(({ attempt }) => attempt.sendurl({ pushUrl: freshUrl() }));
  for (const members of [{}, { text: 'more of me' }])
    await each(({ attempt }) => attempt.updateuserdata({ userData: { key1: 'value1' }, ...members }));
  await each(({ attempt }) => attempt.getmessages({}));
  await each(({ attempt }) => attempt.getmessages({ transcriptPosition: 2 }));
  for (const chat of chats) {
    const { events } = await settled(chat);
    exchanges.push(await chat.attempt.getmessages({ transcriptPosition: Math.max(1, lastIndex(events)) }));
  }
  await each(({ attempt }) => attempt.complete({}));
  return exchanges;
}

for (const id of ['GE-COM-1-SHOULD', 'GE-COM-1-FROM-SHOULD', 'GE-COM-3', 'GE-COM-4']) {
  requirement(id, async (context) => {
    await driveAll(context);
  });
}

requirement('GE-COM-1', async (context) => {
  const exchanges = await driveAll(context);
  // From a position where an event is, something else than an array is no transcript.
  return exchanges
    .filter((exchange) => exchange.action === 'getmessages' && genesysOutcome(exchange) === 'served')
    .flatMap((exchange) => {
      const messages = (exchange.response.json as { messages?: unknown }).messages;
      if (Array.isArray(messages)) return [];
      return cite(
        [
          {
            message: 'messages is no array',
            path: '/messages',
            expected: 'an array of events',
            found: JSON.stringify(messages) ?? 'nothing',
          },
        ],
        exchange,
      );
    });
});

requirement('GE-COM-2', async (context) => {
  const exchanges = await driveAll(context);
  const findings = exchanges.flatMap((exchange) =>
    genesysOutcome(exchange) === 'refused'
      ? cite(
          [
            {
              message: `${exchange.action}, called as documented, is refused`,
              path: '/statusCode',
              expected: '0',
              found: `HTTP ${exchange.response.status}`,
            },
          ],
          exchange,
        )
      : [],
  );
  context.step('alice calls every action with a wrong secureKey, for the status codes of refusals');
  const chat = await context.open();
  for (const action of genesysChatActions)
    await attemptLegal(chat, action, { members: { secureKey: '0123456789abcdef' } });
  return findings;
});

/** Credentials that must open nothing, with the words for them. */
function wrongCredentials(own: GenesysChat, other: GenesysChat): [string, Record<string, unknown>][] {
  const { userId, secureKey } = own.caller;
  const foreign = other.caller;
  const key = String(secureKey);
  const altered = (at: number) => `${key.slice(0, at)}${key[at] === '0' ? '1' : '0'}${key.slice(at + 1)}`;
  const wrong: [string, Record<string, unknown>][] = [
    ['a made-up secureKey', { secureKey: '0123456789abcdef' }],
    ['a secureKey that differs in its last character', { secureKey: altered(key.length - 1) }],
    ['a secureKey that differs in its first character', { secureKey: altered(0) }],
    ['a secureKey that differs in its middle', { secureKey: altered(Math.floor(key.length / 2)) }],
    [
      'the secureKey in the other case',
      { secureKey: key === key.toUpperCase() ? key.toLowerCase() : key.toUpperCase() },
    ],
    ['the first half of the secureKey', { secureKey: key.slice(0, Math.floor(key.length / 2)) }],
    ['the secureKey and a character more', { secureKey: `${key}0` }],
    ['an empty secureKey', { secureKey: '' }],
    ['the userId for a secureKey', { secureKey: userId }],
    ['true for a secureKey', { secureKey: true }],
    ['an object for a secureKey', { secureKey: { $ne: '' } }],
    ['null for a secureKey', { secureKey: null }],
    ['no secureKey', { secureKey: undefined }],
    ['a made-up userId', { userId: 'FFFFFFFFFFFFFFFF' }],
    ['an empty userId', { userId: '' }],
    ['null for a userId', { userId: null }],
    ['no userId', { userId: undefined }],
    ['neither userId nor secureKey', { userId: undefined, secureKey: undefined }],
  ];
  if (foreign.secureKey !== secureKey) wrong.push(["another chat's secureKey", { secureKey: foreign.secureKey }]);
  if (foreign.userId !== userId) wrong.push(["another chat's userId", { userId: foreign.userId }]);
  if (foreign.secureKey !== secureKey && foreign.userId !== userId)
    wrong.push(["another chat's userId and secureKey", { userId: foreign.userId, secureKey: foreign.secureKey }]);
  return wrong.filter(([, members]) => !('secureKey' in members) || members.secureKey !== secureKey);
}

requirement('GE-COM-5', async (context) => {
  const { open, step } = context;
  const [own, other] = [await open(), await open({ actor: 'bob' })];
  for (const chat of [own, other]) await say(chat);
  const watches = [await watch(own), await watch(other)];
  const findings: Finding[] = [];
  for (const action of genesysChatActions) {
    const wrong = wrongCredentials(own, other);
    step(`alice calls ${action} on her chat with ${wrong.map(([words]) => words).join('; ')}`);
    const call = async ([words, members]: (typeof wrong)[number]) =>
      leakFindings(await attemptLegal(own, action, { members }), `${action} with ${words}`);
    for (const each of wrong) findings.push(...(await call(each)));
    for (const { strays } of watches)
      findings.push(...(await strays(`${action} with wrong or missing credentials is refused`)));
    if (findings.length > 0 && action === 'complete') break;
  }
  if (findings.length > 0) return findings;
  step('alice completes her chat; what it was stays closed to others, and its credentials open no other chat');
  await own.leave();
  const read = async ([words, members]: [string, Record<string, unknown>]) =>
    leakFindings(await attemptLegal(own, 'getmessages', { members }), `getmessages on a completed chat with ${words}`);
  for (const each of wrongCredentials(own, other)) findings.push(...(await read(each)));
  const { userId, secureKey } = own.caller;
  if (secureKey !== other.caller.secureKey)
    findings.push(
      ...leakFindings(
        await attemptLegal(other, 'getmessages', { members: { userId, secureKey } }),
        'getmessages with the userId and secureKey of a completed chat',
      ),
    );
  return findings;
});

requirement('GE-COM-6', async (context) => {
  const { open, tryToOpen, step } = context;
  const findings: Finding[] = [];
  for (const member of requiredMembers('requestchat')) {
    step(`alice calls requestchat without ${member}`);
    findings.push(
      ...refusedFindings(await tryToOpen({ members: { [member]: undefined } }), `requestchat without ${member}`),
    );
  }
  const chat = await open();
  const { strays } = await watch(chat);
  for (const action of genesysChatActions.filter((name) => name !== 'complete')) {
    for (const member of requiredMembers(action)) {
      step(`alice calls ${action} without ${member}`);
      findings.push(
        ...refusedFindings(
          await attemptLegal(chat, action, { members: { [member]: undefined } }),
          `${action} without ${member}`,
        ),
      );
    }
    if (findings.length === 0) findings.push(...(await strays(`${action} without a required member is refused`)));
  }
  for (const member of requiredMembers('complete')) {
    step(`alice calls complete without ${member}, on a chat of its own`);
    const ending = await open();
    const { strays: after } = await watch(ending);
    const refused = refusedFindings(
      await attemptLegal(ending, 'complete', { members: { [member]: undefined } }),
      `complete without ${member}`,
    );
    findings.push(...(refused.length > 0 ? refused : await after(`complete without ${member} is refused`)));
    await ending.leave();
  }
  return findings.length > 0 ? findings : strays('calls without a required member are refused');
});

const badBodies: readonly [string, (text: string) => string][] = [
  ['malformed JSON', (text) => text.slice(0, -1)],
  ['an empty body', () => ''],
  ['an array for a body', (text) => `[${text}]`],
  ['null for a body', () => 'null'],
  ['a string for a body', (text) => JSON.stringify(text)],
];

/** Members of a wrong type, by action. Those of the credentials are somebody else's concern. */
const wrongTypes: Partial<Record<GenesysChatAction, readonly Record<string, unknown>[]>> = {
  getmessages: [{ alias: {} }, { tenantName: [] }],
  sendmessage: [
    { text: 42 },
    { text: null },
    { text: {} },
    { text: ['a', 'b'] },
    { alias: {} },
    { tenantName: 42 },
    { operationName: 42 },
  ],
  starttyping: [{ text: {} }, { alias: [] }, { operationName: ['SendStartTypingNotification'] }],
  stoptyping: [{ text: {} }, { alias: [] }, { operationName: {} }],
  updatenickname: [{ nickname: 42 }, { nickname: null }, { nickname: {} }, { tenantName: {} }],
  sendurl: [{ pushUrl: 42 }, { pushUrl: {} }, { pushUrl: null }, { alias: {} }],
  updateuserdata: [
    { userData: 'key1=value1' },
    { userData: 42 },
    { userData: null },
    { userData: [{ key1: 'value1' }] },
  ],
  complete: [],
};

const wrongOpenings: readonly Record<string, unknown>[] = [
  { nickname: 42 },
  { nickname: {} },
  { nickname: null },
  { tenantName: {} },
  { tenantName: 42 },
  { userData: 'key1=value1' },
];

requirement('GE-COM-7', async (context) => {
  const { open, tryToOpen, step } = context;
  const chat = await open();
  const { strays } = await watch(chat);
  const findings: Finding[] = [];
  const probe = async (action: GenesysChatAction, words: string, tamper: GenesysTampering) => {
    step(`alice calls ${action} with ${words}`);
    findings.push(...refusedFindings(await attemptLegal(chat, action, tamper), `${action} with ${words}`));
  };
  const probeOpening = async (words: string, tamper: GenesysTampering) => {
    step(`alice calls requestchat with ${words}`);
    findings.push(...refusedFindings(await tryToOpen(tamper), `requestchat with ${words}`));
  };
  for (const [words, spoil] of badBodies) {
    await probeOpening(words, { text: spoil('{"nickname":"nickname","tenantName":"Environment"}') });
    for (const action of ['getmessages', 'sendmessage'] as const)
      await probe(action, words, { text: spoil(legalText(chat, action)) });
  }
  for (const operationName of ['ConformanceUnknown', ''])
    await probe('sendmessage', `the operationName ${JSON.stringify(operationName)}`, { members: { operationName } });
  for (const members of wrongOpenings) await probeOpening(`${JSON.stringify(members)}`, { members });
  for (const action of genesysChatActions) {
    for (const members of wrongTypes[action] ?? []) await probe(action, JSON.stringify(members), { members });
  }
  if (findings.length === 0) findings.push(...(await strays('bad input is refused')));
  await probe('sendmessage', 'a text of 1 MiB', { members: { text: 'x'.repeat(1_048_576) } });
  for (const action of genesysChatActions) {
    for (const chatId of ['conformance-unknown', `${chat.id}0`]) await probe(action, 'an unknown chatId', { chatId });
  }
  return findings.length > 0 ? findings : strays('bad input is refused');
});
