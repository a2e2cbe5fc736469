import type { Exchange } from '../../../src/exchange/index.js';
import type { Call } from '../../../src/explore/model.js';
import { recently } from '../../../src/explore/values.js';
import { mostInFull } from './advance.js';
import type {
  Actor,
  Aside,
  Command,
  Create,
  Hide,
  List,
  OnGroup,
  Read,
  Resend,
  Search,
  Send,
  Stray,
  Walk,
} from './commands.js';
import { expected } from './groups.js';
import { entriesIn, mayRefuse } from './messages.js';
import { earliest, type GroupState, members, otherThan, type Place, type Sent, type State, walkOf } from './state.js';

/** The next call of a command; `undefined` where it is done or has nothing to be about. */
export function next(state: State, command: Command, made: readonly Exchange[], turn: number): Call | undefined {
  if (command.do === 'walk') return walked(state, command, made);
  if (command.do === 'group') return inGroup(state, command, made, turn);
  if (command.do === 'search') return searched(state, command, made);
  if (made.length > 0) return undefined;
  const { by: actor } = command;
  switch (command.do) {
    case 'create':
      return created(state, command, turn);
    case 'send':
      return sent(state, command, turn);
    case 'resend':
      return resent(state, command);
    case 'list':
      return listed(state, command);
    case 'hide':
      return hidden(state, command);
    case 'aside':
      return aside(state, command, turn);
    case 'read':
      return readIn(state, command);
    case 'unreadcount':
      return { actor, action: 'unreadcount', members: {} };
    case 'chats':
      return asked(state, actor, 'chatslist', { limit: '50' });
    case 'who':
      return asked(state, actor, 'userinfo', command.of === undefined ? {} : { address: state.ids[command.of] });
    case 'stray':
      return strayed(state, command, turn);
  }
}

/** A question that servers with groups answer. */
function asked({ hasGroups, ids }: State, actor: string, action: string, members: Record<string, unknown>) {
  const isNobody = ids[actor] === undefined || ('address' in members && members.address === undefined);
  return hasGroups && !isNobody ? { actor, action, members } : undefined;
}

const placed = ({ channelUuid, ids }: State, actor: string, at: Place) =>
  at === 'channel' ? { channelUuid } : { toRelationId: ids[otherThan(actor)] };

function readIn({ channelUuid, directUuid }: State, { by: actor, total, of }: Read): Call | undefined {
  const uuid = of === 'direct' ? directUuid : channelUuid;
  // A total beyond what there is may be refused.
  return uuid === undefined ? undefined : { actor, action: 'read', members: { channelUuid: uuid, total }, probe: true };
}

/** A sendUuid that no other message has. */
const uuidOf = ({ nonce }: State, turn: number) => `${nonce}-${String(turn).padStart(4, '0')}`;

function sent(
  state: State,
  { by: actor, to, type, content, quotes, across, mentions, nulls }: Send,
  turn: number,
): Call {
  const quoted =
    quotes === undefined
      ? undefined
      : recently(
          state.sent.filter(({ place }) => across || place === to),
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
  // Whether a message of another place can be quoted, no page says.
  const isAcross = quoted !== undefined && quoted.place !== to;
  return { actor, action: 'send', members, probe: isAcross || mayRefuse(members) };
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

function created(
  { hasGroups, ids, nonce, groups }: State,
  { by: actor, with: others, alike }: Create,
  turn: number,
): Call | undefined {
  if (!hasGroups) return undefined;
  const named = others.flatMap((other) => ids[other] ?? []);
  const namesake = alike === undefined ? undefined : recently(groups, alike);
  const name = namesake?.name ?? `${nameOf(nonce)} ${turn}`;
  // Whether somebody has to be named, and whether two groups may have one name, no page says.
  return {
    actor,
    action: 'create',
    members: { name, type: 'G', members: named },
    ...((named.length === 0 || namesake) && { probe: true }),
  };
}

/** What the names of the groups of a sequence begin with. */
const nameOf = (nonce: string) => `conformance check ${nonce.slice(-12)}`;

/** A message to somebody else than the other one of the two: it shows in neither place. */
function aside(state: State, { by: actor, content }: Aside, turn: number): Call | undefined {
  const { outsider } = state.ids;
  if (outsider === undefined) return undefined;
  const members = { toRelationId: outsider, type: 'TEXT', content, sendUuid: uuidOf(state, turn) };
  return { actor, action: 'send', members, probe: true };
}

const mostPagesOfSearch = 12;

/** Follows the cursor of Chats / List through the groups of the sequence. */
function searched(state: State, { by: actor, limit }: Search, made: readonly Exchange[]): Call | undefined {
  if (state.groups.length === 0 || state.ids[actor] === undefined || made.length >= mostPagesOfSearch) return undefined;
  const next = made.length === 0 ? undefined : state.searches[actor]?.next;
  if (made.length > 0 && next === undefined) return undefined;
  const members = { keyword: nameOf(state.nonce), limit: String(limit), ...(next !== undefined && { cursor: next }) };
  return { actor, action: 'chatslist', members };
}

/** One call on a group. */
type OnAction = OnGroup & { action: Exclude<OnGroup['action'], 'return'> };

/** Where there is no group yet, one is made first. */
function inGroup(state: State, command: OnGroup, made: readonly Exchange[], turn: number): Call | undefined {
  const { whom, isOn } = command;
  const others = (isOn ? [whom, 'peer'] : [whom]).filter((name): name is Actor => name !== 'member');
  if (state.groups.length === 0 && made.length === 0)
    return created(state, { do: 'create', by: 'member', with: [...new Set(others)] }, turn);
  const last = made.at(-1);
  const isFirst = last === undefined || last.action === 'create';
  const { action } = command;
  if (action === 'return') {
    if (isFirst) return onGroup(state, { ...command, action: 'leave' }, turn);
    const by = last.actor as Actor;
    return last.action === 'leave' ? onGroup(state, { ...command, action: 'join', by }, turn) : undefined;
  }
  const one = { ...command, action };
  if (isFirst) return onGroup(state, one, turn);
  if (action === 'chatshide' && last.action === action && isOn)
    return onGroup(state, { ...one, action: 'send', by: 'fitting', whom: otherThan(last.actor) }, turn);
  // Read counts what is there, and a page of just so many shows where one is left out.
  const counts = action === 'read' || (action === 'list' && command.limit === 'all');
  const isCounted = made.filter((each) => each.action === 'list').length === 1;
  return counts && isCounted && last.action === 'list' ? onGroup(state, one, turn, last) : undefined;
}

/** Who may do something to a group, as documented: the admin, for Join who is not in it, for Leave another than the admin, else any member. */
function fitting({ ids }: State, { admin, members: inside, out }: GroupState, action: OnGroup['action'], named: Actor) {
  if (['removemembers', 'transferowner', 'disband', 'updateannouncement'].includes(action)) return admin;
  const all = ['member', 'peer', 'outsider'].filter((name) => ids[name] !== undefined);
  const may = all.filter((name) => {
    if (action === 'join') return !(name in inside) && out[name] !== 'removed';
    return name in inside && (action !== 'leave' || name !== admin);
  });
  return may.includes(named) ? named : (may[0] ?? named);
}

function onGroup(state: State, command: OnAction, turn: number, shown?: Exchange): Call | undefined {
  const { action, by, back, whom: named, text, isOn, type = 'TEXT', message, limit = mostInFull } = command;
  // Mostly one that lives.
  const alive = state.groups.filter(({ dismissed }) => !dismissed);
  const group = recently(alive.length > 0 && back % 5 < 4 ? alive : state.groups, back);
  if (group === undefined) return undefined;
  const { uuid: channelUuid, admin, members: inside } = group;
  const others = Object.keys(inside).filter((name) => name !== admin);
  const whom = others.includes(named) ? named : (others[0] ?? named);
  const gone = Object.keys(group.out).find((name) => !(name in inside));
  const actor = by === 'fitting' ? fitting(state, group, action, named) : by === 'gone' ? gone : by;
  if (actor === undefined || state.ids[actor] === undefined) return undefined;
  const other = state.ids[whom];
  const isInside = actor in inside && !group.dismissed;
  // What becomes of a group whose admin goes, and of who is no member, no page says.
  if (action === 'leave' && (actor === admin || !isInside)) return undefined;
  if ((action === 'hide' || action === 'read' || action === 'chatshide') && !isInside) return undefined;
  // What was sent before the actor came, or was hidden, a server need not know for the actor.
  const known = group.sent.slice(inside[actor] ?? 0).filter(({ hidden }) => !hidden);
  const own = known.filter((each) => each.actor === actor);
  const subject = message === undefined ? undefined : recently(action === 'hide' ? own : known, message);
  if (action === 'hide') return subject && { actor, action, members: { id: subject.id } };
  const isAboutSomebody = action === 'removemembers' || action === 'transferowner';
  if (isAboutSomebody && (whom === admin || !(whom in inside) || other === undefined)) return undefined;
  const of: Partial<Record<OnGroup['action'], object>> = {
    removemembers: { members: [other] },
    transferowner: { relationId: other },
    updateannouncement: { announcement: text, pinAnnouncement: isOn },
    pin: { pin: isOn },
    mute: { mute: isOn },
    list: { maxCreateAt: ahead(state), limit: String(limit === 'all' ? entriesIn(shown).length || mostInFull : limit) },
    send: {
      ...{ type, content: text, sendUuid: uuidOf(state, turn) },
      ...(subject && { quoteId: subject.id }),
      ...(isOn && whom in inside && whom !== actor && { mentionedUser: [other] }),
    },
  };
  if (action === 'read') return read(state, group, actor, shown);
  if (action === 'chatslist') return { actor, action, members: { limit: '50' } };
  const members = { channelUuid, ...of[action] };
  const isSure = expected(group, actor, action)?.served && !mayRefuse(members);
  return { actor, action, members, ...(!isSure && { probe: true }) };
}

/** No page says what the `total` of Read counts. So many messages as somebody else is shown of the group are enough. */
function read(state: State, group: GroupState, actor: string, shown: Exchange | undefined): Call | undefined {
  const { uuid: channelUuid, members: inside } = group;
  const other = Object.keys(inside).find((name) => name !== actor);
  if (shown !== undefined) {
    return { actor, action: 'read', members: { channelUuid, total: entriesIn(shown).length }, probe: true };
  }
  const members = { channelUuid, maxCreateAt: ahead(state), limit: String(mostInFull) };
  return other === undefined ? undefined : { actor: other, action: 'list', members };
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
  const times = entriesIn(last).map(({ createAt }) => Number(createAt));
  const [oldest, limit] = [Math.min(...times), Number(asked.limit)];
  const start = earliest(state.startedAt, state.drift);
  const isLast = times.length < Math.min(limit, mostInFull) || (start !== undefined && oldest < start);
  const walk = state.walks[walkOf(actor, of)];
  const isMet = walk?.wanted.every((id) => walk.ids.includes(id));
  if (isLast || isMet || made.length >= mostPages) return undefined;
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
  const own: Record<Stray['action'], Record<string, unknown> | undefined> = {
    list: { ...(at !== 'nowhere' && where), maxCreateAt: ahead(state), limit: '10' },
    send: { ...where, type: 'TEXT', content: 'sent by somebody who must not', sendUuid: uuidOf(state, turn) },
    read: { channelUuid: state.channelUuid, total: 20 },
    hide: id === undefined ? undefined : { id },
    unreadcount: {},
  };
  const asked = own[action];
  return asked && { actor, action, members: asked, probe: true };
}
