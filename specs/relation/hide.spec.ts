import { setTimeout as sleep } from 'node:timers/promises';
import type { RelationContext, RelationUser } from '../../apis/relation/session.js';
import { eventually } from '../../fixtures/eventually.js';
import {
  ahead,
  type Entry,
  fetchPage,
  listed,
  missingFindings,
  post,
  type Sent,
  wholeHistory,
} from '../../fixtures/relation/history.js';
import { attempt, leakFindings } from '../../fixtures/relation/probes.js';
import { requirement } from '../../fixtures/relation/suite.js';
import type { Exchange, Finding } from '../../src/exchange/index.js';

requirement('RE-HIDE-1', async (context) => {
  for (const user of [context.member, context.peer]) {
    const sent = await post(context, user);
    const [entry] = await listed(context, user, [sent]);
    context.step(`${user.actor} hides an own message`);
    await user.hide({ id: entry?.id ?? sent.id });
  }
});

requirement('RE-HIDE-1-SHOULD', async (context) => {
  const { member, peer, step } = context;
  const findings: Finding[] = [];
  for (const user of [member, peer]) {
    const other = user === member ? peer : member;
    const sent = [
      await post(context, user),
      await post(context, user),
      await post(context, other),
      await post(context, user),
    ];
    const [before, hidden, ...after] = await listed(context, user, sent);
    if (hidden === undefined) return missingFindings([hidden], user);
    step(`${user.actor} hides the second of four messages and looks at the own List`);
    await user.hide({ id: hidden.id });
    const gone = await eventually(async () => !(await shows(context, user, hidden)));
    if (!gone)
      findings.push({
        message: 'a hidden message is still in the own List',
        path: '/data',
        expected: `no ${hidden.id}`,
        found: hidden.id,
      });
    const left: Sent[] = sent.filter((_, i) => i !== 1);
    const lost = missingFindings(await listed(context, user, left), user);
    if ([before, ...after].every((entry) => entry !== undefined)) {
      findings.push(...lost.map((finding) => ({ ...finding, message: 'Hide took other messages with it' })));
    }
    if (gone) findings.push(...(await backFindings(context, user, hidden)));
  }
  return findings;
});

/** Finds a hidden message on a page of another limit, or of another bound, than that on which it was seen to be gone. */
async function backFindings(context: RelationContext, user: RelationUser, hidden: Entry): Promise<Finding[]> {
  for (const maxCreateAt of [ahead(context), String(hidden.createAt)]) {
    for (const limit of [7, 20, 50]) {
      const { entries, exchange } = await fetchPage(context, user, { maxCreateAt, limit });
      if (!entries.some(({ id }) => id === hidden.id)) continue;
      const message = `a hidden message was gone from the own List, and is back with maxCreateAt ${maxCreateAt}, limit ${limit}`;
      return [{ message, path: '/data', expected: `no ${hidden.id}`, found: hidden.id, exchanges: [exchange] }];
    }
  }
  return [];
}

async function shows(context: RelationContext, user: RelationUser, { id }: Entry): Promise<boolean> {
  const { entries } = await wholeHistory(context, user, { maxPages: 2 });
  return entries.some((entry) => entry.id === id);
}

requirement('RE-HIDE-2', async (context) => {
  const { member, peer } = context;
  const tries: Hiding[] = [await tryToHide(context, member, peer), await tryToHide(context, peer, member)];
  const stranger = await context.outsiderIfAny();
  if (stranger !== undefined) tries.push(await tryToHide(context, stranger, member));
  context.step('member and peer look at their List once more, a moment later');
  await sleep(250);
  const later: Finding[] = [];
  for (const { sent, exchange } of tries) later.push(...(await hiddenFindings(context, sent, exchange)));
  return [...tries.flatMap(({ findings }) => findings), ...later];
});

/** A try to hide a message of another, and what was wrong at once. */
interface Hiding {
  sent: Sent;
  exchange: Exchange;
  findings: Finding[];
}

async function tryToHide(context: RelationContext, who: RelationUser, author: RelationUser): Promise<Hiding> {
  const sent = await post(context, author);
  const [entry] = await listed(context, author, [sent]);
  context.step(`${who.actor} hides a message of ${author.actor}`);
  const exchange = await attempt(who, 'hide', { id: entry?.id ?? sent.id });
  const findings = leakFindings(exchange, "Hide of somebody else's message");
  return { sent, exchange, findings: [...findings, ...(await hiddenFindings(context, sent, exchange))] };
}

/** Finds where the Hide of another took effect on anybody's List. */
async function hiddenFindings(context: RelationContext, sent: Sent, exchange: Exchange): Promise<Finding[]> {
  const message = "somebody else's message was hidden";
  const findings: Finding[] = [];
  for (const reader of [context.member, context.peer]) {
    const missing = missingFindings(await listed(context, reader, [sent]), reader);
    findings.push(...missing.map((finding) => ({ ...finding, message, exchanges: [exchange] })));
  }
  return findings;
}
