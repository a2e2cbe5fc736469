import { isOwn, type Upload } from '../../fixtures/data.js';
import {
  anyHistory,
  beginYesterday,
  cursorAt,
  type Entry,
  fetchPage,
  firstCursor,
  history,
  nextSecond,
  pagingFindings,
  post,
  postMany,
  walkBack,
} from '../../fixtures/ozeki/history.js';
import { refusedInOrder } from '../../fixtures/ozeki/probes.js';
import type { OzekiContext } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import type { Finding } from '../../src/exchange/index.js';
import { containsAll, doubledFindings, equal, farEnd, parseTimestamp } from '../../src/rules/index.js';

/** Whether messages that others have written since leave no room on the page for all of these. */
function isFullOfOthers(page: readonly Entry[], these: readonly Upload[]): boolean {
  const others = page.filter(({ ID }) => !these.some((own) => own.ID === ID));
  const missing = these.length - (page.length - others.length);
  const since = these[0]?.Created ?? '';
  return missing > 0 && others.length >= missing && others.every((e) => !isOwn(e.ID) && (e.Created ?? '') >= since);
}

for (const id of ['OZ-PAGE-1', 'OZ-PAGE-1-SHOULD']) {
  requirement(id, async (context) => {
    const known = await anyHistory(context, 8);
    for (const limit of [1, 2, 3, 5]) await walkBack(context, context.bob, { limit, until: known.ids, maxPages: 12 });
  });
}

requirement('OZ-PAGE-3', async (context) => {
  const known = await anyHistory(context, 8);
  for (const limit of [1, 3]) await walkBack(context, context.bob, { limit, until: known.ids, maxPages: 12 });
  // A date without an id is a cursor too: the first page is asked for so.
  for (const { Created } of [known.oldest, known.newest])
    await fetchPage(
      context,
      context.alice,
      { ...firstCursor(context), ...cursorAt('messages', { ID: '', Created }) },
      20,
    );
});

requirement('OZ-PAGE-2', async (context) => {
  const { alice, bob, conversation: conversationid, step } = context;
  await postMany(context, 3);
  // A flag of the reader's decides on no message.
  await alice.favorite({ conversationid });
  await bob.mute({ conversationid });
  // Asked for before as well, so that a page that is kept shows.
  for (const reader of [alice, bob])
    for (const limit of [2, 5, 50]) await fetchPage(context, reader, firstCursor(context), limit);
  await nextSecond();
  const newest = await postMany(context, 2);
  const findings: Finding[] = [];
  for (const reader of [alice, bob]) {
    for (const limit of [2, 5, 50]) {
      step(`${reader.actor} asks for the first page with limit ${limit}`);
      const { messages } = await fetchPage(context, reader, firstCursor(context), limit);
      if (isFullOfOthers(messages, newest)) continue;
      findings.push(
        ...containsAll(
          messages.map(({ ID }) => ID),
          newest.map(({ ID }) => ID),
          `the first page with limit ${limit} does not hold the most recent messages`,
        ),
      );
    }
  }
  return findings;
});

requirement('OZ-PAGE-4', async (context) => {
  const known = await anyHistory(context, 8);
  const ends = new Map<string, Entry[]>();
  for (const limit of [4, 50]) {
    let cursor = firstCursor(context);
    for (let page = 0; page < 3; page++) {
      const { messages } = await fetchPage(context, context.alice, cursor, limit);
      const end = farEnd(messages);
      if (end !== 'unknown') ends.set(end, messages);
      const back = (end === 'last' ? messages.at(-1) : messages[0]) ?? known.oldest;
      cursor = { ...cursor, ...cursorAt('messages', back) };
    }
  }
  return equal(ends.size <= 1, true, 'some pages are sorted oldest first, others newest first');
});

requirement('OZ-PAGE-4-SHOULD', async (context) => {
  const known = await anyHistory(context, 8);
  await walkBack(context, context.alice, { limit: 50, until: known.ids });
});

requirement('OZ-PAGE-5', async (context) => {
  const { alice, bob, step } = context;
  // From empty on, where the target allows it, the suite knows every message, the oldest too.
  const first = await beginYesterday(context);
  const known = await history(context, 17);
  const ids = new Set([...known.ids, ...(first === undefined ? [] : [first.ID])]);
  step('alice walks back to the start with limit 50');
  const whole = await walkBack(context, alice, { limit: 50 });
  const findings = pagingFindings(whole, ids, 'the walk back to the start with limit 50');
  step('bob walks back with limit 5');
  const small = whole.ids.size <= 400 ? { expected: whole.ids } : { expected: ids, until: ids };
  const walked = await walkBack(context, bob, { limit: 5, until: small.until });
  findings.push(...pagingFindings(walked, small.expected, 'the walk back with limit 5'));
  step('alice walks back with limit 1');
  findings.push(
    ...pagingFindings(await walkBack(context, alice, { limit: 1, until: ids }), ids, 'the walk back with limit 1'),
  );
  return findings;
});

requirement('OZ-PAGE-6', async (context) => {
  const { alice, bob, step } = context;
  await postMany(context, 2);
  await nextSecond();
  const { Created } = await post(context, alice);
  const ids = new Set<string>();
  for (let i = 0; i < 7; i++) ids.add((await post(context, i % 2 === 0 ? alice : bob, { Created })).ID);
  const findings: Finding[] = [];
  for (const limit of [1, 2, 3, 4, 5]) {
    const reader = limit % 2 === 0 ? alice : bob;
    step(`${reader.actor} walks back with limit ${limit} over messages of one second`);
    const walked = await walkBack(context, reader, { limit, until: ids });
    findings.push(...pagingFindings(walked, ids, `the walk with limit ${limit} over messages of one second`));
  }
  return findings;
});

requirement('OZ-PAGE-7', async (context) => {
  const { alice, step } = context;
  // Caps are often 50 or 100.
  const known = await anyHistory(context, 104);
  const entries: Entry[] = [];
  step('alice walks back to the start with limit 50');
  const whole = await walkBack(context, alice, { limit: 50, collect: (entry) => entries.push(entry) });
  const newestFirst = dated(entries);
  const findings = pagingFindings(whole, known.ids, 'the walk with limit 50');
  const all = new Set(whole.ids);
  const moreThanAll = whole.ids.size < 500 ? [whole.ids.size + 5] : [];
  for (const limit of [1, 2, 3, 7, 10, 25, 49, ...moreThanAll]) {
    const expected = new Set(newestWithin(newestFirst, 24 * limit).map(({ ID }) => ID));
    step(`alice walks back over ${expected.size} messages with limit ${limit}`);
    const until = expected.size < whole.ids.size ? expected : undefined;
    const walked = await walkBack(context, alice, { limit, until });
    // Others may have written since the walk with limit 50.
    if (foreign(walked.ids, all, limit).length > 0)
      for (const id of (await walkBack(context, alice, { limit: 50, until: walked.ids })).ids) all.add(id);
    findings.push(
      ...pagingFindings(walked, expected, `the walk with limit ${limit}`),
      ...foreign(walked.ids, all, limit),
    );
  }
  findings.push(...(await startFindings(context, newestFirst)));
  return findings;
});

function dated(entries: readonly Entry[]): Entry[] {
  const once = new Map(entries.map((entry) => [entry.ID, entry]));
  return [...once.values()].sort((a, b) => (parseTimestamp(b.Created) ?? 0) - (parseTimestamp(a.Created) ?? 0));
}

/** The newest messages, at most about `count`: a second is taken whole or not at all, since the order within it is the server's. */
function newestWithin(newestFirst: readonly Entry[], count: number): Entry[] {
  if (newestFirst.length <= count) return [...newestFirst];
  const edge = newestFirst[count]?.Created;
  const within = newestFirst.slice(0, count).filter(({ Created }) => Created !== edge);
  return within.length > 0 ? within : newestFirst.slice(0, count);
}

function foreign(ids: ReadonlySet<string>, whole: ReadonlySet<string>, limit: number): Finding[] {
  const unknown = [...ids].filter((id) => !whole.has(id));
  return unknown.length === 0
    ? []
    : [
        {
          message: `the walk with limit ${limit} gave messages that the walk with limit 50 did not`,
          expected: 'the same set',
          found: `${unknown.length} more, such as ${unknown[0]}`,
        },
      ];
}

/** The last pages of a walk, for small limits: what lies before a message near the start. */
async function startFindings(context: OzekiContext, newestFirst: readonly Entry[]): Promise<Finding[]> {
  const from = newestFirst.at(-12) ?? newestFirst[0];
  if (from === undefined) return [];
  const older = new Set(
    newestFirst
      .filter(({ Created }) => (parseTimestamp(Created) ?? 0) < (parseTimestamp(from.Created) ?? 0))
      .map(({ ID }) => ID),
  );
  const findings: Finding[] = [];
  for (const limit of [1, 2, 3, 7]) {
    const walked = await walkBack(context, context.alice, { limit, from, maxPages: 3 * newestFirst.length + 20 });
    findings.push(...pagingFindings(walked, older, `the walk with limit ${limit} over the oldest messages`));
  }
  return findings;
}

requirement('OZ-PAGE-8', async (context) => {
  const { alice, step } = context;
  await anyHistory(context, 3);
  const findings: Finding[] = [];
  for (const limit of [0, -1, '5', 'many', null, 1.5, 1_000_000_000, 2 ** 53, undefined]) {
    const words = limit === undefined ? 'no limit' : `a limit of ${JSON.stringify(limit)}`;
    step(`alice asks for a page with ${words}`);
    const members = {
      conversationid: context.conversation,
      instance: context.instance(),
      ...firstCursor(context),
      limit,
    };
    const exchange = await alice.attempt.downloadpartial(members as never, { intent: 'probe' });
    findings.push(...refusedInOrder(exchange, words, { mayServe: true }));
  }
  await alice.list();
  return findings;
});

requirement('OZ-PAGE-9', async (context) => {
  const { alice, bob, step } = context;
  const known = await history(context, 9);
  step('alice walks back with limit 3 while bob adds three messages behind each page');
  const walked = await walkBack(context, alice, {
    limit: 3,
    until: known.ids,
    afterPage: async (page) => {
      // More than one, or a pager that counts from the newest message only seems to give the boundary again.
      if (page <= 3) for (let i = 0; i < 3; i++) await post(context, bob);
    },
  });
  return [...pagingFindings(walked, known.ids, 'the walk during which messages were added')];
});

requirement('OZ-PAGE-10', async (context) => {
  const { alice, bob, step, skip } = context;
  const before = await reportIds(context, 50);
  let halfway = before;
  for (let i = 0; i < 2; i++) {
    if (i > 0) {
      halfway = await reportIds(context, 50);
      await nextSecond();
    }
    for (let j = 0; j < 4; j++) {
      const message = await post(context, alice);
      await bob.viewed({
        conversationid: context.conversation,
        instance: context.instance(),
        firstmessagedate: message.Created,
        lastmessagedate: message.Created,
        messageids: [message.ID],
      });
    }
  }
  step('bob reports eight messages as viewed, alice walks back through the reports');
  const all = await walkBack(context, alice, { limit: 50, what: 'reports' });
  const fresh = new Set([...all.ids].filter((id) => !before.has(id)));
  if (fresh.size < 2)
    skip('the server shows no new reports for messages that were viewed, so there are none to page through');
  const findings = [
    ...doubledFindings(all, 'the walk through the reports with limit 50'),
    ...containsAll(all.ids, halfway, 'reports that a walk gave before are not met by a later one'),
    ...(await independenceFindings(context)),
  ];
  for (const limit of [1, 2, 3, 5]) {
    const walked = await walkBack(context, alice, { limit, what: 'reports', until: fresh });
    findings.push(...pagingFindings(walked, fresh, `the walk through the reports with limit ${limit}`));
  }
  return findings;
});

/** Each of the two cursors moves its own half of a page: with the other one in the past, it stays the same. */
async function independenceFindings(context: OzekiContext): Promise<Finding[]> {
  const past = { ID: '', Created: '2000-01-01 00:00:00' };
  const first = await fetchPage(context, context.alice, firstCursor(context), 9);
  const findings: Finding[] = [];
  for (const [what, other] of [
    ['messages', 'reports'],
    ['reports', 'messages'],
  ] as const) {
    const middle = first[what][Math.floor(first[what].length / 2)];
    if (middle === undefined) continue;
    const cursor = { ...firstCursor(context), ...cursorAt(what, middle) };
    const usual = await fetchPage(context, context.alice, cursor, 20);
    const moved = await fetchPage(context, context.alice, { ...cursor, ...cursorAt(other, past) }, 20);
    findings.push(
      ...containsAll(
        moved[what].map(({ ID }) => ID),
        usual[what].map(({ ID }) => ID),
        `the cursor of the ${other} moves the ${what} of a page too`,
      ).map((finding) => ({ ...finding, exchanges: [usual.exchange, moved.exchange] })),
    );
  }
  return findings;
}

async function reportIds(context: OzekiContext, limit: number): Promise<Set<string>> {
  return (await walkBack(context, context.alice, { limit, what: 'reports', maxPages: 20 })).ids;
}
