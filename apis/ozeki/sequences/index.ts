import type { Finding } from '../../../src/exchange/index.js';
import type { Observation } from '../../../src/passive/types.js';
import type { SequenceOptions, Sequences } from '../../../src/recording/api.js';
import { createBounded } from '../../../src/recording/bounded.js';
import {
  copyOf,
  hashOf,
  isBefore,
  type Members,
  membersOf,
  momentOf,
  objectsOf,
  textOf,
} from '../../../src/recording/members.js';
import { createWalks, lostOn, type Placed } from '../../../src/recording/pages.js';
import { createPendingOmissions } from '../../../src/recording/pending-omissions.js';
import type { RecordedExchange } from '../../../src/recording/types.js';
import { directionOf, equal, parseTimestamp } from '../../../src/rules/index.js';
import { uploadedMessage } from '../actions.js';
import {
  type Conversation,
  callerOf,
  createConversations,
  type Entry,
  entriesOf,
  entryOf,
  firstAfter,
  idsOf,
  isThere,
  type Kind,
  viewOf,
} from './conversation.js';
import { doubled, downloaded, noteOmittedStart, tooEarly } from './download.js';
import { echoes, uploadOf } from './echoes.js';

const keptAdds = 40_000;
const keptClears = 8;

/** Judges Ozeki exchanges by those before them: walks, echoes of Adds, what was cleared, ids of users. */
export function ozekiSequences(options: SequenceOptions): Sequences {
  const conversations = createConversations();
  const walks = { messages: createWalks(), reports: createWalks() };
  const directions = createBounded<string, 'ascending' | 'descending'>(64);
  const users = createBounded<string, { userid: unknown; place: string }>(10_000);
  /** The messages uploaded: whether more than once, and a hash of what, where it was the same each time. */
  const added = createBounded<string, { isAgain: boolean; what: string | undefined }>(keptAdds);

  const isAddedAgain = ({ server }: RecordedExchange, id: string) => added.get(`${server}\n${id}`)?.isAgain === true;
  const pendingOmissions = createPendingOmissions();

  /** Takes note of the entries that an answer shows; gives what they prove of answers before. */
  const note = (
    exchange: RecordedExchange,
    kind: Kind,
    shown: readonly Members[],
    conversation: Conversation,
  ): Observation[] => {
    const known = conversation[kind];
    const by = exchange.action === 'download' ? 'byDownload' : 'byPage';
    for (const { ID, Created } of shown) {
      const id = ID as string;
      const created = parseTimestamp(Created) ?? Number.NaN;
      const entry = known.byId.get(id) ?? entryOf(id, created, exchange, kind === 'reports');
      entry[by] = true;
      if (!known.byId.has(id)) conversations.remember(known, entry);
    }
    const ids = shown.map(({ ID }) => ID as string).filter((id) => !isAddedAgain(exchange, id));
    return pendingOmissions.shown(viewOf(exchange, conversation, kind), new Set(ids), exchange);
  };

  /** `isCertain`: the server was asked as documented and said that it is done. What may have been done is noted all the same. */
  type Judge = (exchange: RecordedExchange, asked: Members, body: Members, isCertain: boolean) => Observation[];

  const judges: Record<string, Judge> = {
    login(exchange, asked, body) {
      const apikey = textOf(asked.apikey);
      if (apikey === undefined || apikey === '') return [];
      const key = `${exchange.server}\n${hashOf(apikey)}`;
      const before = users.get(key);
      users.set(key, before ?? { userid: body.userid, place: exchange.place });
      if (before === undefined) return [];
      const message = `a later login gives another userid than ${before.place} for the same account`;
      return [{ requirement: 'OZ-LOGIN-8', findings: equal(body.userid, before.userid, message, '/userid') }];
    },

    add(exchange, asked, _body, isCertain) {
      const id = textOf(asked.conversationid);
      const upload = uploadedMessage(asked) ?? {};
      const messageId = textOf(upload.ID);
      if (id === undefined || messageId === undefined) return [];
      const conversation = conversations.of(exchange, id);
      const created = parseTimestamp(upload.Created) ?? Number.NaN;
      const isBackDated = !(Math.abs(created - exchange.startedAt) <= options.clockToleranceMs);
      if (isBackDated) {
        options.noteBackDated(messageId);
        conversation.hasBackDated = true;
      }
      if (exchange.endedAt > conversation.lastAdded) conversation.lastAdded = exchange.endedAt;
      const key = `${exchange.server}\n${messageId}`;
      const before = added.get(key);
      const what = hashOf(String(asked.message));
      const isSame = before === undefined || before.what === what;
      added.set(copyOf(key), { isAgain: before !== undefined, what: isSame ? what : undefined });
      const known = conversation.messages.byId.get(messageId);
      if (!isCertain) {
        if (known?.sent !== undefined && !isSame) known.sent.data = 'twice';
        return [];
      }
      const entry = known ?? entryOf(messageId, created, exchange);
      const sent = uploadOf(upload);
      // What was sent again as it was is the same whichever stayed; of what was shown before its upload that is not known.
      if (!isSame || (known !== undefined && known.sent === undefined)) sent.data = 'twice';
      entry.sent = { ...momentOf(exchange), ...sent, isBackDated, place: exchange.place };
      if (known !== undefined) return [];
      conversations.remember(conversation.messages, entry);
      if (!isBackDated && !(created < (conversation.newest?.created ?? Number.NEGATIVE_INFINITY)))
        conversation.newest = entry;
      return [];
    },

    clear(exchange, asked, _body, isCertain) {
      const id = textOf(asked.conversationid);
      if (id === undefined) return [];
      const conversation = conversations.of(exchange, id);
      const clear = { ...momentOf(exchange), place: exchange.place, isCertain };
      conversation.clears = [...conversation.clears, clear].slice(-keptClears);
      return [];
    },

    list(exchange, _asked, body) {
      const shown = objectsOf(body.conversations).flatMap((listed) => {
        const conversation = conversations.met(exchange, textOf(listed.id));
        return conversation === undefined ? [] : lastMessage(exchange, listed, conversation);
      });
      return shown.length === 0 ? [] : [{ requirement: 'OZ-ADD-4', findings: shown.flat() }];
    },

    download(exchange, asked, body) {
      const id = textOf(asked.conversationid);
      if (id === undefined) return [];
      const conversation = conversations.of(exchange, id);
      const messages = entriesOf(body.messages);
      const judged = [
        ...echoes(messages, conversation, options.clockToleranceMs),
        ...cleared(exchange, messages, conversation),
      ];
      judged.push(...downloaded(exchange, asked, messages, conversation));
      judged.push(...tooEarly(asked, messages, conversation));
      const ids = messages.map(({ ID }) => ID as string);
      judged.push(...doubled(ids.filter((one) => !isAddedAgain(exchange, one))));
      judged.push(...addedAgain(exchange, ids));
      for (const kind of ['messages', 'reports'] as const) {
        const entries = kind === 'messages' ? messages : entriesOf(body.reports);
        noteOmittedStart(pendingOmissions, exchange, kind, asked, entries, conversation);
        judged.push(...note(exchange, kind, entries, conversation));
      }
      return judged;
    },

    downloadpartial(exchange, asked, body) {
      const id = textOf(asked.conversationid);
      if (id === undefined) return [];
      const conversation = conversations.of(exchange, id);
      const messages = entriesOf(body.messages);
      const judged = [
        ...echoes(messages, conversation, options.clockToleranceMs),
        ...cleared(exchange, messages, conversation),
      ];
      for (const kind of ['messages', 'reports'] as const) {
        const entries = kind === 'messages' ? messages : entriesOf(body.reports);
        judged.push(...paged(exchange, kind, asked, entries, conversation));
        judged.push(...note(exchange, kind, entries, conversation));
      }
      return judged;
    },
  };

  /** Judges that a message whose ID was added more than once is there once. `repeated`: those that a walk gave again. */
  function addedAgain(
    exchange: RecordedExchange,
    ids: readonly string[],
    repeated: readonly string[] = ids.filter((id, at) => ids.indexOf(id) < at),
  ): Observation[] {
    const again = new Set(ids.filter((id) => isAddedAgain(exchange, id)));
    if (again.size === 0) return [];
    const message = 'the same ID added twice is two messages';
    const findings = repeated
      .filter((id) => again.has(id))
      .map((id) => ({ message, path: '/messages', expected: 'one message', found: `${id} again` }));
    return [{ requirement: 'OZ-ADD-5', findings }];
  }

  /** Judges one page of a walk. */
  function paged(
    exchange: RecordedExchange,
    kind: Kind,
    asked: Members,
    entries: readonly Members[],
    conversation: Conversation,
  ): Observation[] {
    const times = entries.map(({ Created }) => parseTimestamp(Created) ?? Number.NaN);
    if (times.includes(Number.NaN)) return [];
    const caller = callerOf(exchange);
    const place = `${exchange.server}\n${kind}`;
    const direction = directionOf(times);
    if (direction === 'ascending' || direction === 'descending') directions.set(place, direction);
    const ids = entries.map(({ ID }) => ID as string);
    const [date, id] =
      kind === 'messages' ? [asked.lastmessagedate, asked.lastmessageid] : [asked.lastreportdate, asked.lastreportid];
    const placed = walks[kind].place(
      {
        walker: `${place}\n${conversation.id}\n${caller}`,
        cursor: textOf(id) ?? '',
        top: textOf(id) ? (parseTimestamp(date) ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY,
        shown: `${textOf(date) ?? ''} ${textOf(id) ?? ''}`.trim() || 'none',
        ids,
        end: direction === 'unsorted' ? undefined : endOf(ids, directions.get(place)),
        mayRepeat: (message) => kind === 'messages' && isAddedAgain(exchange, message),
        exchange,
      },
      `the walk over ${kind}`,
    );
    const isOrdered = direction !== 'unsorted' && !conversation.hasBackDated;
    const range = isOrdered ? rangeOf(placed, times, date, id) : undefined;
    const expected = range === undefined ? [] : expectedIn(conversation, kind, range, exchange, placed);
    const requirement = kind === 'messages' ? 'OZ-PAGE-5' : 'OZ-PAGE-10';
    const lost = lostOn(placed, idsOf(expected), `the walk over ${kind}`);
    if (isOrdered && placed.isEnd) noteOmittedEnd(exchange, kind, placed, parseTimestamp(date), conversation);
    const judged: Observation[] = [];
    // What comes again because messages came meanwhile is another, lesser matter.
    const isMoving = kind === 'messages' && conversation.lastAdded >= placed.walk.first.startedAt;
    if (isMoving && placed.continues) judged.push({ requirement: 'OZ-PAGE-9', findings: placed.findings });
    const doubled = isMoving ? [] : placed.findings;
    if (placed.continues || expected.length > 0 || doubled.length > 0)
      judged.push({ requirement, findings: [...doubled, ...lost] });
    if (kind === 'reports') return judged;
    judged.push(...addedAgain(exchange, ids, placed.repeated));
    return [...judged, ...ofPage(exchange, placed, expected, times, date, id)];
  }

  /** Notes as a pending omission the page that brings nothing new: what is older than its cursor should have come. */
  function noteOmittedEnd(
    exchange: RecordedExchange,
    kind: Kind,
    { walk }: Placed,
    cursor: number | undefined,
    conversation: Conversation,
  ): void {
    if (cursor === undefined) return;
    const { byTime } = conversation[kind];
    const older = byTime
      .slice(0, firstAfter(byTime, cursor - 1))
      .filter((one) => isThere(one, conversation, exchange) && isBefore(one, walk.first) && !walk.ids.has(one.id));
    const omission = (requirement: string, message: string) =>
      pendingOmissions.add(viewOf(exchange, conversation, kind), {
        requirement,
        ids: idsOf(older),
        exchange,
        message,
        path: `/${kind}`,
      });
    omission(kind === 'messages' ? 'OZ-PAGE-5' : 'OZ-PAGE-10', `a walk ended without ${kind}`);
    if (
      kind === 'messages' &&
      walk.ids.size === 0 &&
      walk.first.startedAt === exchange.startedAt &&
      cursor >= exchange.endedAt
    )
      omission('OZ-PAGE-2', 'a first page was empty of messages');
  }

  /** What one page says of further requirements: the newest messages, a break within a second, the same as a Download. */
  function ofPage(
    exchange: RecordedExchange,
    placed: Placed,
    expected: readonly Entry[],
    times: readonly number[],
    date: unknown,
    id: unknown,
  ): Observation[] {
    const judged: Observation[] = [];
    const lost = (entries: readonly Entry[], what: string) => lostOn(placed, idsOf(entries), what);
    const cursor = parseTimestamp(date);
    if (!textOf(id) && cursor !== undefined && cursor >= exchange.endedAt) {
      const newest = Math.max(...times);
      const newer = expected.filter(({ created }) => created >= newest);
      if (newer.length > 0) judged.push({ requirement: 'OZ-PAGE-2', findings: lost(newer, 'the first page') });
    }
    const again = times.filter((time) => time === cursor).length > 1;
    const ofSecond = expected.filter(({ created }) => created === cursor);
    if (placed.continues && (again || ofSecond.length > 1))
      judged.push({
        requirement: 'OZ-PAGE-6',
        findings: lost(ofSecond, 'a page break within one second'),
      });
    const byDownload = expected.filter(({ byDownload }) => byDownload);
    if (byDownload.length > 0)
      judged.push({ requirement: 'OZ-DOWN-3', findings: lost(byDownload, 'a walk over what was downloaded before') });
    return judged;
  }

  return (exchange, outcome) => {
    const isCertain = outcome === 'served' && exchange.intent === 'call';
    const mayHaveChanged = outcome !== 'refused' && (exchange.action === 'add' || exchange.action === 'clear');
    if (!isCertain && !mayHaveChanged) return [];
    const judge = Object.hasOwn(judges, exchange.action) ? judges[exchange.action] : undefined;
    return judge?.(exchange, membersOf(exchange.request.json), membersOf(exchange.response.json), isCertain) ?? [];
  };
}

/** The Created times, epoch ms, between which a page leaves no room for a message that it does not show. */
interface Range {
  after: number;
  before: number;
  /** Whether what is exactly of `before` must have come by now too. */
  withBefore: boolean;
}

function rangeOf(placed: Placed, times: readonly number[], date: unknown, id: unknown): Range | undefined {
  if (times.length === 0) return undefined;
  const cursor = parseTimestamp(date);
  // Where the cursor says nothing of time, only what lies between messages of the page itself is sure.
  const before = cursor ?? (textOf(id) ? undefined : Math.max(...times));
  return before === undefined
    ? undefined
    : {
        after: Math.min(...times),
        before,
        withBefore: placed.continues && cursor !== undefined && cursor < placed.walk.top,
      };
}

/** The known entries of a range that were there before the walk began and not cleared since. */
function expectedIn(
  conversation: Conversation,
  kind: Kind,
  { after, before, withBefore }: Range,
  exchange: RecordedExchange,
  { walk }: Placed,
): Entry[] {
  const { byTime } = conversation[kind];
  const expected: Entry[] = [];
  for (let at = firstAfter(byTime, after); at < byTime.length; at++) {
    const entry = byTime[at] as Entry;
    if (entry.created > before || (entry.created === before && !withBefore)) break;
    if (isThere(entry, conversation, exchange) && isBefore(entry, walk.first)) expected.push(entry);
  }
  return expected;
}

/** Judges that no message comes back that was there when the conversation was cleared. */
function cleared(
  exchange: RecordedExchange,
  messages: readonly Members[],
  { clears, messages: known }: Conversation,
): Observation[] {
  const clear = clears.findLast((one) => one.isCertain && isBefore(one, exchange));
  if (clear === undefined) return [];
  const gone = messages.filter(({ ID }) => {
    const entry = known.byId.get(ID as string);
    const isAddedAgain = entry?.sent !== undefined && !(entry.sent.startedAt < clear.startedAt);
    return entry !== undefined && isBefore(entry, clear) && !isAddedAgain;
  });
  const findings: Finding[] =
    gone.length === 0
      ? []
      : [
          {
            message: `after Clear, ${exchange.action} still returned ${gone.length} messages that were there before`,
            path: '/messages',
            expected: `none of those before ${clear.place}`,
            found: `${gone[0]?.ID}`,
          },
        ];
  return [{ requirement: 'OZ-CLEAR-1', findings }];
}

/** Judges that List shows the newest message, where it is sure which that is: an older one in its place is a miss. */
function lastMessage(exchange: RecordedExchange, listed: Members, conversation: Conversation): Finding[][] {
  const { newest, hasBackDated, messages } = conversation;
  const shown = textOf(listed.lastmessageid);
  if (newest === undefined || hasBackDated || shown === undefined || !isThere(newest, conversation, exchange))
    return [];
  if (shown === newest.id) return [[]];
  const other = messages.byId.get(shown);
  if (other === undefined || !(other.created < newest.created)) return [];
  const message = `List shows an older message as lastmessageid than the one added by ${newest.sent?.place}`;
  return [equal(shown, newest.id, message, '/conversations')];
}

/** The entry farthest back in the server's own order, by which a client asks on; unknown where the order is not. */
function endOf(ids: readonly string[], direction: 'ascending' | 'descending' | undefined): string | undefined {
  if (ids.length <= 1) return ids[0];
  return direction === undefined ? undefined : direction === 'ascending' ? ids[0] : ids.at(-1);
}
