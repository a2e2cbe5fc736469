import { eventually } from '../../fixtures/eventually.js';
import type { RelationContext, RelationUser } from '../../fixtures/relation.js';
import { listed, post } from '../../fixtures/relation-history.js';
import { requirement } from '../../fixtures/relation-suite.js';
import { readUp, unreadOf } from '../../fixtures/relation-unread.js';
import type { Finding } from '../../src/exchange/index.js';

requirement('RE-UNREAD-1', async (context) => {
  const { member, peer } = context;
  for (const user of [member, peer]) await user.unreadcount({});
  if (!context.may('write')) return;
  for (const [sender, reader] of [
    [peer, member],
    [member, peer],
  ] as const) {
    await listed(context, reader, [await post(context, sender)]);
    await reader.unreadcount({});
    await readUp(context, reader);
    await reader.unreadcount({});
    await reader.read({ channelUuid: context.channelUuid, total: 20 });
    await reader.unreadcount({});
  }
});

requirement('RE-UNREAD-1-SHOULD', async (context) => {
  const { member, peer } = context;
  await readUp(context, member);
  await readUp(context, peer);
  return [
    ...(await growsAndFalls(context, peer, member)),
    ...(await growsAndFalls(context, member, peer)),
    ...(await ownDoNotCount(context, member)),
  ];
});

function finding(message: string, expected: string, found: number): Finding[] {
  return [{ message, path: '/data/unreadCount', expected, found: `${found}` }];
}

/** Others may write meanwhile, so that a count may grow by more than what was sent, and fall to more than nothing. */
async function growsAndFalls(context: RelationContext, sender: RelationUser, reader: RelationUser): Promise<Finding[]> {
  context.step(`${sender.actor} sends three messages, ${reader.actor} counts and reads`);
  for (let i = 0; i < 3; i++) {
    const before = await unreadOf(reader);
    await post(context, sender);
    const grows = await eventually(async () => (await unreadOf(reader)) > before);
    if (!grows)
      return finding('unreadCount does not grow when another member sends a message', `more than ${before}`, before);
  }
  const unread = await unreadOf(reader);
  const ofSender = await othersUnread(context, sender, reader);
  const fallen = async () => (await unreadOf(reader)) < unread;
  await readUp(context, reader, () => eventually(fallen));
  const falls = await fallen();
  const left = await unreadOf(sender);
  return [
    ...(falls ? [] : finding('unreadCount does not fall after Read', `less than ${unread}`, await unreadOf(reader))),
    ...(left >= ofSender
      ? []
      : finding("what one member reads takes from another member's unreadCount", `${ofSender} or more`, left)),
  ];
}

/** Lets the reader send something that the sender has not read when the reader reads, and gives how much that is. */
async function othersUnread(context: RelationContext, sender: RelationUser, reader: RelationUser): Promise<number> {
  await listed(context, sender, [await post(context, reader)]);
  return unreadOf(sender);
}

async function ownDoNotCount(context: RelationContext, user: RelationUser): Promise<Finding[]> {
  const own = 6;
  context.step(`${user.actor} sends ${own} messages and counts`);
  const before = await unreadOf(user);
  const sent = [];
  for (let i = 0; i < own; i++) sent.push(await post(context, user));
  await listed(context, user, sent);
  const after = await unreadOf(user);
  return after < before + own
    ? []
    : finding("unreadCount counts the caller's own messages", `less than ${before + own}`, after);
}
