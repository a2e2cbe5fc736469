import { isBackDated } from '../../fixtures/data.js';
import { viewingOf } from '../../fixtures/ozeki/access.js';
import {
  addMembers,
  anyHistory,
  attemptDownload,
  beginYesterday,
  downloadFrom,
  type Entry,
  entriesOf,
  farCursor,
  fetchPage,
  history,
  newMessage,
  nextSecond,
  post,
  walkBack,
} from '../../fixtures/ozeki/history.js';
import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import type { Finding } from '../../src/exchange/index.js';
import { containsAll, containsNone, equal, noRepeats, sameSet } from '../../src/rules/index.js';

/** Downloads from a known message on and finds what is missing of those that must come. */
async function fromOn(
  context: OzekiContext,
  reader: OzekiUser,
  first: Entry,
  expected: ReadonlySet<string>,
): Promise<Finding[]> {
  const { messages, exchange } = await downloadFrom(context, reader, first);
  const ids = messages.map(({ ID }) => ID);
  return [
    ...containsAll(ids, [first.ID], 'Download leaves out the message that the first cursor names'),
    ...containsAll(ids, expected, 'Download leaves out messages behind the first cursor'),
    ...noRepeats(ids, 'a Download', '/messages'),
  ].map((finding) => ({ ...finding, exchanges: [exchange] }));
}

requirement('OZ-DOWN-1', async (context) => {
  const { alice, bob, step } = context;
  const first = await beginYesterday(context);
  const known = await history(context, 8);
  const after = (first: Entry) =>
    known.entries.filter(({ Created }) => (Created ?? '') > (first.Created ?? '')).map(({ ID }) => ID);
  step(
    'alice downloads from the oldest known message on, bob from the newest, which he has viewed in a conversation that he has muted',
  );
  if (context.may('write')) {
    await bob.mute({ conversationid: context.conversation });
    await bob.viewed({
      conversationid: context.conversation,
      instance: context.instance(),
      ...viewingOf({ ID: known.newest.ID, Created: known.newest.Created ?? '' }),
    });
  }
  const findings = [
    ...(await fromOn(context, alice, known.oldest, new Set(after(known.oldest)))),
    ...(await fromOn(context, bob, known.newest, new Set())),
  ];
  const isOlder = ({ Created }: Entry) => (Created ?? '') < (known.newest.Created ?? '');
  const before = known.entries.filter(isOlder).map(({ ID }) => ID);
  // One of the messages of that second is the first in the server's order: it has an older one right before it.
  for (const first of known.entries.filter((entry) => !isOlder(entry)).slice(-6)) {
    const { messages, exchange } = await downloadFrom(context, bob, first);
    const ids = messages.map(({ ID }) => ID);
    const early = containsNone(ids, before, 'Download answers messages from before the first cursor');
    findings.push(...early.map((finding) => ({ ...finding, exchanges: [exchange] })));
  }
  if (first !== undefined) {
    step('alice downloads from a message of yesterday on');
    findings.push(...(await fromOn(context, alice, first, known.ids)));
  }
  if (!context.may('write')) return findings;
  return [
    ...findings,
    ...(await tieFindings(context)),
    ...(await expiredFindings(context)),
    ...(await reportFindings(context)),
  ];
});

/** The first cursor of the reports is one of its own: from the report that it names on, that one included. */
async function reportFindings(context: OzekiContext): Promise<Finding[]> {
  const { alice, bob, conversation: conversationid, step } = context;
  const seen: Entry[] = [];
  for (let i = 0; i < 3; i++) {
    const message = await post(context, alice);
    await bob.viewed({ conversationid, instance: context.instance(), ...viewingOf(message) });
    seen.push(message);
    await nextSecond();
  }
  const reports = (await fetchPage(context, alice, farCursor(context), 50)).reports.sort((a, b) =>
    (a.Created ?? '').localeCompare(b.Created ?? ''),
  );
  const [oldest, newest] = [reports[0], reports.at(-1)];
  if (oldest === undefined || newest === undefined || oldest.Created === newest.Created) return [];
  const findings: Finding[] = [];
  for (const [messages, report] of [
    [seen[0], newest],
    [seen.at(-1), oldest],
  ] as [Entry, Entry][]) {
    step(`alice downloads the messages from ${messages.Created} on, the reports from ${report.Created} on`);
    const exchange = await attemptDownload(context, alice, messages, {}, report);
    const body = (exchange.response.json ?? {}) as { messages?: unknown; reports?: unknown };
    const given = (items: unknown) => entriesOf(items).map(({ ID }) => ID);
    const later = ({ Created }: Entry) => (Created ?? '') > (report.Created ?? '');
    const earlier = ({ Created }: Entry) => (Created ?? '') < (report.Created ?? '');
    const wanted = seen.filter(({ Created }) => (Created ?? '') >= (messages.Created ?? '')).map(({ ID }) => ID);
    findings.push(
      ...containsAll(given(body.messages), wanted, 'Download lets the cursor of the reports decide on messages'),
      ...containsAll(given(body.reports), [report.ID], 'Download leaves out the report that the first cursor names'),
      ...containsAll(
        given(body.reports),
        given(reports.filter(later)),
        'Download leaves out reports behind the first cursor',
      ),
      ...containsNone(
        given(body.reports),
        given(reports.filter(earlier)),
        'Download answers reports from before the first cursor',
      ),
      ...noRepeats(given(body.reports), 'the reports of a Download', '/reports'),
    );
  }
  return findings.map((finding) => ({ ...finding, exchanges: [context.last()] }));
}

/** Within one second the order is the server's: from the message that is first in it, a Download gives all of that second. */
async function tieFindings(context: OzekiContext): Promise<Finding[]> {
  await nextSecond();
  const { Created } = await post(context, context.alice);
  const tied: Entry[] = [];
  for (let i = 0; i < 4; i++) tied.push(await post(context, context.bob, { Created }));
  let fullest: string[] = [];
  for (const first of tied) {
    const { messages } = await downloadFrom(context, context.alice, first);
    const held = messages.map(({ ID }) => ID).filter((id) => tied.some(({ ID }) => ID === id));
    if (held.length > fullest.length) fullest = held;
  }
  return containsAll(
    fullest,
    tied.map(({ ID }) => ID),
    'no Download from one of several messages of the same second on gives all of them',
  );
}

/** A message whose validity is over is served all the same. */
async function expiredFindings(context: OzekiContext): Promise<Finding[]> {
  const expired = newMessage();
  expired.ValidUntil = expired.Created;
  await context.alice.add(addMembers(context, expired));
  await nextSecond();
  await nextSecond();
  return fromOn(context, context.bob, expired, new Set());
}

requirement('OZ-DOWN-2', async (context) => {
  const known = await anyHistory(context, 3);
  await downloadFrom(context, context.alice, known.oldest);
  await downloadFrom(context, context.bob, known.oldest);
});

requirement('OZ-DOWN-3', async (context) => {
  const { alice, step } = context;
  await anyHistory(context, 104);
  const entries = new Map<string, Entry>();
  await walkBack(context, alice, { limit: 20, maxPages: 20, collect: (entry) => entries.set(entry.ID, entry) });
  const oldestFirst = [...entries.values()]
    .filter(({ ID }) => !isBackDated(ID))
    .sort((a, b) => (a.Created ?? '').localeCompare(b.Created ?? ''));
  const first = oldestFirst[0];
  if (first === undefined) return context.skip('the conversation holds no messages');
  step(`alice walks back over ${oldestFirst.length} messages and downloads the same range`);
  const { messages, exchange } = await downloadFrom(context, alice, first);
  // Others may have written since the walk: what a walk gives now is no surprise.
  const unexpected = new Set(messages.map(({ ID }) => ID).filter((ID) => !entries.has(ID)));
  if (unexpected.size > 0) {
    const collect = (entry: Entry) => {
      if (unexpected.has(entry.ID) && !entries.has(entry.ID)) oldestFirst.push(entry);
    };
    await walkBack(context, alice, { limit: 20, maxPages: 20, collect });
  }
  // Of the second in which the range begins, the walk may hold only a part.
  const inside = (entry: Entry) => !isBackDated(entry.ID) && (entry.Created ?? '') > (first.Created ?? '');
  return [
    ...sameSet(
      messages.filter(inside).map(({ ID }) => ID),
      oldestFirst.filter(inside).map(({ ID }) => ID),
      { left: 'Download', right: 'the Partial download walk' },
      '/messages',
    ),
    ...noRepeats(
      messages.map(({ ID }) => ID),
      'a Download of many messages',
      '/messages',
    ),
    ...messages.flatMap((message) => differenceFindings(message, entries.get(message.ID))).slice(0, 5),
  ].map((finding) => ({ ...finding, exchanges: [exchange] }));
});

/** Finds where a message is another in Download than in Partial download, which may leave members out. */
function differenceFindings(downloaded: object, paged: object | undefined): Finding[] {
  const [one, other] = [downloaded, paged ?? {}] as Record<string, unknown>[];
  return ['Type', 'Created', 'ValidUntil', 'Data']
    .filter((member) => one?.[member] !== undefined && other?.[member] !== undefined)
    .flatMap((member) =>
      equal(
        other?.[member],
        one?.[member],
        `Partial download gives another ${member} of a message than Download`,
        `/messages/${member}`,
      ),
    );
}
