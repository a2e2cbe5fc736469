import { farEnd, type PartialCursor, parseTimestamp } from '../../../src/rules/index.js';
import type { Seen } from './seen.js';
import type { ShownEntry } from './shown.js';
import { certain, certainReports, type State, type Walk } from './state.js';

/** What a page makes of the walks under way. */
interface Walked {
  walks: State['walks'];
  ended?: Walk;
  farEnd?: State['farEnd'];
}

/** A walk begins with the cursor of the first page, goes on with that of each page's far end, and ends where nothing new comes. */
export function walked({ before, actor, asked, messages, reports }: Seen): Walked {
  const shows = farEnd(messages);
  const end = before.farEnd ?? (shows === 'unknown' ? undefined : shows);
  const { [actor]: known, ...others } = before.walks;
  const cursor = cursorOf(asked);
  const isFirst = isNewest(before, cursor) && !cursor.lastreportid;
  const isNext = known !== undefined && known.limit === asked.limit && sameCursor(known.next, cursor);
  const walk = isFirst ? begun(before, Number(asked.limit), cursor) : isNext ? known : undefined;
  if (walk === undefined) return { walks: others, farEnd: end };
  const fresh = messages.filter(({ ID }) => !walk.ids.includes(ID));
  const freshReports = reports.filter(({ ID }) => !walk.reports.includes(ID));
  const again = messages.filter(({ ID }) => walk.ids.includes(ID) && ID !== cursor.lastmessageid);
  const grown: Walk = {
    ...walk,
    ids: [...walk.ids, ...fresh.map(({ ID }) => ID)],
    reports: [...walk.reports, ...freshReports.map(({ ID }) => ID)],
    repeats: [...walk.repeats, ...again.map(({ ID }) => ID)],
    guessed: walk.guessed || (end === undefined && Math.max(messages.length, reports.length) > 1),
    next: {
      ...walk.next,
      ...at('message', messages, end ?? 'first'),
      ...at('report', reports, end ?? 'first'),
    },
  };
  const isOver = fresh.length + freshReports.length === 0 || isBehindStart(before, messages);
  return isOver ? { walks: others, ended: grown, farEnd: end } : { walks: { ...others, [actor]: grown }, farEnd: end };
}

function begun(before: State, limit: number, next: PartialCursor): Walk {
  return {
    limit,
    next,
    ids: [],
    reports: [],
    wanted: certain(before).map(({ ID }) => ID),
    // What was there before the sequence lies farther back than its walks go.
    wantedReports: before.alone ? certainReports(before).map(({ ID }) => ID) : [],
    guessed: false,
    repeats: [],
  };
}

/** In a conversation that holds more than the sequence, a walk need not go farther back. */
function isBehindStart({ alone, startedAt }: State, messages: readonly ShownEntry[]): boolean {
  const times = messages.map(({ Created }) => parseTimestamp(Created) ?? 0);
  return !alone && times.length > 0 && Math.min(...times) < startedAt - 5000;
}

/** Whether the page at a cursor holds the newest messages. */
export function isNewest(
  { startedAt, clockToleranceMs }: State,
  { lastmessageid, lastmessagedate }: PartialCursor,
): boolean {
  const isAhead = !lastmessagedate || (parseTimestamp(lastmessagedate) ?? 0) > startedAt + clockToleranceMs;
  return !lastmessageid && isAhead;
}

const cursors = new WeakMap<Record<string, unknown>, PartialCursor>();

/** The cursor members of a request. Asked for in every state that is possible, so made once a request. */
export function cursorOf(asked: Record<string, unknown>): PartialCursor {
  const known = cursors.get(asked);
  if (known !== undefined) return known;
  const names = ['lastmessagedate', 'lastmessageid', 'lastreportdate', 'lastreportid'];
  const cursor = Object.fromEntries(
    names.flatMap((name) => (typeof asked[name] === 'string' ? [[name, asked[name]]] : [])),
  );
  cursors.set(asked, cursor);
  return cursor;
}

function sameCursor(one: PartialCursor, other: PartialCursor): boolean {
  return one.lastmessageid === other.lastmessageid && one.lastreportid === other.lastreportid;
}

function at(what: 'message' | 'report', entries: readonly ShownEntry[], end: 'first' | 'last'): PartialCursor {
  const entry = end === 'first' ? entries[0] : entries.at(-1);
  return entry === undefined ? {} : { [`last${what}date`]: String(entry.Created ?? ''), [`last${what}id`]: entry.ID };
}
