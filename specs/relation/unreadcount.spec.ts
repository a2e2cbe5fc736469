import { setTimeout as sleep } from 'node:timers/promises';
import type { RelationContext, RelationUser } from '../../apis/relation/session.js';
import { eventually } from '../../fixtures/eventually.js';
import { listed, post } from '../../fixtures/relation/history.js';
import { requirement } from '../../fixtures/relation/suite.js';
import { readOf, readUp, shownTotal, unreadOf } from '../../fixtures/relation/unread.js';
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
    const { total } = await readUp(context, reader);
    await reader.unreadcount({});
    await reader.read({ channelUuid: context.channelUuid, total });
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
  const ofSender = await othersUnread(context, sender, reader);
  const kept = await keptAfterRead(context, sender, reader);
  const left = await unreadOf(sender);
  return left >= ofSender
    ? kept
    : [
        ...kept,
        ...finding("what one member reads takes from another member's unreadCount", `${ofSender} or more`, left),
      ];
}

/**
 * Finds that what the reader reads stays unread. The count is over all channels: where others write to them faster than it falls,
 * more is sent and read.
 */
async function keptAfterRead(context: RelationContext, sender: RelationUser, reader: RelationUser): Promise<Finding[]> {
  let kept: Finding[] = [];
  for (const more of [0, 10, 25]) {
    for (let i = 0; i < more; i++) await post(context, sender);
    const total = await shownTotal(context, reader);
    let [before, after] = [0, 0];
    for (const named of [total, total + 50]) {
      before = await unreadOf(reader);
      const answered = await readOf(context, reader, named);
      const fallen = async () => {
        after = await unreadOf(reader);
        return after < before;
      };
      // A Read that says it has updated nothing is not waited for while another can be tried.
      if (answered === 1 || named > total ? await eventually(fallen) : await fallen()) return [];
    }
    kept = finding('unreadCount does not fall after Read', `less than ${before}`, after);
    if (after === before) break;
  }
  return kept;
}

/** Lets the reader send something that the sender has not read when the reader reads, and gives how much that is. */
async function othersUnread(context: RelationContext, sender: RelationUser, reader: RelationUser): Promise<number> {
  await listed(context, sender, [await post(context, reader)]);
  return unreadOf(sender);
}

/** What others write meanwhile counts too, so the growth over as long a time without own messages is taken off. */
async function ownDoNotCount(context: RelationContext, user: RelationUser): Promise<Finding[]> {
  const own = 6;
  let found: Finding[] = [];
  for (let round = 0; round < 3; round++) {
    context.step(`${user.actor} sends ${own} messages and counts`);
    const startedAt = Date.now();
    const before = await unreadOf(user);
    const sent = await Promise.all(Array.from({ length: own }, () => post(context, user)));
    await listed(context, user, sent);
    const after = await unreadOf(user);
    if (after < before + own) return [];
    await sleep(Date.now() - startedAt);
    const meanwhile = (await unreadOf(user)) - after;
    if (after - before - meanwhile < own / 2) return [];
    found = finding("unreadCount counts the caller's own messages", `less than ${before + own}`, after);
    if (meanwhile === 0) break;
  }
  return found;
}
