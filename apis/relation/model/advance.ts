import type { Exchange } from '../../../src/exchange/index.js';
import { objectOf, objectsOf } from '../../../src/passive/json.js';
import { isOfMessages, type RelationActionName, relationOutcome } from '../actions.js';
import { groupsAfter } from './groups.js';
import {
  earliest,
  impostor,
  members,
  otherThan,
  type Place,
  type Search,
  type Sent,
  type State,
  type Unread,
  visible,
  type Walk,
  walkOf,
} from './state.js';

/** An entry of List, unchecked. */
export type Entry = Record<string, unknown> & { id: string };

/** One answer in the state that it came to, read once for every rule. */
export interface Seen {
  exchange: Exchange;
  actor: string;
  action: RelationActionName;
  outcome: ReturnType<typeof relationOutcome>;
  code: string;
  asked: Record<string, unknown>;
  data: unknown;
  before: State;
  after: State;
  /** Where the call is; `undefined` where it names neither channel nor receiver, or what the sequence has nothing to do with. */
  place?: Place;
  /** Whether the caller belongs there. */
  isMember: boolean;
  entries: readonly Entry[];
  /** Of a List: how many entries were asked for. */
  limit: number;
  /** Of a List: not newer than this. */
  bound: number;
  /** The walk that ends with this page. */
  ended?: Walk;
  /** The walk through Chats / List with this page, and whether that is its last. */
  search?: Search & { isLast: boolean };
}

type Asked = Record<string, unknown>;

/** Reads an answer, and what it makes of the state. */
export function read(before: State, exchange: Exchange): Seen {
  const asked = objectOf(exchange.request.json) ?? {};
  const body = objectOf(exchange.response.json) ?? {};
  const { actor } = exchange;
  const place = placeOf(before, actor, asked);
  const seen: Seen = {
    exchange,
    actor,
    action: exchange.action as RelationActionName,
    outcome: relationOutcome(exchange),
    code: String(body.code),
    asked,
    data: body.data,
    before,
    after: before,
    place,
    isMember: place !== undefined && members.some((name) => name === actor),
    entries: objectsOf(body.data).filter((entry): entry is Entry => typeof entry.id === 'string'),
    limit: Number(asked.limit),
    bound: Number(asked.maxCreateAt),
  };
  const changes: Partial<Record<RelationActionName, (seen: Seen) => Partial<Seen>>> = {
    send,
    list,
    hide,
    read: marked,
    unreadcount: counted,
    chatslist: searched,
  };
  const groups = groupsAfter(before, exchange);
  const read = { ...seen, ...changes[seen.action]?.(seen) };
  if (isOfMessages(exchange.action) && groups === before.groups) return read;
  // What happens in groups may count as unread, and who is out of one counts it no more.
  return { ...read, after: { ...read.after, groups, ...(seen.exchange.level === 'read' ? {} : { unread: {} }) } };
}

function placeOf({ channelUuid, directUuid, ids }: State, actor: string, asked: Asked): Place | undefined {
  if (asked.channelUuid === channelUuid) return 'channel';
  if (typeof asked.channelUuid === 'string') return asked.channelUuid === directUuid ? 'direct' : undefined;
  return asked.toRelationId === ids[otherThan(actor)] && members.some((name) => name === actor) ? 'direct' : undefined;
}

function send(seen: Seen): Partial<Seen> {
  const { before, asked, outcome, place, actor, isMember, exchange } = seen;
  const sendUuid = String(asked.sendUuid);
  const answered = objectOf(seen.data) ?? {};
  if (!isMember || place === undefined) {
    const isNowhere = asked.channelUuid == null && asked.toRelationId == null;
    if (place === undefined && actor !== impostor && !isNowhere)
      return { after: { ...before, elsewhere: [...before.elsewhere, sendUuid] } };
    const requirement = actor === impostor ? 'RE-COM-3' : place === undefined ? 'RE-SEND-2' : 'RE-SEND-3';
    return { after: { ...before, refused: { ...before.refused, [sendUuid]: requirement } } };
  }
  if (outcome !== 'served' || typeof answered.id !== 'string') return {};
  const known = before.sent.find((message) => message.sendUuid === sendUuid);
  if (known !== undefined) {
    const again = { ...known, again: true as const };
    return { after: { ...before, sent: before.sent.map((message) => (message === known ? again : message)) } };
  }
  const message: Sent = {
    id: answered.id,
    place,
    actor,
    type: String(asked.type),
    content: String(asked.content),
    sendUuid,
    ...(typeof asked.quoteId === 'string' && { quoteId: asked.quoteId }),
    at: exchange.startedAt,
    hidden: {},
  };
  const other = otherThan(actor);
  // A server may take what the sender had not read there for read. Behind an own message there is nothing.
  const isAlone = before.sent.findLast((each) => each.place === place)?.actor === actor;
  const { [actor]: own, ...rest } = before.unread;
  const counts = isAlone && own !== undefined ? before.unread : rest;
  const unread = counts[other];
  return {
    after: {
      ...before,
      sent: [...before.sent, message],
      ...(place === 'direct' && typeof answered.channelUuid === 'string' && { directUuid: answered.channelUuid }),
      unread:
        unread === undefined
          ? counts
          : { ...counts, [other]: { ...unread, since: unread.since + 1, newIn: [...(unread.newIn ?? []), place] } },
    },
  };
}

function list(seen: Seen): Partial<Seen> {
  const { before, entries, outcome, place, actor, isMember } = seen;
  if (outcome !== 'served' || place === undefined || !isMember) return {};
  const times = new Map(entries.map(({ id, createAt }) => [id, Number(createAt)]));
  let { drift } = before;
  const sent = before.sent.map((message) => {
    const createAt = message.createAt ?? times.get(message.id);
    if (createAt === undefined || Number.isNaN(createAt)) return message;
    drift = Math.min(drift ?? Number.POSITIVE_INFINITY, createAt - message.at);
    return { ...message, createAt };
  });
  // A server may take what was listed for read.
  const { [actor]: _seen, ...unread } = before.unread;
  const { walks, ended } = walked(seen, place);
  return { after: { ...before, sent, drift, unread, walks }, ...(ended && { ended }) };
}

/** A walk begins where a page is asked for that lies ahead of every message, and goes on with the oldest `createAt` of each page. */
function walked(seen: Seen, place: Place): { walks: State['walks']; ended?: Walk } {
  const { before, actor, entries, limit, bound, asked, exchange } = seen;
  const key = walkOf(actor, place);
  const { [key]: known, ...others } = before.walks;
  const isFirst = bound > exchange.startedAt + before.clockToleranceMs;
  const isNext = known !== undefined && known.next === asked.maxCreateAt;
  if (!isFirst && !isNext) return { walks: others };
  const ids = [...(isNext && !isFirst ? known.ids : []), ...entries.map(({ id }) => id)];
  const wanted = isNext && !isFirst ? known.wanted : visible(before, actor, place).map(({ id }) => id);
  const oldest = Math.min(...entries.map(({ createAt }) => Number(createAt)));
  const walk: Walk = { limit, ids, wanted, next: String(oldest) };
  return isLast(seen, oldest) ? { walks: others, ended: walk } : { walks: { ...others, [key]: walk } };
}

/** Whether a page ends a walk: it is short, or it goes back behind the beginning of the sequence. */
export function isLast(
  { before, entries, limit }: Pick<Seen, 'before' | 'entries' | 'limit'>,
  oldest: number,
): boolean {
  if (entries.length < Math.min(limit, mostInFull)) return true;
  const start = earliest(before.startedAt, before.drift);
  return start !== undefined && oldest < start;
}

/** A limit up to this is honoured in full. */
export const mostInFull = 50;

function hide({ before, asked, outcome, actor }: Seen): Partial<Seen> {
  if (actor === impostor) return {};
  const message = before.sent.find(({ id }) => id === asked.id);
  if (message === undefined || outcome === 'refused') return {};
  const isOwn = message.actor === actor;
  // For whom Hide hides beside the caller, no page says; nor what comes of a Hide that should have been refused.
  const hidden = {
    ...message.hidden,
    ...Object.fromEntries(members.map((name) => [name, message.hidden[name] ?? 'open'])),
    ...(isOwn && outcome === 'served' && { [actor]: 'hidden' as const }),
  };
  return {
    after: {
      ...before,
      sent: before.sent.map((other) => (other === message ? { ...message, hidden } : other)),
      // What is hidden may count no more.
      unread: {},
    },
  };
}

function marked({ before, actor, data, outcome, place }: Seen): Partial<Seen> {
  const { [actor]: unread, ...others } = before.unread;
  if (outcome === 'refused' || unread === undefined) return {};
  // Where nothing was updated, no page says what was read.
  if (data !== 1) return { after: { ...before, unread: others } };
  // Read goes back from the newest message. One from before the sequence, or one that somebody has hidden, need not have counted.
  const newest = before.sent.findLast((message) => message.place === place);
  const isOpen = newest?.actor === otherThan(actor) && Object.keys(newest.hidden).length === 0;
  const wasRead = isOpen && unread.newIn?.some((at) => at === place) ? 'surely' : (unread.wasRead ?? 'perhaps');
  const newIn = unread.newIn?.filter((at) => at !== place);
  return { after: { ...before, unread: { ...others, [actor]: { ...unread, newIn, wasRead } } } };
}

function counted({ before, actor, data, outcome }: Seen): Partial<Seen> {
  const count = objectOf(data)?.unreadCount;
  if (outcome !== 'served' || typeof count !== 'number') return {};
  const known = before.unread[actor];
  // What may be late is looked at again, against what was known before.
  if (known !== undefined && (isTooLow(known, count) || isTooHigh(known, count, before.restless.includes(actor))))
    return {};
  const grew = known !== undefined && count > known.count + known.since;
  return {
    after: {
      ...before,
      unread: { ...before.unread, [actor]: { count, since: 0, newIn: known?.newIn } },
      restless: grew && !before.restless.includes(actor) ? [...before.restless, actor] : before.restless,
    },
  };
}

/** A search begins with a page without a cursor, and goes on with the cursor of each page. */
function searched({ before, actor, asked, data, outcome }: Seen): Partial<Seen> {
  const { keyword } = asked;
  const { list, cursor } = objectOf(data) ?? {};
  if (outcome !== 'served' || typeof keyword !== 'string') return {};
  const { [actor]: known, ...others } = before.searches;
  const isNext = known?.next === asked.cursor && known?.keyword === keyword;
  if (asked.cursor !== undefined && !isNext) return {};
  const uuids = objectsOf(list).map(({ channelUuid }) => String(channelUuid));
  const isLast = uuids.length === 0 || typeof cursor !== 'string' || cursor === '';
  const search = { keyword, next: String(cursor), uuids: [...(isNext ? (known?.uuids ?? []) : []), ...uuids] };
  const searches = isLast ? others : { ...others, [actor]: search };
  return { search: { ...search, isLast }, after: { ...before, searches } };
}

/** Beyond that a server may stop counting. */
export const highestCount = 99;

/** Whether a count has not grown by what was sent, or fell with nothing read. */
export function isTooLow({ count: before, since, wasRead }: Unread, count: number): boolean {
  return wasRead === undefined && count < Math.min(before + since, highestCount);
}

/** Whether a count has not fallen with a Read that updated something; where others send too, nobody can tell. */
export function isTooHigh({ count: before, since, wasRead }: Unread, count: number, isRestless: boolean): boolean {
  return wasRead === 'surely' && !isRestless && before + since > 0 && count > before + since - 1;
}
