import type { Finding } from '../../src/exchange/index.js';
import { objectOf, objectsOf } from '../../src/passive/json.js';
import { firstFew } from '../../src/rules/index.js';

type Body = Record<string, unknown>;

/** An event of a transcript as it was answered: what is documented of it, unchecked. */
export interface Event {
  index: number;
  type: unknown;
  text: unknown;
  utcTime: unknown;
  from: { nickname: unknown; participantId: unknown; type: unknown };
  /** Left out where the event has none. */
  messageType?: unknown;
  userData?: unknown;
}

/** Whether a member of the data of an event is about a file: others no page names, and they may change each time. */
export function isAboutFile(name: string): boolean {
  return name.startsWith('file-');
}

/** What must stay of an event: of its data what is about a file. */
export function lastingOf({ userData, ...event }: Event): Event {
  const data = Object.entries(objectOf(userData) ?? {}).filter(([name]) => isAboutFile(name));
  return data.length === 0 ? event : { ...event, userData: Object.fromEntries(data) };
}

/** The events in an answer; those without an index are left out. */
export function eventsIn(body: Body): Event[] {
  return objectsOf(body.messages).flatMap((event): Event[] => {
    const { index, type, text, utcTime, messageType, userData } = event;
    const { nickname, participantId, type: kind } = objectOf(event.from) ?? {};
    if (typeof index !== 'number') return [];
    const more = { ...(messageType !== undefined && { messageType }), ...(userData !== undefined && { userData }) };
    return [{ index, type, text, utcTime, from: { nickname, participantId, type: kind }, ...more }];
  });
}

/** Finds events that come from somebody of a type that no page shows. */
export function fromFindings(events: readonly Body[], known: readonly string[]): Finding[] {
  return events.flatMap((event, i) => {
    const type = objectOf(event.from)?.type;
    if (typeof type !== 'string' || known.includes(type)) return [];
    const message = 'an event comes from a participant of a type that no page shows';
    const path = `/messages/${i}/from/type`;
    return [{ message, path, expected: known.join(', '), found: JSON.stringify(type) }];
  });
}

/** Finds events of a type that neither the page nor a client of the vendor knows. */
export function typeFindings(events: readonly Body[], known: readonly string[]): Finding[] {
  return events.flatMap(({ type }, i) => {
    if (typeof type !== 'string' || known.includes(type)) return [];
    const message = 'an event is of a type that is not known';
    return [{ message, path: `/messages/${i}/type`, expected: known.join(', '), found: JSON.stringify(type) }];
  });
}

/** Whether an event has a place in its transcript. */
export function isNumbered({ index }: Body): boolean {
  return typeof index === 'number';
}

/** What an event says of who caused it. */
interface Seen {
  id: number;
  type: string;
  nickname: unknown;
  joins: boolean;
  path: string;
}

/**
 * Finds participants that have several ids, and ids that several participants have. The client is one under whatever nickname; others
 * of one type and nickname are one, unless each of them joined. Who joined before the first of these events cannot be told.
 */
export function participantFindings(events: readonly Body[]): Finding[] {
  const seen = events.flatMap((event, i): Seen[] => {
    const { participantId: id, type, nickname } = objectOf(event.from) ?? {};
    const joins = event.type === 'ParticipantJoined' || event.type === 'ParticipantRejoined';
    const path = `/messages/${i}/from/participantId`;
    return typeof id === 'number' && typeof type === 'string' ? [{ id, type, nickname, joins, path }] : [];
  });
  const isWhole = events.some(({ index }) => index === 1);
  const others = isWhole ? [...grouped(seen.filter(notClient), nameOf).values()] : [];
  return [
    ...severalIds(
      seen.filter((each) => !notClient(each)),
      'the client',
    ),
    ...others.flatMap((same) => {
      const joined = new Set(same.filter(({ joins }) => joins).map(({ id }) => id));
      return same.every(({ id }) => joined.has(id)) ? [] : severalIds(same, `the participant ${nameOf(same[0])}`);
    }),
    ...[...grouped(seen, ({ id }) => String(id)).values()].flatMap(sharedId),
  ];
}

function notClient({ type }: Seen): boolean {
  return type !== 'Client';
}

function nameOf(seen?: Seen): string {
  return `${seen?.type} ${seen?.nickname}`;
}

function severalIds(seen: readonly Seen[], who: string): Finding[] {
  const other = seen.find(({ id }) => id !== seen[0]?.id);
  if (other === undefined) return [];
  const message = `${who} has another participantId than before`;
  return [{ message, path: other.path, expected: String(seen[0]?.id), found: String(other.id) }];
}

/** Events of one id: they are of participants of one type, and of others than the client only one joined. */
function sharedId(seen: readonly Seen[]): Finding[] {
  const [first] = seen;
  const another = seen.find(({ type }) => type !== first?.type) ?? secondToJoin(seen.filter(notClient));
  if (first === undefined || another === undefined) return [];
  const found = firstFew([...new Set(seen.map(nameOf))]);
  return [
    { message: 'two participants share a participantId', path: another.path, expected: 'an id of its own', found },
  ];
}

function secondToJoin(seen: readonly Seen[]): Seen | undefined {
  const joined = seen.filter(({ joins }) => joins);
  return joined.find(({ nickname }) => nickname !== joined[0]?.nickname);
}

function grouped(seen: readonly Seen[], keyOf: (seen: Seen) => string): Map<string, Seen[]> {
  const groups = new Map<string, Seen[]>();
  for (const each of seen) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}
