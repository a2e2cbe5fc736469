import { createHash } from 'node:crypto';
import type { Outcome } from '../apis/outcome.js';
import type { Finding } from '../exchange/index.js';
import type { Observation } from '../observers/index.js';
import { conversationIdOf, directionOf, equal, noRepeats, parseTimestamp, unchanged } from '../rules/index.js';
import { maskPattern } from './body.js';
import { createBounded } from './bounded.js';
import { headerOf } from './exchange.js';
import { copyOf, isBefore, type Members, type Moment, membersOf, momentOf, objectsOf, textOf } from './members.js';
import { createWalks, lostOn, type Placed } from './pages.js';
import { createSuspects } from './suspects.js';
import type { RecordedExchange } from './types.js';

/** What of an answer is paged. */
type Kind = 'messages' | 'reports';

/** A message or report that is known to be in a conversation. */
interface Entry extends Moment {
  id: string;
  /** Epoch ms of its Created. */
  created: number;
  /** To whom it was shown, or who added it, first. */
  by: string;
  /** Whether what one sees says nothing of what another sees. */
  isOwn: boolean;
  byDownload: boolean;
  byPage: boolean;
  /** What was uploaded, where its Add is in the recording. */
  sent?: Moment & Upload & { place: string };
}

/** What is remembered of an upload. `twice`: which of several stayed is not known. */
interface Upload {
  data: Data | 'twice' | undefined;
  type: string | undefined;
  /** As written. */
  created: unknown;
  validUntil: unknown;
  isBackDated: boolean;
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
  /** When the last message was added, epoch ms. */
  lastAdded: number;
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
/** Up to so many bytes Data comes back as it was sent. */
const keptData = 64 * 1024;
/** Kept once for all messages. */
const usualType = 'Message';

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

  const isAddedAgain = ({ server }: RecordedExchange, id: string) => added.get(`${server}\n${id}`) === true;
  const suspects = createSuspects();

  const conversationOf = (exchange: RecordedExchange, id: string): Conversation => {
    const key = `${exchange.server}\n${id}`;
    const known = conversations.get(key) ?? {
      id,
      messages: { byId: new Map(), byTime: [] },
      reports: { byId: new Map(), byTime: [] },
      clears: [],
      hasBackDated: false,
      lastAdded: Number.NEGATIVE_INFINITY,
    };
    conversations.set(key, known);
    return known;
  };

  const remember = (entries: Entries, entry: Entry): void => {
    kept += addTo(entries, entry);
    if (kept > keptInAll) conversations.forgetOldest();
  };

  /** Takes note of the entries that an answer shows; gives what they prove of answers before. */
  const note = (exchange: RecordedExchange, kind: Kind, body: Members, conversation: Conversation): Observation[] => {
    const known = conversation[kind];
    const by = exchange.action === 'download' ? 'byDownload' : 'byPage';
    const shown = entriesOf(body[kind]);
    for (const { ID, Created } of shown) {
      const id = ID as string;
      const created = parseTimestamp(Created) ?? Number.NaN;
      const entry = known.byId.get(id) ?? entryOf(id, created, exchange, kind === 'reports');
      entry[by] = true;
      if (!known.byId.has(id)) remember(known, entry);
    }
    const ids = shown.map(({ ID }) => ID as string).filter((id) => !isAddedAgain(exchange, id));
    return suspects.shown(viewOf(exchange, conversation, kind), new Set(ids), exchange);
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
      if (exchange.endedAt > conversation.lastAdded) conversation.lastAdded = exchange.endedAt;
      const isAgain = added.has(`${exchange.server}\n${messageId}`);
      added.set(`${exchange.server}\n${copyOf(messageId)}`, isAgain);
      const known = conversation.messages.byId.get(messageId);
      if (!isCertain) {
        if (known?.sent !== undefined) known.sent.data = 'twice';
        return [];
      }
      const entry = known ?? entryOf(messageId, created, exchange);
      const isLarge = typeof upload.Data === 'string' && Buffer.byteLength(upload.Data) > keptData;
      const data = isAgain || known !== undefined ? 'twice' : isLarge ? undefined : dataOf(upload.Data);
      const { Type: type, Created, ValidUntil: validUntil } = upload;
      entry.sent = {
        ...momentOf(exchange),
        data,
        type: type === usualType ? usualType : textOf(type),
        created: Created,
        validUntil,
        isBackDated,
        place: exchange.place,
      };
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
      const judged = [
        ...echoes(messages, conversation, options.clockToleranceMs),
        ...cleared(exchange, messages, conversation),
      ];
      judged.push(...downloaded(exchange, asked, messages, conversation));
      judged.push(...tooEarly(asked, messages, conversation));
      const ids = messages.map(({ ID }) => ID as string);
      const once = ids.filter((one) => !isAddedAgain(exchange, one));
      const doubled = noRepeats(once, 'a Download', '/messages');
      if (doubled.length > 0) judged.push({ requirement: 'OZ-DOWN-1', findings: doubled });
      judged.push(...addedAgain(exchange, ids));
      for (const kind of ['messages', 'reports'] as const) {
        suspectDownload(exchange, kind, asked, body, conversation);
        judged.push(...note(exchange, kind, body, conversation));
      }
      return judged;
    },

    downloadpartial(exchange, asked, body) {
      const id = textOf(asked.conversationid);
      if (id === undefined) return [];
      const conversation = conversationOf(exchange, id);
      const messages = entriesOf(body.messages);
      const judged = [
        ...echoes(messages, conversation, options.clockToleranceMs),
        ...cleared(exchange, messages, conversation),
      ];
      for (const kind of ['messages', 'reports'] as const) {
        const entries = entriesOf(body[kind]);
        judged.push(...paged(exchange, kind, asked, entries, conversation));
        judged.push(...note(exchange, kind, body, conversation));
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
    if (isOrdered && placed.isEnd) suspectEnd(exchange, kind, placed, parseTimestamp(date), conversation);
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

  /** Suspects a page that brings nothing new: what is older than its cursor should have come. */
  function suspectEnd(
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
    const suspect = (requirement: string, message: string) =>
      suspects.add(viewOf(exchange, conversation, kind), {
        requirement,
        ids: idsOf(older),
        exchange,
        message,
        path: `/${kind}`,
      });
    suspect(kind === 'messages' ? 'OZ-PAGE-5' : 'OZ-PAGE-10', `a walk ended without ${kind}`);
    if (
      kind === 'messages' &&
      walk.ids.size === 0 &&
      walk.first.startedAt === exchange.startedAt &&
      cursor >= exchange.endedAt
    )
      suspect('OZ-PAGE-2', 'a first page was empty of messages');
  }

  /** Suspects a Download of what it leaves out at its start, where nothing before it on the page shows that it was there. */
  function suspectDownload(
    exchange: RecordedExchange,
    kind: Kind,
    asked: Members,
    body: Members,
    conversation: Conversation,
  ): void {
    const from = parseTimestamp(kind === 'messages' ? asked.firstmessagedate : asked.firstreportdate);
    const firstId = kind === 'messages' ? asked.firstmessageid : asked.firstreportid;
    if (from === undefined || conversation.hasBackDated) return;
    const { byTime, byId } = conversation[kind];
    const first = byId.get(textOf(firstId) ?? '');
    const got = new Set(entriesOf(body[kind]).map(({ ID }) => ID));
    const left = [...(first?.created === from ? [first] : []), ...byTime.slice(firstAfter(byTime, from))].filter(
      (entry) => !got.has(entry.id) && isThere(entry, conversation, exchange),
    );
    suspects.add(viewOf(exchange, conversation, kind), {
      requirement: 'OZ-DOWN-1',
      ids: idsOf(left),
      exchange,
      message: `Download left out ${kind}`,
      path: `/${kind}`,
    });
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
    isFor(entry, callerOf(exchange), conversation) &&
    !conversation.clears.some(({ startedAt, endedAt }) => endedAt >= entry.endedAt && startedAt <= exchange.endedAt)
  );
}

/** Whether a caller must see an entry: one that it saw, and the two of a conversation of two see the same messages. */
function isFor({ by, isOwn }: Entry, caller: string, { id }: Conversation): boolean {
  if (by === caller) return !isOwn || (caller !== '' && !maskPattern.test(caller));
  return !isOwn && conversationIdOf([by, caller]) === id;
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

/** Judges that a Download does not begin before its first cursor: with what was there before the message that it names. */
function tooEarly(asked: Members, messages: readonly Members[], { messages: known }: Conversation): Observation[] {
  const first = known.byId.get(textOf(asked.firstmessageid) ?? '');
  const isOrdinary = (entry: Entry | undefined): entry is Entry & { sent: Moment & Upload } =>
    entry?.sent !== undefined && !entry.sent.isBackDated && entry.sent.data !== 'twice';
  if (!isOrdinary(first)) return [];
  const early = messages.filter(({ ID }) => {
    const entry = known.byId.get(ID as string);
    return isOrdinary(entry) && entry.created < first.created && isBefore(entry.sent, first.sent);
  });
  if (early.length === 0) return [];
  const message = 'Download gives messages from before the one that its first cursor names';
  const expected = `from ${first.id} of ${asked.firstmessagedate} on`;
  const found = `${early.length} before it, such as ${early[0]?.ID} of ${early[0]?.Created}`;
  return [{ requirement: 'OZ-DOWN-1', findings: [{ message, path: '/messages', expected, found }] }];
}

/** Judges what of messages comes back whose Add is in the recording. */
function echoes(
  messages: readonly Members[],
  { messages: known }: Conversation,
  clockToleranceMs: number,
): Observation[] {
  const changes: Finding[] = [];
  const shifts: Finding[] = [];
  let judged = 0;
  for (const message of messages) {
    const sent = known.byId.get(message.ID as string)?.sent;
    if (sent === undefined || sent.data === 'twice') continue;
    const of = `of the message added by ${sent.place}`;
    const got = dataOf(message.Data);
    if (got !== undefined && sent.data !== undefined) {
      judged += 1;
      changes.push(...dataFindings(got, sent.data, `the Data ${of}`));
    }
    if (sent.type !== undefined) changes.push(...sameFindings(message, 'Type', sent.type, of));
    changes.push(...sameFindings(message, 'ValidUntil', sent.validUntil, of));
    const created = sameFindings(message, 'Created', sent.created, of);
    const shift = Math.abs(
      (parseTimestamp(message.Created) ?? Number.NaN) - (parseTimestamp(sent.created) ?? Number.NaN),
    );
    // A message of now with another time is not in UTC; with another second it is changed.
    (shift > clockToleranceMs && !sent.isBackDated ? shifts : changes).push(...created);
  }
  return [
    ...(judged > 0 || changes.length > 0 ? [{ requirement: 'OZ-ADD-3', findings: changes }] : []),
    ...(shifts.length > 0 ? [{ requirement: 'OZ-COM-8', findings: shifts }] : []),
  ];
}

/** Finds a member that is another than was uploaded. One that is left out or masked is no matter here. */
function sameFindings(message: Members, name: string, sent: unknown, of: string): Finding[] {
  const got = message[name];
  if (typeof sent !== 'string' || typeof got !== 'string' || maskPattern.test(got) || maskPattern.test(sent)) return [];
  return equal(got, sent, `the ${name} ${of} came back changed`, '/messages');
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

function entryOf(id: string, created: number, exchange: RecordedExchange, isOwn = false): Entry {
  return {
    id,
    created,
    by: copyOf(callerOf(exchange)),
    isOwn,
    byDownload: false,
    byPage: false,
    ...momentOf(exchange),
  };
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

/** Names what a caller sees of a conversation. */
function viewOf(exchange: RecordedExchange, { id }: Conversation, kind: Kind): string {
  return `${exchange.server}\n${id}\n${kind}\n${callerOf(exchange)}`;
}

function callerOf(exchange: RecordedExchange): string {
  return headerOf(exchange.request.headers, 'ozeki-user') ?? '';
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 16);
}
