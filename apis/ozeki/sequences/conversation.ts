import { maskPattern } from '../../../src/recording/body.js';
import { createBounded } from '../../../src/recording/bounded.js';
import { copyOf, isBefore, type Members, type Moment, momentOf, objectsOf } from '../../../src/recording/members.js';
import { headerOf } from '../../../src/recording/message.js';
import type { RecordedExchange } from '../../../src/recording/types.js';
import { conversationIdOf } from '../../../src/rules/index.js';

/** What of an answer is paged. */
export type Kind = 'messages' | 'reports';

/** A message or report that is known to be in a conversation. */
export interface Entry extends Moment {
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
export interface Upload {
  data: Data | 'twice' | undefined;
  type: string | undefined;
  /** Epoch ms. */
  validUntil: number | undefined;
  isBackDated: boolean;
}

/** A text, or what tells it from others where it is long. */
export type Data = { text: string } | { hash: string; length: number };

/** What is known of one conversation. */
export interface Conversation {
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

/** What is known of conversations. Remembers a bounded number of entries. */
export interface Conversations {
  /** The conversation of an id on the server of an exchange; empty where it was never met. */
  of(exchange: RecordedExchange, id: string): Conversation;
  /** The same, where it was met before. */
  met(exchange: RecordedExchange, id: string | undefined): Conversation | undefined;
  remember(entries: Entries, entry: Entry): void;
}

export function createConversations(): Conversations {
  let kept = 0;
  const conversations = createBounded<string, Conversation>(keptConversations, ({ messages, reports }) => {
    kept -= messages.byId.size + reports.byId.size;
  });
  const met: Conversations['met'] = ({ server }, id) => conversations.get(`${server}\n${id}`);
  return {
    of(exchange, id) {
      const known = met(exchange, id) ?? {
        id,
        messages: { byId: new Map(), byTime: [] },
        reports: { byId: new Map(), byTime: [] },
        clears: [],
        hasBackDated: false,
        lastAdded: Number.NEGATIVE_INFINITY,
      };
      conversations.set(`${exchange.server}\n${id}`, known);
      return known;
    },
    met,
    remember(entries, entry) {
      kept += addTo(entries, entry);
      if (kept > keptInAll) conversations.forgetOldest();
    },
  };
}

/** Whether an entry was in the conversation, for this caller to see, when an exchange was sent. */
export function isThere(entry: Entry, conversation: Conversation, exchange: RecordedExchange): boolean {
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

/** An entry as an exchange shows or adds it. */
export function entryOf(id: string, created: number, exchange: RecordedExchange, isOwn = false): Entry {
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
export function firstAfter(byTime: readonly Entry[], time: number): number {
  let [low, high] = [0, byTime.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((byTime[middle] as Entry).created > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The entries of an answer that have an id. */
export function entriesOf(items: unknown): Members[] {
  return objectsOf(items).filter(({ ID }) => typeof ID === 'string' && ID !== '' && !maskPattern.test(ID));
}

export function idsOf(entries: readonly Entry[]): Set<string> {
  return new Set(entries.map(({ id }) => id));
}

/** Names what a caller sees of a conversation. */
export function viewOf(exchange: RecordedExchange, { id }: Conversation, kind: Kind): string {
  return `${exchange.server}\n${id}\n${kind}\n${callerOf(exchange)}`;
}

/** The user id of the caller; '' where it is not told. */
export function callerOf(exchange: RecordedExchange): string {
  return headerOf(exchange.request.headers, 'ozeki-user') ?? '';
}
