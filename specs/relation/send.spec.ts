import { relationCodes, relationOutcome } from '../../apis/relation/actions.js';
import type { RelationContext, RelationUser } from '../../apis/relation/session.js';
import {
  type Draft,
  listed,
  missingFindings,
  newDraft,
  post,
  postTogether,
  type Sent,
  sendMembers,
  wholeHistory,
} from '../../fixtures/relation/history.js';
import { attempt, refusedWith, storedFindings } from '../../fixtures/relation/probes.js';
import { requirement } from '../../fixtures/relation/suite.js';
import type { Finding } from '../../src/exchange/index.js';
import { equal, noRepeats } from '../../src/rules/index.js';

requirement('RE-SEND-1', async (context) => {
  const { member, peer, channelUuid, step } = context;
  step('member and peer send messages, one without toRelationId, two of the same content');
  const first = newDraft();
  const { data } = await member.send({ ...first, channelUuid });
  const alone: Sent = { ...first, id: data.id, sender: member };
  const twin = await post(context, peer);
  const sent = [alone, twin, await post(context, peer, { content: twin.content })];
  sent.push(...(await postTogether(context, 10)));
  const findings = noRepeats(
    sent.map(({ id }) => String(id)),
    'what Send answered as id',
    '/data/id',
  );
  for (const reader of [member, peer]) findings.push(...(await idFindings(context, reader, sent)));
  return findings;
});

/** Finds messages that a reader's List does not have under the id that Send answered. */
async function idFindings(context: RelationContext, reader: RelationUser, sent: readonly Sent[]): Promise<Finding[]> {
  const entries = await listed(context, reader, sent);
  const findings = missingFindings(entries, reader);
  for (const [i, entry] of entries.entries()) {
    if (entry === undefined) continue;
    findings.push(...equal(entry.id, sent[i]?.id, 'List has a message under another id than Send answered', '/data'));
    const message = 'List has another message under the id that Send answered';
    findings.push(...equal(entry.content, sent[i]?.content, message, '/data'));
  }
  return findings;
}

const nowhere: readonly [string, Record<string, unknown>][] = [
  ['channelUuid and toRelationId null', { channelUuid: null, toRelationId: null }],
  ['neither channelUuid nor toRelationId', {}],
  ['channelUuid null alone', { channelUuid: null }],
  ['toRelationId null alone', { toRelationId: null }],
];

requirement('RE-SEND-2', async (context) => {
  const { member, step } = context;
  const findings: Finding[] = [];
  const drafts: Draft[] = [];
  for (const [words, receiver] of nowhere) {
    step(`the member sends a message with ${words}`);
    const draft = newDraft();
    drafts.push(draft);
    const exchange = await attempt(member, 'send', { ...draft, ...receiver });
    findings.push(...refusedWith(exchange, relationCodes.parameter, `Send with ${words}`));
  }
  return [...findings, ...(await storedFindings(context, drafts, 'a message sent to nobody'))];
});

requirement('RE-SEND-3', async (context) => {
  const { member, step } = context;
  const outsider = await context.outsider();
  const quoteId = (await post(context, member)).id;
  const drafts = [newDraft(), newDraft(), newDraft({ quoteId })];
  const findings: Finding[] = [];
  for (const draft of drafts) {
    step('the outsider sends a message to the channel');
    const exchange = await attempt(outsider, 'send', sendMembers(context, draft));
    findings.push(...refusedWith(exchange, relationCodes.notMember, 'Send by who is no member of the channel'));
  }
  step('the outsider sends a message to the channel, with the member as receiver beside it');
  const beside = newDraft();
  drafts.push(beside);
  // Which of the two receivers counts is the server's choice; the channel must not get it.
  await attempt(outsider, 'send', { ...sendMembers(context, beside), toRelationId: member.relationId });
  return [...findings, ...(await storedFindings(context, drafts, 'a message of who is no member of the channel'))];
});

requirement('RE-SEND-4', async (context) => {
  const { member, peer, step } = context;
  const findings: Finding[] = [];
  for (const sender of [member, peer]) {
    step(`${sender.actor} sends a message twice, then another, then the first once more`);
    const sent = await post(context, sender);
    const { type, content, sendUuid } = sent;
    const again = () => attempt(sender, 'send', sendMembers(context, { type, content, sendUuid }));
    await again();
    const between = await post(context, sender);
    await again();
    step(`${sender.actor} sends one message twice at the same time`);
    const twin = newDraft();
    const both = [1, 2].map(() => attempt(sender, 'send', sendMembers(context, twin)));
    const served = (await Promise.all(both)).some((exchange) => relationOutcome(exchange) === 'served');
    const last = await post(context, sender);
    for (const reader of [member, peer]) {
      await listed(context, reader, [sent, between, last]);
      const { entries } = await wholeHistory(context, reader, { maxPages: 1 });
      const times = (draft: Draft) =>
        entries.filter((entry) => entry.sendUuid === draft.sendUuid || entry.content === draft.content).length;
      findings.push(...equal(times(sent), 1, 'the same sendUuid sent again is not one message', '/data'));
      const message = 'the same sendUuid sent twice at the same time is not one message';
      if (served) findings.push(...equal(times(twin), 1, message, '/data'));
    }
  }
  return findings;
});
