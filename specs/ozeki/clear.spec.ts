import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki.js';
import {
  attemptDownload,
  entriesOf,
  fetchPage,
  firstCursor,
  nextSecond,
  post,
  postMany,
} from '../../fixtures/ozeki-history.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
import type { Exchange, Finding } from '../../src/exchange/index.js';
import { containsAll, equal } from '../../src/rules/index.js';

function clear(context: OzekiContext, user: OzekiUser) {
  context.step(`${user.actor} clears the conversation`);
  return user.clear({ conversationid: context.conversation, instance: context.instance() });
}

function nothingLeft(exchange: Exchange, reader: OzekiUser): Finding[] {
  const left = entriesOf((exchange.response.json as { messages?: unknown } | undefined)?.messages);
  if (left.length === 0) return [];
  return [
    {
      message: `after Clear, ${exchange.action} still gives ${reader.actor} ${left.length} messages`,
      path: '/messages',
      expected: 'no message',
      found: `${left.length}, such as ${left[0]?.ID}`,
      exchanges: [exchange],
    },
  ];
}

requirement('OZ-CLEAR-1', async (context) => {
  const { alice, bob } = context;
  const findings: Finding[] = [];
  for (const user of [alice, bob]) {
    const posted = await postMany(context, 3);
    await clear(context, user);
    for (const reader of [alice, bob]) {
      await reader.list();
      for (const first of [posted[0], { ID: '', Created: '2000-01-01 00:00:00' }]) {
        findings.push(
          ...nothingLeft(await attemptDownload(context, reader, first as { ID: string }, { intent: 'probe' }), reader),
        );
      }
      for (const limit of [3, 50]) {
        findings.push(...nothingLeft((await fetchPage(context, reader, firstCursor(context), limit)).exchange, reader));
      }
    }
  }
  return findings;
});

requirement('OZ-CLEAR-2', async (context) => {
  await post(context, context.alice);
  await clear(context, context.alice);
});

requirement('OZ-CLEAR-3', async (context) => {
  const { alice, bob, skip } = context;
  const findings: Finding[] = [];
  let judged = 0;
  for (const user of [alice, bob]) {
    const others = (await otherConversations(context, user)).slice(0, 3);
    await post(context, user);
    await clear(context, user);
    for (const { id, before } of others) {
      judged++;
      const after = await messagesOf(user, id, context);
      findings.push(...containsAll(after, before, `Clear of one conversation removed messages of another, ${id}`));
    }
  }
  if (judged === 0) skip('neither alice nor bob has another conversation with messages in it');
  return findings;
});

async function otherConversations(context: OzekiContext, user: OzekiUser): Promise<{ id: string; before: string[] }[]> {
  const { conversations } = await user.list();
  const others = [];
  for (const { id } of conversations.filter((conversation) => conversation.id !== context.conversation).slice(0, 8)) {
    const before = await messagesOf(user, id, context);
    if (before.length > 0) others.push({ id, before });
  }
  return others;
}

async function messagesOf(user: OzekiUser, conversationid: string, context: OzekiContext): Promise<string[]> {
  const members = { conversationid, instance: context.instance(conversationid), ...firstCursor(context), limit: 50 };
  const { messages } = await user.downloadpartial(members as Parameters<typeof user.downloadpartial>[0]);
  return entriesOf(messages).map(({ ID }) => ID);
}

requirement('OZ-CLEAR-4', async (context) => {
  const { alice, conversation: conversationid } = context;
  await alice.mute({ conversationid });
  await alice.favorite({ conversationid });
  await nextSecond();
  await post(context, alice);
  const listed = async () => (await alice.list()).conversations.find(({ id }) => id === conversationid);
  const before = await listed();
  const { conversation: answered } = await clear(context, alice);
  const findings: Finding[] = [];
  for (const [where, after] of [
    ['the answer', answered],
    ['a later List', await listed()],
  ] as const) {
    if (after?.instance === before?.instance)
      findings.push({
        message: `instance is the same after Clear in ${where}`,
        path: '/conversation/instance',
        expected: 'another one',
        found: `${after?.instance}`,
      });
    for (const member of ['lastaccess', 'participantids', 'mutedby', 'favoriteby', 'properties'] as const) {
      findings.push(
        ...equal(after?.[member], before?.[member], `Clear changed ${member} in ${where}`, `/conversation/${member}`),
      );
    }
  }
  return findings;
});

requirement('OZ-CLEAR-5', async (context) => {
  await clear(context, context.alice);
  const { status } = await clear(context, context.alice);
  return equal(status, 'OK', 'clearing an empty conversation is not "OK"', '/status');
});
