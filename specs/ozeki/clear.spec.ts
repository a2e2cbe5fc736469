import { isOwn } from '../../fixtures/data.js';
import { isOtherParticipant, lostFromPage } from '../../fixtures/ozeki/concurrent-users.js';
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
} from '../../fixtures/ozeki/history.js';
import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import type { Exchange, Finding } from '../../src/exchange/index.js';
import { equal, type PartialCursor, parseTimestamp } from '../../src/rules/index.js';

/** A message of somebody else that is older than this was there before. */
const recentMs = 120_000;

function clear(context: OzekiContext, user: OzekiUser) {
  context.step(`${user.actor} clears the conversation`);
  return user.clear({ conversationid: context.conversation, instance: context.instance() });
}

/** What was there before the clear is left; what others have written since is not. */
function nothingLeft(exchange: Exchange, reader: OzekiUser, before: ReadonlySet<string>, clearedAt: number): Finding[] {
  const entries = entriesOf((exchange.response.json as { messages?: unknown } | undefined)?.messages);
  const left = entries.filter(
    ({ ID, Created }) => isOwn(ID) || before.has(ID) || !((parseTimestamp(Created) ?? 0) > clearedAt - recentMs),
  );
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
    const page = await fetchPage(context, user, firstCursor(context), 50);
    const before = new Set(page.messages.map(({ ID }) => ID));
    const clearedAt = Date.now();
    await clear(context, user);
    const left = (exchange: Exchange, reader: OzekiUser) => nothingLeft(exchange, reader, before, clearedAt);
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
      findings.push(...left(stale, reader));
      for (const first of [posted[0], posted.at(-1), { ID: '', Created: '2000-01-01 00:00:00' }]) {
        findings.push(...left(await attemptDownload(context, reader, first as Entry, { intent: 'probe' }), reader));
      }
      for (const limit of [3, 50]) {
        findings.push(...left((await fetchPage(context, reader, firstCursor(context), limit)).exchange, reader));
      }
      const behind = { ...firstCursor(context), ...cursorAt('messages', posted.at(-1) as Entry) };
      findings.push(...left(await attemptPage(context, reader, behind), reader));
    }
    context.step('alice adds a message: it is the only one');
    const { ID } = await post(context, alice);
    const { messages } = await fetchPage(context, bob, firstCursor(context), 50);
    findings.push(
      ...equal(
        messages.map((message) => message.ID).filter(isOwn),
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
    // The newest message before the clear was alice's; one of others that is named now came afterwards.
    const isOfOthers = shown !== undefined && shown.lastmessageid !== '' && !isOwn(shown.lastmessageid);
    if (shown !== undefined && !isOfOthers) findings.push(...equal(shown.lastmessageid, '', words, '/conversations'));
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
      const lost = lostFromPage(before, await messagesOf(owner, id, context));
      findings.push(...equal(lost, [], `Clear of one conversation removed messages of another, ${id}`));
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
    const isOther = isOtherParticipant(context, before?.participantids ?? []);
    for (const member of ['participantids', 'mutedby', 'favoriteby'] as const) {
      const [now, then] = [after, before].map((shown) => shown?.[member].filter((id) => !isOther(id)).sort());
      findings.push(...equal(now, then, `Clear changed ${member} in ${where}`, `/conversation/${member}`));
    }
    for (const member of ['lastaccess', 'properties'] as const) {
      // A newer message, which others may have added since, has a time of its own.
      if (member === 'lastaccess' && after?.lastmessageid !== '') continue;
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
