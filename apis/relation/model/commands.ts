import fc from 'fast-check';
import type { Exchange } from '../../../src/exchange/index.js';
import type { Call, Kind } from '../../../src/explore/model.js';
import { onceIn, recent, recently, texts } from '../../../src/explore/values.js';
import { objectsOf } from '../../../src/passive/json.js';
import type { RelationActionName } from '../actions.js';
import { mayRefuse, mostInFull } from './advance.js';
import { earliest, forger, type Member, members, otherThan, type Place, type Sent, type State } from './state.js';

interface Send {
  do: 'send';
  by: Member;
  to: Place;
  type: string;
  content: string;
  /** Quotes the message so far back. */
  quotes?: number;
  mentions?: true;
  /** Says of the other receiver that there is none. */
  nulls: boolean;
}

/** Sends one of the own messages once more, as a client does that got no answer. */
interface Resend {
  do: 'resend';
  by: Member;
  back: number;
}

/** Lists what is not newer than now, or than the message so far back, give or take some milliseconds. */
interface List {
  do: 'list';
  by: Member;
  of: Place;
  limit: number;
  byUuid: boolean;
  upTo: 'now' | { back: number; off: number };
}

interface Walk {
  do: 'walk';
  by: Member;
  of: Place;
  limit: number;
}

interface Hide {
  do: 'hide';
  by: Member;
  back: number;
  whose: 'own' | 'other';
}

interface Read {
  do: 'read';
  by: Member;
  total: number;
}

interface Count {
  do: 'unreadcount';
  by: Member;
}

/** What must be refused: the outsider in the channel or between the two, a wrong token, or a call that names no place. */
interface Stray {
  do: 'stray';
  by: 'outsider' | typeof forger | Member;
  action: RelationActionName;
  at: Place | 'nowhere';
  /** Names the direct conversation by its channelUuid, once that is known. */
  byUuid: boolean;
}

export type Command = Send | Resend | List | Walk | Hide | Read | Count | Stray;

const by = fc.constantFrom(...members);
const place = fc.oneof(
  { weight: 2, arbitrary: fc.constant('channel' as const) },
  { weight: 1, arbitrary: fc.constant('direct' as const) },
);
const limit = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 3, 5, 10, 20, 50) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) },
);
const type = fc.oneof(
  { weight: 3, arbitrary: fc.constant('TEXT') },
  { weight: 1, arbitrary: fc.constantFrom('CARD', 'CARD', 'ANNOUNCEMENT', 'sticker') },
);

const kind = (
  weight: number,
  needs: 'read' | 'write',
  commands: fc.Arbitrary<Command>,
  atOnce = true,
): Kind<Command> => ({
  weight,
  needs,
  atOnce,
  commands,
});
const basis = (...given: Parameters<typeof kind>): Kind<Command> => ({ ...kind(...given), isBasis: true });
const make = <C extends Command>(name: C['do'], rest: { [K in keyof Omit<C, 'do'>]: fc.Arbitrary<C[K]> }) =>
  fc.record({ do: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<C>;

/** What a sequence is made of. */
export const kinds: Readonly<Record<string, Kind<Command>>> = {
  send: basis(
    8,
    'write',
    make<Send>('send', {
      by,
      to: place,
      type,
      content: texts(1025),
      quotes: onceIn(2, recent),
      mentions: onceIn(4, fc.constant(true as const)),
      nulls: fc.boolean(),
    }),
  ),
  resend: kind(1, 'write', make<Resend>('resend', { by, back: recent })),
  list: kind(
    6,
    'read',
    make<List>('list', {
      by,
      of: place,
      limit,
      byUuid: fc.boolean(),
      upTo: fc.oneof(
        fc.constant('now' as const),
        fc.record({ back: recent, off: fc.constantFrom(0, 0, 0, -1, 1, 999, -1000) }),
      ),
    }),
  ),
  walk: kind(1, 'read', make<Walk>('walk', { by, of: place, limit }), false),
  hide: kind(
    3,
    'write',
    make<Hide>('hide', { by, back: recent, whose: fc.constantFrom('own', 'own', 'own', 'other') }),
  ),
  read: kind(3, 'write', make<Read>('read', { by, total: fc.constantFrom(1, 2, 10, 20, 50, 100, 1000) })),
  count: kind(4, 'read', make<Count>('unreadcount', { by })),
  stray: kind(
    2,
    'write',
    make<Stray>('stray', {
      by: fc.constantFrom('outsider', 'outsider', ...members),
      action: fc.constantFrom('list', 'send'),
      at: fc.constantFrom('channel', 'direct', 'nowhere'),
      byUuid: fc.boolean(),
    }),
  ),
  forge: kind(
    1,
    'write',
    make<Stray>('stray', {
      by: fc.constant(forger),
      action: fc.constantFrom('list', 'list', 'send', 'read', 'hide', 'unreadcount'),
      at: fc.constantFrom('channel', 'direct'),
      byUuid: fc.boolean(),
    }),
  ),
};

/** A sequence starts from what each user sees. */
export const prelude: readonly Command[] = members.map((actor) => ({ do: 'unreadcount', by: actor }));

/** Every view of every user: what is unread, the newest page, a walk by small pages, both places. */
export function views({ ids, sent }: State): Command[] {
  const places = [...new Set(sent.map(({ place }) => place))];
  const own = members.flatMap((actor): Command[] => [
    { do: 'unreadcount', by: actor },
    ...places.flatMap((of): Command[] => [
      { do: 'walk', by: actor, of, limit: 50 },
      { do: 'walk', by: actor, of, limit: 3 },
    ]),
  ]);
  const outsiders = places.map((at): Command => ({ do: 'stray', by: 'outsider', action: 'list', at, byUuid: false }));
  return [...own, ...(ids.outsider === undefined ? [] : outsiders)];
}

/** The next call of a command; `undefined` where it is done or has nothing to be about. */
export function next(state: State, command: Command, made: readonly Exchange[], turn: number): Call | undefined {
  if (command.do === 'walk') return walked(state, command, made);
  if (made.length > 0) return undefined;
  const { by: actor } = command;
  switch (command.do) {
    case 'send':
      return sent(state, command, turn);
    case 'resend':
      return resent(state, command);
    case 'list':
      return listed(state, command);
    case 'hide':
      return hidden(state, command);
    case 'read':
      // A total beyond what there is may be refused.
      return { actor, action: 'read', members: { channelUuid: state.channelUuid, total: command.total }, probe: true };
    case 'unreadcount':
      return { actor, action: 'unreadcount', members: {} };
    case 'stray':
      return strayed(state, command, turn);
  }
}

const placed = ({ channelUuid, ids }: State, actor: string, at: Place) =>
  at === 'channel' ? { channelUuid } : { toRelationId: ids[otherThan(actor)] };

/** A sendUuid that no other message has. */
const uuidOf = ({ nonce }: State, turn: number) => `${nonce}-${String(turn).padStart(4, '0')}`;

function sent(state: State, { by: actor, to, type, content, quotes, mentions, nulls }: Send, turn: number): Call {
  const quoted =
    quotes === undefined
      ? undefined
      : recently(
          state.sent.filter(({ place }) => place === to),
          quotes,
        );
  const members = {
    ...(nulls && { channelUuid: null, toRelationId: null }),
    ...placed(state, actor, to),
    type,
    content,
    sendUuid: uuidOf(state, turn),
    ...(quoted && { quoteId: quoted.id }),
    ...(mentions && { mentionedUser: [state.ids[otherThan(actor)]] }),
  };
  return { actor, action: 'send', members, probe: mayRefuse(members) };
}

function resent(state: State, { by: actor, back }: Resend): Call | undefined {
  const message = recently(
    state.sent.filter((each) => each.actor === actor),
    back,
  );
  if (message === undefined) return undefined;
  const { place, type, content, sendUuid, quoteId } = message;
  const members = { ...placed(state, actor, place), type, content, sendUuid, ...(quoteId && { quoteId }) };
  // A server may say that it has the message already.
  return { actor, action: 'send', members, probe: true };
}

/** Ahead of every clock, so that the page is the newest. */
const ahead = ({ startedAt, clockToleranceMs }: State) => String(startedAt + 3 * clockToleranceMs + 86_400_000);

/** The direct conversation by its channelUuid. That List knows it by that, no page says in so many words. */
const byUuidOf = ({ directUuid }: State, of: Place, byUuid: boolean) =>
  byUuid && of === 'direct' && directUuid !== undefined ? { channelUuid: directUuid } : undefined;

function listed(state: State, { by: actor, of, limit, upTo, byUuid }: List): Call | undefined {
  const uuid = byUuidOf(state, of, byUuid);
  const page = (maxCreateAt: string): Call => ({
    actor,
    action: 'list',
    members: { ...(uuid ?? placed(state, actor, of)), maxCreateAt, limit: String(limit) },
    ...(uuid && { probe: true }),
  });
  if (upTo === 'now') return page(ahead(state));
  const message: Sent | undefined = recently(
    state.sent.filter(({ place, createAt }) => place === of && createAt !== undefined),
    upTo.back,
  );
  return message?.createAt === undefined ? undefined : page(String(message.createAt + upTo.off));
}

/** Wider pages than this pass no second either. */
const widest = 400;
const mostPages = 60;

function walked(state: State, { by: actor, of, limit: small }: Walk, made: readonly Exchange[]): Call | undefined {
  const page = (maxCreateAt: string, limit: number): Call => ({
    actor,
    action: 'list',
    members: { ...placed(state, actor, of), maxCreateAt, limit: String(limit) },
  });
  const last = made.at(-1);
  if (!state.sent.some(({ place }) => place === of)) return undefined;
  if (last === undefined) return page(ahead(state), small);
  const asked = last.request.json as { maxCreateAt: string; limit: string };
  const times = objectsOf((last.response.json as { data?: unknown } | undefined)?.data).map(({ createAt }) =>
    Number(createAt),
  );
  const [oldest, limit] = [Math.min(...times), Number(asked.limit)];
  const start = earliest(state.startedAt, state.drift);
  const isLast = times.length < Math.min(limit, mostInFull) || (start !== undefined && oldest < start);
  if (isLast || made.length >= mostPages) return undefined;
  // Where a whole page has one createAt, only a wider one goes on.
  if (String(oldest) !== asked.maxCreateAt) return page(String(oldest), small);
  return times.length < limit || limit >= widest ? undefined : page(asked.maxCreateAt, Math.min(widest, 2 * limit));
}

function hidden(state: State, { by: actor, back, whose }: Hide): Call | undefined {
  const some = state.sent.filter((each) => (each.actor === actor) === (whose === 'own'));
  const message = recently(some, back);
  if (message === undefined) return undefined;
  const isFirst = message.hidden[actor] !== 'hidden';
  return { actor, action: 'hide', members: { id: message.id }, ...(whose === 'own' && isFirst ? {} : { probe: true }) };
}

function strayed(state: State, { by: actor, action, at, byUuid }: Stray, turn: number): Call | undefined {
  const isMember = members.some((name) => name === actor);
  if (actor === 'outsider' && state.ids.outsider === undefined) return undefined;
  if (isMember !== (at === 'nowhere')) return undefined;
  // Between the two, nobody else can even be named: the outsider asks for what is between the outsider and one of them.
  if (at === 'direct' && action === 'send' && actor === 'outsider') return undefined;
  const uuid = at === 'nowhere' ? undefined : byUuidOf(state, at, byUuid);
  const where = at === 'nowhere' ? { channelUuid: null, toRelationId: null } : (uuid ?? placed(state, 'member', at));
  const id = state.sent.findLast((message) => message.actor === 'member')?.id;
  const own: Record<RelationActionName, Record<string, unknown> | undefined> = {
    list: { ...(at !== 'nowhere' && where), maxCreateAt: ahead(state), limit: '10' },
    send: { ...where, type: 'TEXT', content: 'sent by somebody who must not', sendUuid: uuidOf(state, turn) },
    read: { channelUuid: state.channelUuid, total: 20 },
    hide: id === undefined ? undefined : { id },
    unreadcount: {},
  };
  const asked = own[action];
  return asked && { actor, action, members: asked, probe: true };
}
