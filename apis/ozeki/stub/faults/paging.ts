import { endOfPage } from '../behaviour/messages.js';
import type { Call, Cursor, Kind } from '../call.js';
import type { Entry } from '../model.js';
import { faultsOf, instead, type OzekiBehave, row, seen } from '../rows.js';
import { downloadFaults } from './download.js';

/** What a page is asked for, with the means of an ordinary server. */
interface Asked {
  call: Call;
  /** Oldest first. */
  ordered: readonly Entry[];
  cursor: Cursor;
  limit: number;
  /** Where the page ends in `ordered`, exclusive. */
  end: number;
  /** Whether the cursor names an entry: true of all pages but the first. */
  isLater: boolean;
  /** The page that an ordinary server would give for these terms, or for others. */
  usual(changes?: Partial<Pick<Asked, 'ordered' | 'cursor' | 'limit'>>): Entry[];
}

const newest: Cursor = { id: '', date: undefined };
const endless = Number.POSITIVE_INFINITY;

const pageFaults = faultsOf({
  'OZ-PAGE-1': {
    'page-ties-together': row('A page is filled up with all messages of its oldest second, beyond the limit.').by(
      messagePages(({ ordered, end, usual }) => {
        const [oldest] = usual();
        return oldest === undefined ? [] : ordered.slice(0, end).filter(({ created }) => created >= oldest.created);
      }),
    ),
    'page-limit-plus-one': row('A page holds one message more than its limit.').by(
      messagePages(({ limit, usual }) => usual({ limit: limit + 1 })),
    ),
    'page-limit-above-twenty': row('A limit above 20 is taken for none.').by(
      messagePages(({ limit, usual }) => usual({ limit: limit > 20 ? endless : limit })),
    ),
    'page-limit-first-only': row(
      'The limit holds for the first page alone; all later pages have up to 50 messages.',
    ).by(messagePages(({ isLater, limit, usual }) => usual({ limit: isLater ? 50 : limit }))),
  },
  'OZ-PAGE-1-SHOULD': {
    'reports-limit-ignored': row('A page holds all reports before the cursor, whatever the limit.').by(
      reportPages(({ usual }) => usual({ limit: endless })),
    ),
    'reports-limit-doubled': row(
      'The limit is applied to delivered and viewed reports apart, so that a page may hold twice as many.',
    ).by(reportPages(({ limit, usual }) => usual({ limit: 2 * limit }))),
  },
  'OZ-PAGE-2': {
    'page-muted-empty': row('Partial download gives no messages of a conversation that the caller has muted.').by(
      seen(
        'downloadpartial',
        (_message, { conversation, caller }) => !conversation?.flags.get(caller?.id ?? '')?.ismuted,
      ),
    ),
    'page-first-oldest': row('The first page holds the oldest messages.').by(
      messagePages(({ ordered, limit, isLater, usual }) => (isLater ? usual() : ordered.slice(0, limit))),
    ),
    'page-first-behind': row('The first page leaves the newest message out.').by(
      messagePages(({ ordered, isLater, usual }) => usual(isLater ? {} : { ordered: ordered.slice(0, -1) })),
    ),
  },
  'OZ-PAGE-3': {
    'page-forward': row('A cursor gives the messages that follow it, not those before it.').by(
      messagePages(({ ordered, end, limit, isLater, usual }) =>
        isLater ? ordered.slice(end + 1, end + 1 + limit) : usual(),
      ),
    ),
    'page-around-cursor': row('A page lies around its cursor, with two messages that are newer.').by(
      messagePages((asked) => (asked.limit > 2 ? endingLater(asked, 3) : asked.usual())),
    ),
    'page-date-ignored': row(
      'A cursor that gives a date and no ID is taken for none, and the newest messages come.',
    ).by(messagePages(({ cursor, usual }) => usual({ cursor: cursor.id === '' ? newest : cursor }))),
  },
  'OZ-PAGE-4': {
    'page-order-alternates': row('One page is sent oldest first, the next newest first.').by(
      arranged((page, { count }) => (count % 2 === 0 ? page.reverse() : page)),
    ),
    'page-order-first-reversed': row('Pages without a cursor ID are sent newest first, all others oldest first.').by(
      arranged((page, { body }) => (body.lastmessageid === '' ? page.reverse() : page)),
    ),
    'page-order-by-id': row('The messages of a page are sent in the order of their IDs.').by(
      arranged((page) => page.sort((a, b) => (a.id < b.id ? -1 : 1))),
    ),
  },
  'OZ-PAGE-4-SHOULD': {
    'page-order-newest-first': row('The messages of a page are sent newest first.').by(
      arranged((page) => page.reverse()),
    ),
  },
  'OZ-PAGE-5': {
    'page-time-without-date': row(
      'Later pages compare the times of day of messages and cursor, without their dates.',
    ).by(
      messagePages(({ cursor, isLater, usual }) =>
        usual().filter(({ created }) => !isLater || created % 86_400 <= (cursor.date ?? created) % 86_400),
      ),
    ),
    'page-edge': row('A page ends one message too early, so that one is lost at each page break.').by(
      messagePages(endingEarly),
    ),
    'page-edge-doubled': row(
      'A page ends two messages too late, so that one beside the boundary comes twice at each page break.',
    ).by(messagePages((asked) => endingLater(asked, 2))),
    'page-repeats': row('The second page is the first page again.').by(
      messagePages(({ ordered, limit, end, isLater, usual }) =>
        usual(isLater && end >= ordered.length - limit ? { cursor: newest } : {}),
      ),
    ),
    'page-wraps-around': row('Behind the oldest message the walk begins again with the newest.').by(
      messagePages(({ end, usual }) => usual(end === 0 ? { cursor: newest } : {})),
    ),
    'page-full-ends': row('When just as many messages are left as the limit asks for, none of them is given.').by(
      messagePages(({ end, limit, usual }) => (end === limit ? [] : usual())),
    ),
    'page-short-dropped': row('The last page is not given unless it is full.').by(
      messagePages(({ end, limit, usual }) => (end < limit ? [] : usual())),
    ),
    'page-stuck-at-one': row('The cursor is inclusive also at limit 1, so that the same message comes for ever.').by(
      messagePages((asked) => endingLater(asked, 1)),
    ),
    'page-doubled-on-page': row('The newest message of each page comes twice on it where there is room.').by(
      messagePages(({ limit, usual }) => {
        const page = usual();
        return page.length < limit ? [...page, ...page.slice(-1)] : page;
      }),
    ),
    'page-oldest-never': row('The oldest message of a conversation is on no page.').by(
      messagePages(({ ordered, usual }) => usual({ ordered: ordered.slice(1) })),
    ),
    'page-newest-fifty': row('A walk ends behind the newest fifty messages, whatever lies before them.').by(
      messagePages(({ ordered, usual }) => usual({ ordered: ordered.slice(-50) })),
    ),
    'page-own-missing': row('Partial download leaves out what the caller has sent.').by(
      seen('downloadpartial', ({ from }, { caller }) => from !== caller?.id),
    ),
  },
  'OZ-PAGE-6': {
    'page-ties-lost': row(
      'The cursor is read by its date alone, so that messages of the second of a page break are lost.',
    ).by(messagePages(losingTies)),
    'page-ties-doubled': row(
      'The cursor is read by its date alone and inclusively, so that all messages of its second come again.',
    ).by(messagePages(({ cursor, usual }) => usual({ cursor: { id: '', date: cursor.date } }))),
    'page-ties-shuffled': row(
      'Messages of one second are ordered by arrival on one page and the other way round on the next.',
    ).by(
      instead('order', (usual, { action, count }, entries) => {
        if (action !== 'downloadpartial' || count % 2 === 0) return usual();
        return entries.toSorted((a, b) => a.created - b.created || b.arrival - a.arrival);
      }),
    ),
  },
  'OZ-PAGE-7': {
    'page-newest-hundred': row('Only the newest hundred messages are paged through.').by(
      messagePages(({ ordered, usual }) => usual({ ordered: ordered.slice(-100) })),
    ),
    'page-limit-seven': row('With limit 7, and no other, each full page lacks one message from its middle.').by(
      messagePages(({ limit, usual }) => {
        const page = usual();
        return limit === 7 && page.length === 7 ? page.filter((_, i) => i !== 3) : page;
      }),
    ),
    'page-limit-fifty': row('With limit 50, and no other, one message is lost at each page break.').by(
      messagePages((asked) => (asked.limit === 50 ? endingEarly(asked) : asked.usual())),
    ),
    'page-limit-odd': row('With odd limits above 1 the next page starts half a message off, and one is lost.').by(
      messagePages((asked) => (asked.limit > 1 && asked.limit % 2 === 1 ? endingEarly(asked) : asked.usual())),
    ),
    'page-limit-large-index': row('Pages of more than 40 come from an index that lacks the three oldest messages.').by(
      messagePages(({ ordered, limit, usual }) => usual(limit > 40 ? { ordered: ordered.slice(3) } : {})),
    ),
  },
  'OZ-PAGE-9': {
    'page-offset': row(
      'Pages are counted from the newest message, so that a message added during a walk shifts them all.',
    ).by((base) => {
      const given = new Map<string, { id: string | undefined; offset: number }>();
      return messagePages(({ call, ordered, cursor, limit, end: usualEnd }) => {
        const key = walkOf(call);
        const last = given.get(key);
        const goesOn = last !== undefined && cursor.id !== '' && cursor.id === last.id;
        const end = goesOn ? Math.max(0, ordered.length - last.offset) : usualEnd;
        const page = ordered.slice(Math.max(0, end - limit), end);
        given.set(key, { id: page[0]?.id, offset: ordered.length - end + page.length });
        return page;
      })(base);
    }),
    'page-cursor-renumbered': row('A walk during which somebody adds a message starts again from the newest.').by(
      (base) => {
        const lengths = new Map<string, number>();
        return messagePages(({ call, ordered, cursor, usual }) => {
          const hasGrown = (lengths.get(walkOf(call)) ?? ordered.length) < ordered.length;
          lengths.set(walkOf(call), ordered.length);
          return usual({ cursor: hasGrown ? newest : cursor });
        })(base);
      },
    ),
  },
  'OZ-PAGE-10': {
    'page-messages-by-report-cursor': row('No message of a page is newer than the cursor of the reports.').by(
      messagePages(({ call, usual }) => {
        const { date = endless } = call.behaviour.readCursor(call, 'lastreport');
        return usual().filter(({ created }) => created <= date);
      }),
    ),
    'reports-newest-ten': row('Only the newest ten reports are paged through.').by(
      reportPages(({ ordered, usual }) => usual({ ordered: ordered.slice(-10) })),
    ),
    'reports-by-message-cursor': row('Reports are paged by the date of the message cursor.').by(
      instead('readCursor', (usual, call, name) =>
        name === 'lastreport' ? { id: '', date: usual(call, 'lastmessage').date } : usual(),
      ),
    ),
    'reports-ties-lost': row(
      'The cursor of the reports is read by its date alone, and those of the second of a page break are lost.',
    ).by(reportPages(losingTies)),
    'reports-edge': row('One report is lost at each page break.').by(reportPages(endingEarly)),
    'reports-edge-doubled': row('Two reports come again at each page break.').by(
      reportPages((asked) => endingLater(asked, 2)),
    ),
    'reports-cursor-ignored': row('Each page holds the newest reports, whatever the cursor.').by(
      reportPages(({ usual }) => usual({ cursor: newest })),
    ),
    'reports-limit-shared': row(
      'Messages and reports share the limit, so that a page full of messages has no reports.',
    ).by((base) => {
      const left = new WeakMap<Call, number>();
      return instead('page', (usual, call, ordered, cursor, limit, kind) => {
        const room = kind === 'messages' ? limit : (left.get(call) ?? limit);
        const page = room === 0 ? [] : usual(call, ordered, cursor, room, kind);
        left.set(call, limit - page.length);
        return page;
      })(base);
    }),
  },
});

/** Faults of Partial download and Download. */
export const pagingFaults = [...pageFaults, ...downloadFaults];

function messagePages(give: (asked: Asked) => Entry[]): OzekiBehave {
  return pagesOf('messages', give);
}

function reportPages(give: (asked: Asked) => Entry[]): OzekiBehave {
  return pagesOf('reports', give);
}

/** Other pages of one of the two histories; the other one is served as usual. */
function pagesOf(kind: Kind, give: (asked: Asked) => Entry[]): OzekiBehave {
  return instead('page', (usual, call, ordered, cursor, limit, asked) => {
    if (asked !== kind) return usual();
    return give({
      call,
      ordered,
      cursor,
      limit,
      end: endOfPage(ordered, cursor),
      isLater: cursor.id !== '',
      usual(changes) {
        const terms = { ordered, cursor, limit, ...changes };
        return usual(call, terms.ordered, terms.cursor, terms.limit, kind);
      },
    });
  });
}

/** A later page that ends one entry too early. */
function endingEarly({ ordered, end, isLater, usual }: Asked): Entry[] {
  return usual(isLater ? { ordered: ordered.slice(0, Math.max(0, end - 1)) } : {});
}

/** A later page that ends so many entries too late. */
function endingLater({ ordered, end, limit, isLater, usual }: Asked, by: number): Entry[] {
  return isLater ? ordered.slice(Math.max(0, end + by - limit), end + by) : usual();
}

function losingTies({ cursor, usual }: Asked): Entry[] {
  return cursor.id === '' || cursor.date === undefined ? usual() : usual({ cursor: { id: '', date: cursor.date - 1 } });
}

/** The order in which a page of messages is sent. */
function arranged(arrange: (page: Entry[], call: Call) => Entry[]): OzekiBehave {
  return instead('arrangePage', (_usual, call, page, kind) => (kind === 'messages' ? arrange([...page], call) : page));
}

/** Whose walk through which conversation. */
function walkOf({ caller, conversation }: Call): string {
  return `${caller?.id} ${conversation?.id}`;
}
