import { eventually } from '../../fixtures/eventually.js';
import type { RelationContext, RelationUser } from '../../fixtures/relation.js';
import { type Entry, listed, missingFindings, post, type Sent, wholeHistory } from '../../fixtures/relation-history.js';
import { attempt, leakFindings } from '../../fixtures/relation-probes.js';
import { requirement } from '../../fixtures/relation-suite.js';
import type { Finding } from '../../src/exchange/index.js';

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
  }
  return findings;
});

async function shows(context: RelationContext, user: RelationUser, { id }: Entry): Promise<boolean> {
  const { entries } = await wholeHistory(context, user, { maxPages: 2 });
  return entries.some((entry) => entry.id === id);
}

requirement('RE-HIDE-2', async (context) => {
  const { member, peer } = context;
  const findings = [...(await cannotHide(context, member, peer)), ...(await cannotHide(context, peer, member))];
  const stranger = await context.outsiderIfAny();
  return stranger === undefined ? findings : [...findings, ...(await cannotHide(context, stranger, member))];
});

/** Lets somebody hide a message of another, and finds where that is served or takes effect on anybody's List. */
async function cannotHide(context: RelationContext, who: RelationUser, author: RelationUser): Promise<Finding[]> {
  const sent = await post(context, author);
  const [entry] = await listed(context, author, [sent]);
  context.step(`${who.actor} hides a message of ${author.actor}`);
  const exchange = await attempt(who, 'hide', { id: entry?.id ?? sent.id });
  const findings = leakFindings(exchange, "Hide of somebody else's message");
  for (const reader of [context.member, context.peer]) {
    const missing = missingFindings(await listed(context, reader, [sent]), reader);
    findings.push(
      ...missing.map((finding) => ({
        ...finding,
        message: "somebody else's message was hidden",
        exchanges: [exchange],
      })),
    );
  }
  return findings;
}
