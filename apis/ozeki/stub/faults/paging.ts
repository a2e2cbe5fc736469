import type { Cursor } from '../behaviour/input.js';
import { endOfPage, type Kind } from '../behaviour/messages.js';
import type { Call, Entry } from '../model.js';
import type { OzekiFault } from '../mutation.js';
import { downloadFaults, sightFault } from './download.js';

/** What a page is asked for, with the means of an ordinary server. */
interface Asked<T extends Entry> {
  call: Call;
  /** Oldest first. */
  ordered: readonly T[];
  cursor: Cursor;
  limit: number;
  /** Where the page ends in `ordered`, exclusive. */
  end: number;
  /** Whether the cursor names an entry: true of all pages but the first. */
  isLater: boolean;
  /** The page that an ordinary server would give for these terms, or for others. */
  usual(changes?: Partial<Pick<Asked<T>, 'ordered' | 'cursor' | 'limit'>>): T[];
}

type Give = <T extends Entry>(asked: Asked<T>) => T[];
type Told = Pick<OzekiFault, 'id' | 'requirement' | 'sentence'>;

/** A fault in the pages of one of the two histories; the other one is served as usual. */
function pageFault(kind: Kind, told: Told, give: Give): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'downloadpartial',
    behave: (base) => ({
      page(call, ordered, cursor, limit, asked) {
        if (asked !== kind) return base.page(call, ordered, cursor, limit, asked);
        return give({
          call,
          ordered,
          cursor,
          limit,
          end: endOfPage(ordered, cursor),
          isLater: cursor.id !== '',
          usual: (changes = {}) => {
            const terms = { ordered, cursor, limit, ...changes };
            return base.page(call, terms.ordered, terms.cursor, terms.limit, asked);
          },
        });
      },
    }),
  };
}

/** A fault in the order in which a page of messages is sent. */
function orderFault(told: Told, arrange: <T extends Entry>(page: T[], call: Call) => T[]): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'downloadpartial',
    behave: () => ({ arrangePage: (call, page, kind) => (kind === 'messages' ? arrange(page, call) : page) }),
  };
}

const newest: Cursor = { id: '', date: undefined };

const messagePages: readonly OzekiFault[] = [
  pageFault(
    'messages',
    {
      id: 'ozeki-page-messages-by-report-cursor',
      requirement: 'OZ-PAGE-10',
      sentence: 'No message of a page is newer than the cursor of the reports.',
    },
    ({ call, usual }) => {
      const { date = Number.POSITIVE_INFINITY } = call.behaviour.readCursor(call, 'lastreport');
      return usual().filter(({ created }) => created <= date);
    },
  ),
  sightFault(
    'downloadpartial',
    {
      id: 'ozeki-page-muted-empty',
      requirement: 'OZ-PAGE-2',
      sentence: 'Partial download gives no messages of a conversation that the caller has muted.',
    },
    (_message, { conversation, caller }) => conversation?.flags.get(caller?.id ?? '')?.ismuted !== true,
  ),
  pageFault(
    'reports',
    {
      id: 'ozeki-reports-newest-ten',
      requirement: 'OZ-PAGE-10',
      sentence: 'Only the newest ten reports are paged through.',
    },
    ({ ordered, usual }) => usual({ ordered: ordered.slice(-10) }),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-time-without-date',
      requirement: 'OZ-PAGE-5',
      sentence: 'Later pages compare the times of day of messages and cursor, without their dates.',
    },
    ({ cursor, isLater, usual }) =>
      usual().filter(({ created }) => !isLater || created % 86_400 <= (cursor.date ?? created) % 86_400),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-newest-hundred',
      requirement: 'OZ-PAGE-7',
      sentence: 'Only the newest hundred messages are paged through.',
    },
    ({ ordered, usual }) => usual({ ordered: ordered.slice(-100) }),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-edge',
      requirement: 'OZ-PAGE-5',
      sentence: 'A page ends one message too early, so that one is lost at each page break.',
    },
    ({ ordered, end, isLater, usual }) => usual(isLater ? { ordered: ordered.slice(0, end - 1) } : {}),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-edge-doubled',
      requirement: 'OZ-PAGE-5',
      sentence: 'A page ends two messages too late, so that one beside the boundary comes twice at each page break.',
    },
    ({ ordered, end, limit, isLater, usual }) =>
      isLater ? ordered.slice(Math.max(0, end + 2 - limit), end + 2) : usual(),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-ties-lost',
      requirement: 'OZ-PAGE-6',
      sentence: 'The cursor is read by its date alone, so that messages of the second of a page break are lost.',
    },
    ({ cursor, usual }) =>
      cursor.id === '' || cursor.date === undefined ? usual() : usual({ cursor: { id: '', date: cursor.date - 1 } }),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-ties-doubled',
      requirement: 'OZ-PAGE-6',
      sentence: 'The cursor is read by its date alone and inclusively, so that all messages of its second come again.',
    },
    ({ cursor, usual }) => usual({ cursor: { id: '', date: cursor.date } }),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-ties-together',
      requirement: 'OZ-PAGE-1',
      sentence: 'A page is filled up with all messages of its oldest second, beyond the limit.',
    },
    ({ ordered, end, usual }) => {
      const oldest = usual()[0];
      return oldest === undefined ? [] : ordered.slice(0, end).filter(({ created }) => created >= oldest.created);
    },
  ),
  {
    id: 'ozeki-page-ties-shuffled',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-6',
    sentence: 'Messages of one second are ordered by arrival on one page and the other way round on the next.',
    behave: (base) => ({
      order(call, entries, kind) {
        if (call.action !== 'downloadpartial' || call.count % 2 === 0) return base.order(call, entries, kind);
        return [...entries].sort((a, b) => a.created - b.created || b.arrival - a.arrival);
      },
    }),
  },
  pageFault(
    'messages',
    {
      id: 'ozeki-page-repeats',
      requirement: 'OZ-PAGE-5',
      sentence: 'The second page is the first page again.',
    },
    ({ ordered, limit, end, isLater, usual }) =>
      usual(isLater && end >= ordered.length - limit ? { cursor: newest } : {}),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-limit-seven',
      requirement: 'OZ-PAGE-7',
      sentence: 'With limit 7, and no other, each full page lacks one message from its middle.',
    },
    ({ limit, usual }) => {
      const page = usual();
      return limit === 7 && page.length === 7 ? page.filter((_, i) => i !== 3) : page;
    },
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-limit-fifty',
      requirement: 'OZ-PAGE-7',
      sentence: 'With limit 50, and no other, one message is lost at each page break.',
    },
    ({ ordered, limit, end, isLater, usual }) =>
      usual(isLater && limit === 50 ? { ordered: ordered.slice(0, Math.max(0, end - 1)) } : {}),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-limit-odd',
      requirement: 'OZ-PAGE-7',
      sentence: 'With odd limits above 1 the next page starts half a message off, and one is lost.',
    },
    ({ ordered, limit, end, isLater, usual }) =>
      usual(isLater && limit > 1 && limit % 2 === 1 ? { ordered: ordered.slice(0, Math.max(0, end - 1)) } : {}),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-limit-large-index',
      requirement: 'OZ-PAGE-7',
      sentence: 'Pages of more than 40 come from an index that lacks the three oldest messages.',
    },
    ({ ordered, limit, usual }) => usual(limit > 40 ? { ordered: ordered.slice(3) } : {}),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-wraps-around',
      requirement: 'OZ-PAGE-5',
      sentence: 'Behind the oldest message the walk begins again with the newest.',
    },
    ({ end, usual }) => (end === 0 ? usual({ cursor: newest }) : usual()),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-full-ends',
      requirement: 'OZ-PAGE-5',
      sentence: 'When just as many messages are left as the limit asks for, none of them is given.',
    },
    ({ end, limit, usual }) => (end === limit ? [] : usual()),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-short-dropped',
      requirement: 'OZ-PAGE-5',
      sentence: 'The last page is not given unless it is full.',
    },
    ({ end, limit, usual }) => (end < limit ? [] : usual()),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-stuck-at-one',
      requirement: 'OZ-PAGE-5',
      sentence: 'The cursor is inclusive also at limit 1, so that the same message comes for ever.',
    },
    ({ ordered, end, limit, isLater, usual }) =>
      isLater ? ordered.slice(Math.max(0, end + 1 - limit), end + 1) : usual(),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-doubled-on-page',
      requirement: 'OZ-PAGE-5',
      sentence: 'The newest message of each page comes twice on it where there is room.',
    },
    ({ limit, usual }) => {
      const page = usual();
      return page.length < limit ? [...page, ...page.slice(-1)] : page;
    },
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-oldest-never',
      requirement: 'OZ-PAGE-5',
      sentence: 'The oldest message of a conversation is on no page.',
    },
    ({ ordered, usual }) => usual({ ordered: ordered.slice(1) }),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-newest-fifty',
      requirement: 'OZ-PAGE-5',
      sentence: 'A walk ends behind the newest fifty messages, whatever lies before them.',
    },
    ({ ordered, usual }) => usual({ ordered: ordered.slice(-50) }),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-first-oldest',
      requirement: 'OZ-PAGE-2',
      sentence: 'The first page holds the oldest messages.',
    },
    ({ ordered, limit, isLater, usual }) => (isLater ? usual() : ordered.slice(0, limit)),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-first-behind',
      requirement: 'OZ-PAGE-2',
      sentence: 'The first page leaves the newest message out.',
    },
    ({ ordered, isLater, usual }) => usual(isLater ? {} : { ordered: ordered.slice(0, -1) }),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-forward',
      requirement: 'OZ-PAGE-3',
      sentence: 'A cursor gives the messages that follow it, not those before it.',
    },
    ({ ordered, end, limit, isLater, usual }) => (isLater ? ordered.slice(end + 1, end + 1 + limit) : usual()),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-around-cursor',
      requirement: 'OZ-PAGE-3',
      sentence: 'A page lies around its cursor, with two messages that are newer.',
    },
    ({ ordered, end, limit, isLater, usual }) =>
      isLater && limit > 2 ? ordered.slice(Math.max(0, end + 3 - limit), end + 3) : usual(),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-date-ignored',
      requirement: 'OZ-PAGE-3',
      sentence: 'A cursor that gives a date and no ID is taken for none, and the newest messages come.',
    },
    ({ cursor, usual }) => usual(cursor.id === '' ? { cursor: newest } : {}),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-limit-plus-one',
      requirement: 'OZ-PAGE-1',
      sentence: 'A page holds one message more than its limit.',
    },
    ({ limit, usual }) => usual({ limit: limit + 1 }),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-limit-above-twenty',
      requirement: 'OZ-PAGE-1',
      sentence: 'A limit above 20 is taken for none.',
    },
    ({ limit, usual }) => usual(limit > 20 ? { limit: Number.POSITIVE_INFINITY } : {}),
  ),
  pageFault(
    'messages',
    {
      id: 'ozeki-page-limit-first-only',
      requirement: 'OZ-PAGE-1',
      sentence: 'The limit holds for the first page alone; all later pages have up to 50 messages.',
    },
    ({ isLater, usual }) => usual(isLater ? { limit: 50 } : {}),
  ),
  {
    id: 'ozeki-page-offset',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-9',
    sentence: 'Pages are counted from the newest message, so that a message added during a walk shifts them all.',
    behave(base) {
      const given = new Map<string, { id: string | undefined; offset: number }>();
      return {
        page(call, ordered, cursor, limit, kind) {
          if (kind === 'reports') return base.page(call, ordered, cursor, limit, kind);
          const key = `${call.caller?.id} ${call.conversation?.id}`;
          const last = given.get(key);
          const goesOn = last !== undefined && cursor.id !== '' && cursor.id === last.id;
          const end = goesOn ? Math.max(0, ordered.length - last.offset) : endOfPage(ordered, cursor);
          const page = ordered.slice(Math.max(0, end - limit), end);
          given.set(key, { id: page[0]?.id, offset: ordered.length - end + page.length });
          return page;
        },
      };
    },
  },
  {
    id: 'ozeki-page-cursor-renumbered',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-9',
    sentence: 'A walk during which somebody adds a message starts again from the newest.',
    behave(base) {
      const lengths = new Map<string, number>();
      return {
        page(call, ordered, cursor, limit, kind) {
          if (kind === 'reports') return base.page(call, ordered, cursor, limit, kind);
          const key = `${call.caller?.id} ${call.conversation?.id}`;
          const grown = (lengths.get(key) ?? ordered.length) < ordered.length;
          lengths.set(key, ordered.length);
          return base.page(call, ordered, grown ? newest : cursor, limit, kind);
        },
      };
    },
  },
  orderFault(
    {
      id: 'ozeki-page-order-alternates',
      requirement: 'OZ-PAGE-4',
      sentence: 'One page is sent oldest first, the next newest first.',
    },
    (page, call) => (call.count % 2 === 0 ? [...page].reverse() : page),
  ),
  orderFault(
    {
      id: 'ozeki-page-order-first-reversed',
      requirement: 'OZ-PAGE-4',
      sentence: 'Pages without a cursor ID are sent newest first, all others oldest first.',
    },
    (page, call) => (call.body.lastmessageid === '' ? [...page].reverse() : page),
  ),
  orderFault(
    {
      id: 'ozeki-page-order-by-id',
      requirement: 'OZ-PAGE-4',
      sentence: 'The messages of a page are sent in the order of their IDs.',
    },
    (page) => [...page].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ),
  orderFault(
    {
      id: 'ozeki-page-order-newest-first',
      requirement: 'OZ-PAGE-4-SHOULD',
      sentence: 'The messages of a page are sent newest first.',
    },
    (page) => [...page].reverse(),
  ),
  sightFault(
    'downloadpartial',
    {
      id: 'ozeki-page-own-missing',
      requirement: 'OZ-PAGE-5',
      sentence: 'Partial download leaves out what the caller has sent.',
    },
    ({ from }, { caller }) => from !== caller?.id,
  ),
];

const reportPages: readonly OzekiFault[] = [
  {
    id: 'ozeki-reports-by-message-cursor',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-10',
    sentence: 'Reports are paged by the date of the message cursor.',
    behave: (base) => ({
      readCursor(call, name) {
        if (name !== 'lastreport') return base.readCursor(call, name);
        return { id: '', date: base.readCursor(call, 'lastmessage').date };
      },
    }),
  },
  pageFault(
    'reports',
    {
      id: 'ozeki-reports-ties-lost',
      requirement: 'OZ-PAGE-10',
      sentence:
        'The cursor of the reports is read by its date alone, and those of the second of a page break are lost.',
    },
    ({ cursor, usual }) =>
      cursor.id === '' || cursor.date === undefined ? usual() : usual({ cursor: { id: '', date: cursor.date - 1 } }),
  ),
  pageFault(
    'reports',
    {
      id: 'ozeki-reports-edge',
      requirement: 'OZ-PAGE-10',
      sentence: 'One report is lost at each page break.',
    },
    ({ ordered, end, isLater, usual }) => usual(isLater ? { ordered: ordered.slice(0, Math.max(0, end - 1)) } : {}),
  ),
  pageFault(
    'reports',
    {
      id: 'ozeki-reports-edge-doubled',
      requirement: 'OZ-PAGE-10',
      sentence: 'Two reports come again at each page break.',
    },
    ({ ordered, end, limit, isLater, usual }) =>
      isLater ? ordered.slice(Math.max(0, end + 2 - limit), end + 2) : usual(),
  ),
  pageFault(
    'reports',
    {
      id: 'ozeki-reports-cursor-ignored',
      requirement: 'OZ-PAGE-10',
      sentence: 'Each page holds the newest reports, whatever the cursor.',
    },
    ({ usual }) => usual({ cursor: newest }),
  ),
  pageFault(
    'reports',
    {
      id: 'ozeki-reports-limit-ignored',
      requirement: 'OZ-PAGE-1-SHOULD',
      sentence: 'A page holds all reports before the cursor, whatever the limit.',
    },
    ({ usual }) => usual({ limit: Number.POSITIVE_INFINITY }),
  ),
  pageFault(
    'reports',
    {
      id: 'ozeki-reports-limit-doubled',
      requirement: 'OZ-PAGE-1-SHOULD',
      sentence: 'The limit is applied to delivered and viewed reports apart, so that a page may hold twice as many.',
    },
    ({ limit, usual }) => usual({ limit: 2 * limit }),
  ),
  {
    id: 'ozeki-reports-limit-shared',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-10',
    sentence: 'Messages and reports share the limit, so that a page full of messages has no reports.',
    behave(base) {
      const left = new WeakMap<Call, number>();
      return {
        page(call, ordered, cursor, limit, kind) {
          const room = kind === 'messages' ? limit : (left.get(call) ?? limit);
          const page = room === 0 ? [] : base.page(call, ordered, cursor, room, kind);
          left.set(call, limit - page.length);
          return page;
        },
      };
    },
  },
];

/** Faults of Partial download and Download. */
export const pagingFaults: readonly OzekiFault[] = [...messagePages, ...reportPages, ...downloadFaults];
