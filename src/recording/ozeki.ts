import { createHash } from 'node:crypto';
import type { Outcome } from '../apis/outcome.js';
import type { Finding } from '../exchange/index.js';
import type { Observation } from '../observers/index.js';
import { conversationIdOf, directionOf, equal, parseTimestamp, unchanged } from '../rules/index.js';
import { maskPattern } from './body.js';
import { createBounded } from './bounded.js';
import { headerOf } from './exchange.js';
import { copyOf, isBefore, type Members, type Moment, membersOf, momentOf, objectsOf, textOf } from './members.js';
import { createWalks, lostOn, type Placed } from './pages.js';
import type { RecordedExchange } from './types.js';

/** What of an answer is paged. */
type Kind = 'messages' | 'reports';

/** A message or report that is known to be in a conversation. */
interface Entry extends Moment {
  id: string;
  /** Epoch ms of its Created. */
  created: number;
  /** Who showed or added it first. */
  by: string;
  byDownload: boolean;
  byPage: boolean;
  /** What was uploaded, where its Add is in the recording. `twice`: one of several uploads may have stayed. */
  sent?: Moment & { data: Data | 'twice' | undefined; place: string };
}

/** A text, or what tells it from others where it is long. */
type Data = { text: string } | { hash: string; length: number };

interface Conversation {
  id: string;
  messages: Entries;
  reports: Entries;
  /** When it was cleared, the last few times. Not certain: asked for, but nobody saw it done. */
  clears: (Moment & { place: string; isCertain: boolean })[];
  /** The newest message that was added with a Created of its time. */
  newest?: Entry;
  /** Whether a message was uploaded with a Created of the past: a server may order by arrival, so times say less then. */
  hasBackDated: boolean;
}

interface Entries {
  byId: Map<string, Entry>;
  /** Sorted by Created. */
  byTime: Entry[];
}

const keptConversations = 200;
const keptInOne = 10_000;
const keptInAll = 40_000;
const keptClears = 8;
const longData = 256;

/** Judges Ozeki exchanges by those before them: walks, echoes of Adds, what was cleared, ids of users. */
export function ozekiStream(options: {
  clockToleranceMs: number;
  noteBackDated(messageId: string): void;
}): (exchange: RecordedExchange, outcome: Outcome) => Observation[] {
  let kept = 0;
  const conversations = createBounded<string, Conversation>(keptConversations, ({ messages, reports }) => {
    kept -= messages.byId.size + reports.byId.size;
  });
  const walks = { messages: createWalks(), reports: createWalks() };
  const directions = createBounded<string, 'ascending' | 'descending'>(64);
  const users = createBounded<string, { userid: unknown; place: string }>(10_000);
  /** The messages uploaded, and whether more than once. */
  const added = createBounded<string, boolean>(keptInAll);

  const conversationOf = (exchange: RecordedExchange, id: string): Conversation => {
    const key = `${exchange.server}\n${id}`;
    const known = conversations.get(key) ?? {
      id,
      messages: { byId: new Map(), byTime: [] },
      reports: { byId: new Map(), byTime: [] },
      clears: [],
      hasBackDated: false,
    };
    conversations.set(key, known);
    return known;
  };

  const remember = (entries: Entries, entry: Entry): void => {
    kept += addTo(entries, entry);
    if (kept > keptInAll) conversations.forgetOldest();
  };

  /** Takes note of the entries that an answer shows. */
  const note = (exchange: RecordedExchange, shown: readonly Members[], known: Entries): void => {
    const by = exchange.action === 'download' ? 'byDownload' : 'byPage';
    for (const { ID, Created } of shown) {
      const id = ID as string;
      const entry = known.byId.get(id) ?? entryOf(id, parseTimestamp(Created) ?? Number.NaN, exchange);
      entry[by] = true;
      if (!known.byId.has(id)) remember(known, entry);
    }
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
      const upload = uploadOf(asked);
      const messageId = textOf(upload.ID);
      if (id === undefined || messageId === undefined) return [];
      const conversation = conversationOf(exchange, id);
      const created = parseTimestamp(upload.Created) ?? Number.NaN;
      const isBackDated = !(Math.abs(created - exchange.startedAt) <= options.clockToleranceMs);
      if (isBackDated) {
        options.noteBackDated(messageId);
        conversation.hasBackDated = true;
      }
      const isAgain = added.has(`${exchange.server}\n${messageId}`);
      added.set(`${exchange.server}\n${copyOf(messageId)}`, isAgain);
      const known = conversation.messages.byId.get(messageId);
      if (!isCertain) {
        if (known?.sent !== undefined) known.sent.data = 'twice';
        return [];
      }
      const entry = known ?? entryOf(messageId, created, exchange);
      const data = isAgain || known !== undefined ? 'twice' : dataOf(upload.Data);
      entry.sent = { ...momentOf(exchange), data, place: exchange.place };
      if (known !== undefined) return [];
      remember(conversation.messages, entry);
      if (!isBackDated && !(created < (conversation.newest?.created ?? Number.NEGATIVE_INFINITY)))
        conversation.newest = entry;
      return [];
    },

    clear(exchange, asked, _body, isCertain) {
      const id = textOf(asked.conversationid);
      if (id === undefined) return [];
      const conversation = conversationOf(exchange, id);
      const clear = { ...momentOf(exchange), place: exchange.place, isCertain };
      conversation.clears = [...conversation.clears, clear].slice(-keptClears);
      return [];
    },

    list(exchange, _asked, body) {
      const shown = objectsOf(body.conversations).flatMap((listed) => {
        const conversation = conversations.get(`${exchange.server}\n${textOf(listed.id)}`);
        return conversation === undefined ? [] : lastMessage(exchange, listed, conversation);
      });
      return shown.length === 0 ? [] : [{ requirement: 'OZ-ADD-4', findings: shown.flat() }];
    },

    download(exchange, asked, body) {
      const id = textOf(asked.conversationid);
      if (id === undefined) return [];
      const conversation = conversationOf(exchange, id);
      const messages = entriesOf(body.messages);
      const judged = [...echoes(messages, conversation), ...cleared(exchange, messages, conversation)];
      judged.push(...downloaded(exchange, asked, messages, conversation));
      judged.push(
        ...addedAgain(
          exchange,
          messages.map(({ ID }) => ID as string),
        ),
      );
      for (const kind of ['messages', 'reports'] as const) note(exchange, entriesOf(body[kind]), conversation[kind]);
      return judged;
    },

    downloadpartial(exchange, asked, body) {
      const id = textOf(asked.conversationid);
      if (id === undefined) return [];
      const conversation = conversationOf(exchange, id);
      const messages = entriesOf(body.messages);
      const judged = [...echoes(messages, conversation), ...cleared(exchange, messages, conversation)];
      for (const kind of ['messages', 'reports'] as const) {
        const entries = entriesOf(body[kind]);
        judged.push(...paged(exchange, kind, asked, entries, conversation));
        note(exchange, entries, conversation[kind]);
      }
      return judged;
    },
  };

  const isAddedAgain = ({ server }: RecordedExchange, id: string) => added.get(`${server}\n${id}`) === true;

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
    const judged: Observation[] = [];
    if (placed.continues || expected.length > 0 || placed.findings.length > 0)
      judged.push({ requirement, findings: [...placed.findings, ...lost] });
    if (kind === 'reports') return judged;
    judged.push(...addedAgain(exchange, ids, placed.repeated));
    return [...judged, ...ofPage(exchange, placed, expected, times, date, id)];
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

/** Whether an entry was in the conversation, for this caller to see, when an exchange was sent. */
function isThere(entry: Entry, conversation: Conversation, exchange: RecordedExchange): boolean {
  return (
    isBefore(entry, exchange) &&
    sharesWith(conversation, entry.by, callerOf(exchange)) &&
    !conversation.clears.some(({ startedAt, endedAt }) => endedAt >= entry.endedAt && startedAt <= exchange.endedAt)
  );
}

/** Whether what one caller sees, the other must: the same, or the two of a conversation of two. */
function sharesWith({ id }: Conversation, one: string, other: string): boolean {
  return one === other || conversationIdOf([one, other]) === id;
}

/** Judges that what a Download leaves out was not there. */
function downloaded(
  exchange: RecordedExchange,
  asked: Members,
  messages: readonly Members[],
  conversation: Conversation,
): Observation[] {
  const from = parseTimestamp(asked.firstmessagedate);
  const times = messages.map(({ Created }) => parseTimestamp(Created) ?? Number.NaN);
  if (from === undefined || times.length === 0 || times.includes(Number.NaN) || conversation.hasBackDated) return [];
  const { byTime, byId } = conversation.messages;
  // Something older that is still there shows that nobody cleared the conversation outside the recording.
  const oldest = Math.min(...times);
  const expected = byTime
    .slice(firstAfter(byTime, Math.max(from, oldest)))
    .filter((entry) => isThere(entry, conversation, exchange));
  const first = byId.get(textOf(asked.firstmessageid) ?? '');
  if (first !== undefined && first.created >= oldest && isThere(first, conversation, exchange)) expected.push(first);
  if (expected.length === 0) return [];
  const got = new Set(messages.map(({ ID }) => ID));
  const lost = (entries: readonly Entry[], message: string): Finding[] => {
    const missing = entries.filter(({ id }) => !got.has(id)).map(({ id }) => id);
    if (missing.length === 0) return [];
    const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
    const found = `not among the ${got.size}: ${missing.slice(0, 5).join(', ')}${more}`;
    return [{ message, path: '/messages', expected: `all from ${asked.firstmessagedate} on`, found }];
  };
  const byPage = expected.filter((entry) => entry.byPage);
  return [
    { requirement: 'OZ-DOWN-1', findings: lost(expected, 'Download leaves out messages that were there before') },
    ...(byPage.length === 0
      ? []
      : [
          {
            requirement: 'OZ-DOWN-3',
            findings: lost(byPage, 'Download leaves out messages that Partial download gave before'),
          },
        ]),
  ];
}

/** Judges the Data of messages whose Add is in the recording. */
function echoes(messages: readonly Members[], { messages: known }: Conversation): Observation[] {
  const judged = messages.flatMap((message) => {
    const sent = known.byId.get(message.ID as string)?.sent;
    const got = dataOf(message.Data);
    if (sent === undefined || got === undefined || sent.data === undefined || sent.data === 'twice') return [];
    return [dataFindings(got, sent.data, `the Data of the message added by ${sent.place}`)];
  });
  return judged.length === 0 ? [] : [{ requirement: 'OZ-ADD-3', findings: judged.flat() }];
}

function dataFindings(got: Data, sent: Data, what: string): Finding[] {
  if ('text' in sent && 'text' in got) return unchanged(got.text, sent.text, what, '/messages');
  if ('hash' in got && 'hash' in sent && got.hash === sent.hash) return [];
  const words = (data: Data) => `${'text' in data ? data.text.length : data.length} characters`;
  const found = `${words(got)}${words(got) === words(sent) ? ' that are not the same' : ''}`;
  return [{ message: `${what} came back changed`, path: '/messages', expected: words(sent), found }];
}

function dataOf(value: unknown): Data | undefined {
  if (typeof value !== 'string' || maskPattern.test(value)) return undefined;
  return value.length <= longData ? { text: value } : { hash: hashOf(value), length: value.length };
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

function entryOf(id: string, created: number, exchange: RecordedExchange): Entry {
  return { id, created, by: copyOf(callerOf(exchange)), byDownload: false, byPage: false, ...momentOf(exchange) };
}

/** Puts an entry in its place by time; forgets the one that was met first where there are too many. Gives by how many they grew. */
function addTo({ byId, byTime }: Entries, entry: Entry): number {
  if (Number.isNaN(entry.created)) return 0;
  byId.set(entry.id, entry);
  byTime.splice(firstAfter(byTime, entry.created), 0, entry);
  if (byId.size <= keptInOne) return 1;
  const oldest = byId.values().next().value as Entry;
  byId.delete(oldest.id);
  byTime.splice(byTime.indexOf(oldest), 1);
  return 0;
}

/** Where the entries begin that are newer than a time. */
function firstAfter(byTime: readonly Entry[], time: number): number {
  let [low, high] = [0, byTime.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((byTime[middle] as Entry).created > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The entry farthest back in the server's own order, by which a client asks on; unknown where the order is not. */
function endOf(ids: readonly string[], direction: 'ascending' | 'descending' | undefined): string | undefined {
  if (ids.length <= 1) return ids[0];
  return direction === undefined ? undefined : direction === 'ascending' ? ids[0] : ids.at(-1);
}

function entriesOf(items: unknown): Members[] {
  return objectsOf(items).filter(({ ID }) => typeof ID === 'string' && ID !== '' && !maskPattern.test(ID));
}

function idsOf(entries: readonly Entry[]): Set<string> {
  return new Set(entries.map(({ id }) => id));
}

function uploadOf(asked: Members): Members {
  try {
    return membersOf(JSON.parse(textOf(asked.message) ?? ''));
  } catch {
    return {};
  }
}

function callerOf(exchange: RecordedExchange): string {
  return headerOf(exchange.request.headers, 'ozeki-user') ?? '';
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 16);
}
