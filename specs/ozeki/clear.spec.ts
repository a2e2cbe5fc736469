import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki.js';
import {
  attemptDownload,
  cursorAt,
  type Entry,
  entriesOf,
  fetchPage,
  firstCursor,
  newMessage,
  nextSecond,
  post,
  postMany,
} from '../../fixtures/ozeki-history.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
import type { Exchange, Finding } from '../../src/exchange/index.js';
import { containsAll, equal, type PartialCursor } from '../../src/rules/index.js';

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
  for (const [user, count] of [
    [alice, 3],
    [bob, 104],
  ] as const) {
    const posted = await postMany(context, count);
    const expired = newMessage();
    posted.push(await post(context, alice, { ...expired, ValidUntil: expired.Created }));
    const instance = context.instance();
    await clear(context, user);
    for (const reader of [alice, bob]) {
      await reader.list();
      const stale = await attemptDownload(
        context,
        reader,
        posted[0] as Entry,
        { intent: 'probe' },
        undefined,
        instance,
      );
      findings.push(...nothingLeft(stale, reader));
      for (const first of [posted[0], posted.at(-1), { ID: '', Created: '2000-01-01 00:00:00' }]) {
        findings.push(
          ...nothingLeft(await attemptDownload(context, reader, first as Entry, { intent: 'probe' }), reader),
        );
      }
      for (const limit of [3, 50]) {
        findings.push(...nothingLeft((await fetchPage(context, reader, firstCursor(context), limit)).exchange, reader));
      }
      const behind = { ...firstCursor(context), ...cursorAt('messages', posted.at(-1) as Entry) };
      findings.push(...nothingLeft(await attemptPage(context, reader, behind), reader));
    }
    context.step('alice adds a message: it is the only one');
    const { ID } = await post(context, alice);
    const { messages } = await fetchPage(context, bob, firstCursor(context), 50);
    findings.push(
      ...equal(
        messages.map((message) => message.ID),
        [ID],
        'after Clear and one more Add, Partial download gives more than the added message',
        '/messages',
      ),
    );
  }
  return findings;
});

/** A page that the server may refuse to give, since what its cursor names is gone. */
function attemptPage(context: OzekiContext, reader: OzekiUser, cursor: PartialCursor): Promise<Exchange> {
  const members = { conversationid: context.conversation, instance: context.instance(), ...cursor, limit: 50 };
  return reader.attempt.downloadpartial(members as Parameters<typeof reader.attempt.downloadpartial>[0], {
    intent: 'probe',
  });
}

requirement('OZ-CLEAR-2', async (context) => {
  const { alice, bob } = context;
  await post(context, alice);
  await clear(context, alice);
  const findings: Finding[] = [];
  for (const reader of [alice, bob]) {
    const { conversations } = await reader.list();
    const shown = conversations.find(({ id }) => id === context.conversation);
    const words = `lastmessageid is not empty in the List of ${reader.actor} after Clear`;
    if (shown !== undefined) findings.push(...equal(shown.lastmessageid, '', words, '/conversations'));
  }
  return findings;
});

requirement('OZ-CLEAR-3', async (context) => {
  const { alice, bob, skip } = context;
  const findings: Finding[] = [];
  let judged = 0;
  for (const user of [alice, bob]) {
    const others: { owner: OzekiUser; id: string; before: string[] }[] = [];
    for (const owner of [alice, bob]) {
      const held = (await otherConversations(context, owner)).slice(0, 3);
      others.push(...held.map((other) => ({ owner, ...other })));
    }
    await post(context, user);
    await clear(context, user);
    for (const { owner, id, before } of others) {
      judged++;
      const after = await messagesOf(owner, id, context);
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
  const { alice, bob, conversation: conversationid } = context;
  for (const user of [alice, bob]) {
    await user.mute({ conversationid });
    await user.favorite({ conversationid });
    await user.setlistitembackgroundcolor({ conversationid, color: '#bae1ff' });
  }
  await post(context, alice);
  // A clear in the second of the newest message would give the same lastaccess as one that sets it anew.
  await nextSecond();
  const listed = async (user: OzekiUser) => (await user.list()).conversations.find(({ id }) => id === conversationid);
  const [hers, his] = [await listed(alice), await listed(bob)];
  const { conversation: answered } = await clear(context, alice);
  const findings: Finding[] = [];
  for (const [where, before, after] of [
    ['the answer', hers, answered],
    ["alice's later List", hers, await listed(alice)],
    ["bob's later List", his, await listed(bob)],
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
  const { conversation: again } = await clear(context, bob);
  if (again.instance === answered.instance)
    findings.push({
      message: 'instance is the same after a second Clear',
      path: '/conversation/instance',
      expected: 'another one',
      found: again.instance,
    });
  return findings;
});

requirement('OZ-CLEAR-5', async (context) => {
  const findings: Finding[] = [];
  for (const user of [context.alice, context.bob]) {
    await clear(context, user);
    const { status } = await clear(context, user);
    findings.push(...equal(status, 'OK', 'clearing an empty conversation is not "OK"', '/status'));
  }
  return findings;
});
