import { relationCodes, relationOutcome } from '../../apis/relation/actions.js';
import type { RelationContext, RelationUser } from '../../apis/relation/session.js';
import { delicateTexts, textOfBytes } from '../../fixtures/data.js';
import {
  ahead,
  type Draft,
  type Entry,
  ensureMessages,
  fetchPage,
  listed,
  missingFindings,
  newDraft,
  newest,
  nextSecond,
  pagingFindings,
  post,
  postMany,
  postTogether,
  type Sent,
  sendMembers,
  sentSoFar,
  timeOf,
  walkBack,
  wholeHistory,
} from '../../fixtures/relation/history.js';
import { attempt, dataFindings, refusedInOrder, refusedWith } from '../../fixtures/relation/probes.js';
import { NotServed, requirement } from '../../fixtures/relation/suite.js';
import type { Finding } from '../../src/exchange/index.js';
import { closeToNow, containsAll, equal, unchanged } from '../../src/rules/index.js';

requirement('RE-LIST-1', async (context) => {
  const { member, peer, step } = context;
  if (context.may('write')) {
    step('the peer quotes a message of the member, and sends one of a type of its own');
    const quoted = await post(context, member);
    const [known] = await listed(context, peer, [quoted]);
    const quoting = newDraft({ quoteId: known?.id ?? quoted.id });
    await attempt(peer, 'send', sendMembers(context, quoting));
    await attempt(peer, 'send', sendMembers(context, newDraft({ type: 'conformance-Note' })));
  }
  for (const user of [member, peer]) await wholeHistory(context, user, { maxPages: 5 });
});

for (const id of ['RE-LIST-2', 'RE-LIST-5']) {
  requirement(id, async (context) => {
    await ensureMessages(context, 60);
    if (context.may('write')) await postTogether(context, 4);
    for (const user of [context.member, context.peer]) {
      for (const limit of [1, 3, 10, 20, 31, 49, 50, 55]) {
        await fetchPage(context, user, { maxCreateAt: ahead(context), limit });
        await walkBack(context, user, { limit, maxPages: 3 });
      }
    }
  });
}

requirement('RE-LIST-3', async (context) => {
  const { member, peer, step } = context;
  const findings: Finding[] = [];
  for (const user of [member, peer]) {
    for (const limit of ['1', '50']) {
      step(`${user.actor} asks for messages of no channel and no receiver, limit ${limit}`);
      const exchange = await attempt(user, 'list', { maxCreateAt: ahead(context), limit });
      findings.push(
        ...refusedWith(exchange, relationCodes.parameter, 'List with neither channelUuid nor toRelationId'),
      );
    }
  }
  return findings;
});

requirement('RE-LIST-4', async (context) => {
  const { channelUuid, member, peer, step } = context;
  const outsider = await context.outsider();
  if (context.may('write')) await post(context, member);
  const findings: Finding[] = [];
  const ask = async (maxCreateAt: string, limit: string, words = 'List by who is no member of the channel') => {
    step(`the outsider asks for the messages of the channel up to ${maxCreateAt}, limit ${limit}`);
    const exchange = await attempt(outsider, 'list', { channelUuid, maxCreateAt, limit });
    findings.push(...refusedWith(exchange, relationCodes.denied, words));
  };
  for (const limit of ['1', '10', '50']) await ask(ahead(context), limit);
  const { entries } = await wholeHistory(context, member, { maxPages: 5 });
  for (const { createAt } of entries.slice(-1))
    await ask(String(createAt), '10', 'List of older messages by who is no member');
  if (context.may('write')) {
    step('the outsider sends a message to the channel');
    await attempt(outsider, 'send', sendMembers(context, newDraft()));
    await ask(ahead(context), '10', 'List by who is no member, after a Send,');
  }
  for (const { actor, relationId } of [member, peer, outsider]) {
    step(`the outsider asks for the messages of the channel, with ${actor} as receiver beside it`);
    const members = { channelUuid, toRelationId: relationId, maxCreateAt: ahead(context), limit: '10' };
    const exchange = await attempt(outsider, 'list', members);
    const shown = (exchange.response.json as { data?: unknown } | undefined)?.data;
    const ofChannel = Array.isArray(shown) && shown.some((entry) => entry?.channelUuid === channelUuid);
    if (ofChannel)
      findings.push(...dataFindings(exchange, 'List by who is no member, with toRelationId beside the channel,'));
  }
  return findings;
});

requirement('RE-LIST-6', async (context) => {
  const { member, peer, step } = context;
  if (context.may('write')) await inSeveralSeconds(context);
  await ensureMessages(context, 4);
  for (const user of [member, peer]) {
    const times = await someTimes(context, user);
    step(`${user.actor} asks for what is not newer than ${times.join(', ')}, and than a millisecond before`);
    for (const time of times) {
      for (const bound of [time, time - 1, time - 999]) {
        for (const limit of [1, 10, 50]) await fetchPage(context, user, { maxCreateAt: String(bound), limit });
      }
    }
  }
});

/** Sends messages within two neighbouring seconds: a bound that is rounded shows the later ones. */
async function inSeveralSeconds(context: RelationContext): Promise<void> {
  await postMany(context, 3);
  await nextSecond();
  await postMany(context, 3);
}

/** Some of the different times of the newest messages, newest first: the first three, and those of the middle and the end. */
async function someTimes(context: RelationContext, user: RelationUser): Promise<number[]> {
  const entries = await newest(context, user);
  const all = [...new Set(entries.map(timeOf))].filter((time) => !Number.isNaN(time));
  return [...new Set([...all.slice(0, 3), ...all.slice(Math.floor(all.length / 2)).slice(0, 1), ...all.slice(-1)])];
}

requirement('RE-LIST-6-SHOULD', async (context) => {
  const { member, peer, step } = context;
  await ensureMessages(context, 4);
  const findings: Finding[] = [];
  for (const user of [member, peer]) {
    const entries = await newest(context, user);
    for (const time of await someTimes(context, user)) {
      const exactly = entries.filter((entry) => timeOf(entry) === time);
      if (exactly.length > 30) continue;
      step(`${user.actor} asks for what is not newer than ${time}`);
      const page = await fetchPage(context, user, { maxCreateAt: String(time), limit: 50 });
      const ids = page.entries.map(({ id }) => id);
      const message = 'List leaves out a message whose createAt is exactly maxCreateAt';
      const missing = containsAll(
        ids,
        exactly.map(({ id }) => id),
        message,
      );
      findings.push(...missing.map((finding) => ({ ...finding, exchanges: [page.exchange] })));
    }
  }
  return findings;
});

requirement('RE-LIST-7', async (context) => {
  const { member, peer, step } = context;
  if (context.may('write')) await postTogether(context, 12);
  await ensureMessages(context, 2);
  const findings: Finding[] = [];
  for (const user of [member, peer]) {
    step(`${user.actor} walks back and compares what bears the same id`);
    const known = new Map<string, Entry>();
    for (const limit of [50, 7, 3]) {
      await walkBack(context, user, {
        limit,
        maxPages: 8,
        collect: (entry) => findings.push(...collisions(known, entry)),
      });
    }
  }
  return findings;
});

/** Finds an entry that bears the id of another message. */
function collisions(known: Map<string, Entry>, entry: Entry): Finding[] {
  const other = known.get(entry.id);
  known.set(entry.id, entry);
  if (other === undefined) return [];
  const told = ({ sendUuid, content }: Entry) => JSON.stringify([sendUuid, content]);
  return equal(told(entry), told(other), `two messages bear the id ${entry.id}`, '/data');
}

requirement('RE-LIST-8', async (context) => {
  const { member, peer, step } = context;
  // More than a hundred: some servers reach no further back.
  const known = await ensureMessages(context, 120);
  const own = await historyWithTies(context);
  const findings: Finding[] = [];
  for (const user of [member, peer]) {
    const entries = await listed(context, user, own);
    const ids = new Set(own.map(({ id }, i) => entries[i]?.id ?? id));
    step(`${user.actor} walks back to the start with limit 50`);
    const whole = await wholeHistory(context, user, { expected: ids });
    findings.push(...pagingFindings(whole.walked, ids, 'the walk back to the start with limit 50'));
    findings.push(...forgottenFindings(context, user, whole.entries, user === member ? known : []));
    const moreThanAll = whole.entries.length < 1000 ? [whole.entries.length + 5] : [];
    const limits = user === member ? [1, 2, 3, 5, 7, 10, 20, 25, 49, ...moreThanAll] : [1, 3, 10, ...moreThanAll];
    for (const limit of limits) {
      const recent = newestWithin(whole.entries, Math.max(30, 8 * limit));
      const expected = new Set([...ids, ...recent.map(({ id }) => id)]);
      step(`${user.actor} walks back over ${expected.size} messages with limit ${limit}`);
      const more = new Map<string, Entry>();
      const collect = (entry: Entry) => more.set(entry.id, entry);
      const walked = await walkBack(context, user, { limit, expected, stop: limit < whole.entries.length, collect });
      const what = `the walk back with limit ${limit}`;
      findings.push(
        ...pagingFindings(walked, expected, what),
        ...unknownFindings([...more.values()], whole.entries, what),
      );
    }
    findings.push(...(await startFindings(context, user, whole.entries)));
  }
  return [...findings, ...(await disturbedFindings(context, own))];
});

/** Finds what the whole history does not hold though it was sent, or seen, before: servers may show what is recent alone. */
function forgottenFindings(
  context: RelationContext,
  user: RelationUser,
  entries: readonly Entry[],
  known: readonly Entry[],
): Finding[] {
  const held = new Set(entries.flatMap(({ id, sendUuid }) => [id, sendUuid]));
  const before = [...known.filter(({ id }) => !context.hidden.has(id)), ...sentSoFar(context)];
  const earlier = new Map(before.map(({ id, sendUuid }) => [sendUuid, id]));
  const forgotten = [...earlier].filter(([sendUuid, id]) => !held.has(id) && !held.has(sendUuid));
  if (forgotten.length === 0) return [];
  const message = `the walk back to the start with limit 50 lost ${forgotten.length} of ${earlier.size} messages that were sent or seen before (${user.actor})`;
  const found = `never came, for one: ${forgotten[0]?.[1]}`;
  return [{ message, path: '/data', expected: 'every message as far back as there are some', found }];
}

/** Finds what a walk loses while another member sends something behind each of its first pages. */
async function disturbedFindings(context: RelationContext, own: readonly Sent[]): Promise<Finding[]> {
  const { member, peer, step } = context;
  const entries = await listed(context, member, own);
  const expected = new Set(own.map(({ id }, i) => entries[i]?.id ?? id));
  step('member walks back with limit 3 while the peer sends something behind each page');
  const afterPage = async (page: number) => {
    if (page <= 4) await post(context, peer);
  };
  const walked = await walkBack(context, member, { limit: 3, expected, stop: true, afterPage });
  return pagingFindings(walked, expected, 'the walk during which messages were sent');
}

/** Finds what a walk gave that the one over the whole history did not, but for what was sent since. */
function unknownFindings(entries: readonly Entry[], whole: readonly Entry[], what: string): Finding[] {
  const [first] = whole;
  const known = new Set(whole.map(({ id }) => id));
  const unknown = entries.filter(
    (entry) => !known.has(entry.id) && first !== undefined && timeOf(entry) < timeOf(first),
  );
  if (unknown.length === 0) return [];
  const found = `${unknown.length} more, such as ${unknown[0]?.id}`;
  return [
    { message: `${what} gave messages that the walk with limit 50 did not`, expected: 'the same messages', found },
  ];
}

/** Own messages of several seconds, many of one and the same, with a hidden one between them, which is not among those given. */
async function historyWithTies(context: RelationContext): Promise<Sent[]> {
  const sent = await postMany(context, 4);
  await nextSecond();
  sent.push(...(await postTogether(context, 13)));
  const hidden = await post(context, context.member);
  sent.push(...(await postMany(context, 2)));
  await nextSecond();
  sent.push(...(await postMany(context, 5)));
  context.step('the member hides one of them');
  await attempt(context.member, 'hide', { id: hidden.id });
  return sent;
}

/** The newest messages, about `count`: one `createAt` is taken whole or not at all, since the order within it is the server's. */
function newestWithin(newestFirst: readonly Entry[], count: number): Entry[] {
  const edge = newestFirst[count];
  if (edge === undefined) return [...newestFirst];
  return newestFirst.slice(0, count).filter((entry) => timeOf(entry) !== timeOf(edge));
}

/** The last pages of a walk, for small limits: what lies before a message near the start. */
async function startFindings(
  context: RelationContext,
  user: RelationUser,
  newestFirst: readonly Entry[],
): Promise<Finding[]> {
  const from = newestFirst.at(-14);
  if (from === undefined) return [];
  const findings: Finding[] = [];
  // Whether the bound itself is included is the server's choice, so one walk begins at a message, the other just above it.
  for (const bound of [timeOf(from), timeOf(from) + 1]) {
    const older = new Set(newestFirst.filter((entry) => timeOf(entry) < bound).map(({ id }) => id));
    for (const limit of user === context.member ? [1, 2, 3, 7, 10] : [1, 10]) {
      context.step(`${user.actor} walks over the oldest messages, from ${bound} on, with limit ${limit}`);
      const walked = await walkBack(context, user, { limit, from: String(bound), expected: older });
      findings.push(...pagingFindings(walked, older, `the walk with limit ${limit} over the oldest messages`));
    }
  }
  return findings;
}

/** Finds where an entry does not show the message as it was sent. */
function shownFindings(entry: Entry, { content, type, sendUuid, sender }: Sent, kind: string): Finding[] {
  return [
    ...unchanged(entry.content, content, `the content of a message (${kind})`, '/data'),
    ...equal(entry.type, type, 'List shows another type than was sent', '/data'),
    ...equal(entry.sendUuid, sendUuid, 'List shows another sendUuid than was sent', '/data'),
    ...equal(entry.from, sender.relationId, 'from is not the relationId of the sender', '/data'),
  ];
}

/** Sends messages, and finds what readers do not see of them, or see changed. */
async function deliver(
  context: RelationContext,
  user: RelationUser,
  drafts: readonly { kind: string; changes: Partial<Draft> }[],
): Promise<Finding[]> {
  context.step(`${user.actor} sends ${drafts.map(({ kind }) => kind).join(', ')}; member and peer look at their List`);
  const sent: Sent[] = [];
  const findings: Finding[] = [];
  for (const { kind, changes } of drafts) {
    try {
      sent.push(await post(context, user, changes));
    } catch (error) {
      if (!(error instanceof NotServed)) throw error;
      const message = `a message (${kind}) is refused, so that nobody gets it: ${error.message}`;
      findings.push({ message, expected: 'content of any kind is carried', exchanges: [error.exchange] });
    }
  }
  for (const reader of [context.member, context.peer]) {
    const entries = await listed(context, reader, sent);
    findings.push(...missingFindings(entries, reader));
    for (const [i, entry] of entries.entries()) {
      const message = sent[i];
      if (entry !== undefined && message !== undefined)
        findings.push(...shownFindings(entry, message, drafts[i]?.kind ?? ''));
    }
  }
  return findings;
}

requirement('RE-LIST-9', async (context) => {
  const { member, peer } = context;
  const delicate = delicateTexts().map(({ kind, text }) => ({ kind, changes: { content: text } }));
  const large = [
    { kind: '8 KiB of ASCII', changes: { content: textOfBytes(8192, 'ascii') } },
    { kind: '8 KiB of three-byte letters', changes: { content: textOfBytes(8192, 'wide') } },
  ];
  const findings = [...(await deliver(context, member, delicate)), ...(await deliver(context, peer, large))];
  for (const type of ['CARD', 'conformance-Note']) findings.push(...(await typeFindings(context, type)));
  return findings;
});

/** Callers may add types of their own; a server that knows only some, or only cards of a certain form, refuses, which is its right. */
async function typeFindings(context: RelationContext, type: string): Promise<Finding[]> {
  const draft = newDraft({ type });
  context.step(`the member sends a message of the type ${draft.type}`);
  const exchange = await attempt(context.member, 'send', sendMembers(context, draft));
  const { data } = (exchange.response.json ?? {}) as { data?: { id?: unknown } | null };
  if (relationOutcome(exchange) !== 'served' || typeof data?.id !== 'string') return [];
  const sent: Sent = { ...draft, id: data.id, sender: context.member };
  const [entry] = await listed(context, context.peer, [sent]);
  return entry === undefined ? missingFindings([entry], context.peer) : shownFindings(entry, sent, `the type ${type}`);
}

requirement('RE-LIST-10', async (context) => {
  const { member, peer, step, clockToleranceMs } = context;
  const findings: Finding[] = [];
  for (const sender of [member, peer]) {
    step(`${sender.actor} sends a message, both compare its createAt with the clock`);
    const before = Date.now();
    const sent = await post(context, sender);
    const after = Date.now();
    for (const reader of [member, peer]) {
      const [entry] = await listed(context, reader, [sent]);
      if (entry === undefined) findings.push(...missingFindings([entry], reader));
      // The time may be cut to seconds, and the message may have been sent at any moment of the call.
      else findings.push(...freshFindings(entry, after, clockToleranceMs + 1000 + after - before));
    }
  }
  return findings;
});

function freshFindings(entry: Entry, now: number, toleranceMs: number): Finding[] {
  const what = 'the createAt of a message just sent';
  const digits = String(entry.createAt);
  if (/^\d{13}$/.test(digits)) return closeToNow(Number(digits), now, toleranceMs, what, '/data');
  const hint = /^\d{10}$/.test(digits) ? ': ten digits are seconds' : '';
  return [
    { message: `${what} is not in milliseconds${hint}`, path: '/data', expected: 'thirteen digits', found: digits },
  ];
}

requirement('RE-LIST-11', async (context) => {
  const { member, peer, step } = context;
  const findings: Finding[] = [];
  for (const [author, quoter] of [
    [member, member],
    [peer, member],
    [member, peer],
  ] as const) {
    const quoted = await post(context, author);
    const [known] = await listed(context, quoter, [quoted]);
    await post(context, quoter);
    step(`${quoter.actor} quotes a message of ${author.actor}, both look at their List`);
    const draft = newDraft({ quoteId: known?.id ?? quoted.id });
    const exchange = await attempt(quoter, 'send', sendMembers(context, draft), { intent: 'call' });
    const { data } = (exchange.response.json ?? {}) as { data?: { id?: unknown } | null };
    if (relationOutcome(exchange) !== 'served' || typeof data?.id !== 'string') {
      return [
        { message: 'Send refuses a quoteId', path: '/code', expected: 'code "0" and an id', exchanges: [exchange] },
      ];
    }
    for (const reader of [member, peer]) {
      const sent = [{ ...draft, id: data.id, sender: quoter }, quoted];
      const [quoting, original] = await listed(context, reader, sent);
      findings.push(...missingFindings([quoting, original], reader));
      if (quoting !== undefined && original !== undefined) findings.push(...quoteFindings(quoting, original));
    }
  }
  return findings;
});

function quoteFindings(quoting: Entry, original: Entry): Finding[] {
  const quote = (quoting.quote ?? undefined) as Record<string, unknown> | undefined;
  if (quote === undefined) {
    return [
      {
        message: 'a message sent with quoteId carries no quote',
        path: '/data',
        expected: `the message ${original.id}`,
        found: JSON.stringify(quoting.quote) ?? 'nothing',
      },
    ];
  }
  const shown = (['id', 'content', 'from', 'sendUuid', 'type', 'createAt', 'channelUuid'] as const).flatMap((member) =>
    equal(quote[member], original[member], `the quote shows another ${member} than the quoted message`, '/data'),
  );
  const ofOriginal = equal(original.quote ?? null, null, 'a message sent without quoteId carries a quote', '/data');
  return [...shown, ...ofOriginal];
}

requirement('RE-LIST-12', async (context) => {
  const { channelUuid, member, step } = context;
  const bad: [string, Record<string, string>][] = [
    ...['0', '-1', 'many', '', '1.5', '2147483648', '99999999999999999999', '1e3', '10;'].map(
      (limit): [string, Record<string, string>] => [`a limit of "${limit}"`, { limit }],
    ),
    ...['-1', '0', 'yesterday', '', '99999999999999999999', '2022-10-08T08:58:22Z', '1665370135000.5'].map(
      (maxCreateAt): [string, Record<string, string>] => [`a maxCreateAt of "${maxCreateAt}"`, { maxCreateAt }],
    ),
  ];
  const findings: Finding[] = [];
  for (const [words, changes] of bad) {
    step(`the member asks for messages with ${words}`);
    const exchange = await attempt(member, 'list', {
      channelUuid,
      maxCreateAt: ahead(context),
      limit: '10',
      ...changes,
    });
    findings.push(...refusedInOrder(exchange, words, { mayServe: true }));
  }
  await newest(context, member, 1);
  return findings;
});

requirement('RE-LIST-13', async (context) => {
  // A group begins with a system message, so it is looked for as far back as is bearable.
  await wholeHistory(context, context.member, { maxPages: 40 });
});
