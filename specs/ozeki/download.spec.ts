import { isBackDated } from '../../fixtures/data.js';
import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki.js';
import {
  addMembers,
  anyHistory,
  downloadFrom,
  type Entry,
  history,
  newMessage,
  nextSecond,
  post,
  walkBack,
} from '../../fixtures/ozeki-history.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
import type { Finding } from '../../src/exchange/index.js';
import { containsAll, containsNone, noRepeats, sameSet } from '../../src/rules/index.js';

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
  const known = await history(context, 8);
  const after = (first: Entry) =>
    known.entries.filter(({ Created }) => (Created ?? '') > (first.Created ?? '')).map(({ ID }) => ID);
  step('alice downloads from the oldest known message on, bob from the newest');
  const findings = [
    ...(await fromOn(context, alice, known.oldest, new Set(after(known.oldest)))),
    ...(await fromOn(context, bob, known.newest, new Set())),
  ];
  const { messages } = await downloadFrom(context, bob, known.newest);
  const before = known.entries
    .filter(({ Created }) => (Created ?? '') < (known.newest.Created ?? ''))
    .map(({ ID }) => ID);
  findings.push(
    ...containsNone(
      messages.map(({ ID }) => ID),
      before,
      'Download answers messages from before the first cursor',
    ),
  );
  return context.may('write')
    ? [...findings, ...(await tieFindings(context)), ...(await expiredFindings(context))]
    : findings;
});

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
  await anyHistory(context, 52);
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
  return sameSet(
    messages.filter(inside).map(({ ID }) => ID),
    oldestFirst.filter(inside).map(({ ID }) => ID),
    { left: 'Download', right: 'the Partial download walk' },
    '/messages',
  ).map((finding) => ({ ...finding, exchanges: [exchange] }));
});
