import { genesysOutcome } from '../../apis/genesys/actions.js';
import { type ChatOpening, type GenesysChat, type GenesysContext, isFull } from '../../apis/genesys/session.js';
import { requirement } from '../../fixtures/genesys/suite.js';
import { cite } from '../../fixtures/genesys/transcript.js';
import type { Finding } from '../../src/exchange/index.js';
import { noRepeats } from '../../src/rules/index.js';

/** Opens chats with different members, for the observer to judge. */
async function openSome({ open, step }: GenesysContext): Promise<void> {
  step('alice and bob open chats, with few members and with many, with a plain nickname and a colourful one');
  const openings: ChatOpening[] = [
    {},
    { members: { emailAddress: undefined, subject: undefined } },
    {
      actor: 'bob',
      members: { nickname: 'Žofia 陳 Ωμέγα 👋🏽', userData: { key1: 'value1', key2: 'value2' } },
    },
  ];
  for (const opening of openings) await (await open(opening)).leave();
}

for (const id of ['GE-REQ-1', 'GE-REQ-2']) requirement(id, openSome);

/** Opens chats one after the other, then several times some at once, all with the same members; completes them as it goes. */
async function openAlike({ open, step }: GenesysContext): Promise<GenesysChat[]> {
  step('alice opens two chats one after the other, then three times four at the same time, all with the same members');
  const members = { nickname: 'Conformance', firstName: 'Conformance', lastName: 'Check' };
  const all: GenesysChat[] = [];
  const take = async (chats: readonly GenesysChat[]) => {
    all.push(...chats);
    for (const chat of chats) await chat.leave();
  };
  await take([await open({ members }), await open({ members })]);
  for (let round = 0; round < 3; round++) await take(await openTogether(4, (waits) => open({ members, waits })));
  return all;
}

/** Opens some chats at the same time, or as many as the server has room for. */
async function openTogether(count: number, open: (waits: boolean) => Promise<GenesysChat>): Promise<GenesysChat[]> {
  const tried = await Promise.allSettled(Array.from({ length: count }, () => open(false)));
  const opened = tried.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = tried.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  const broken = failed.find((reason) => !isFull(reason));
  if (broken !== undefined) throw broken;
  return opened.length > 0 ? opened : [await open(true)];
}

requirement('GE-REQ-3', async (context) => {
  const chats = await openAlike(context);
  const repeats = noRepeats(
    chats.map(({ id }) => id),
    'the chatId of several chats',
    '/chatId',
  );
  return [...cite(repeats, ...chats.slice(0, 3).map(({ opened }) => opened)), ...(await displacedFindings(context))];
});

/** Finds where a chat is over once another is opened by the same person. */
async function displacedFindings({ open, step }: GenesysContext): Promise<Finding[]> {
  step('alice opens two chats under one name and reads both');
  const members = { nickname: 'Conformance' };
  const chats = [await open({ members }), await open({ members })];
  const findings: Finding[] = [];
  for (const chat of chats) {
    const exchange = await chat.attempt.getmessages({});
    const { chatEnded } = (exchange.response.json ?? {}) as { chatEnded?: unknown };
    if (genesysOutcome(exchange) === 'served' && chatEnded !== true) continue;
    const message = 'of two chats that one person has opened, one is over at once';
    findings.push(...cite([{ message, expected: 'two chats that are open' }], exchange));
  }
  return findings;
}

requirement('GE-REQ-3-SHOULD', async (context) => {
  const chats = await openAlike(context);
  const keys = new Set(chats.map(({ caller }) => caller.secureKey));
  if (keys.size === chats.length) return [];
  return cite(
    [
      {
        message: 'several chats have the same secureKey',
        path: '/secureKey',
        expected: `${chats.length} different ones`,
        found: `${keys.size}`,
      },
    ],
    ...chats.slice(0, 2).map(({ opened }) => opened),
  );
});
