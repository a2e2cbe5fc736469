/** What the model knows of groups that a sequence has made: who is in them, and what each call on them may answer. Pure. */
import type { Exchange } from '../../../src/exchange/index.js';
import { objectOf, objectsOf } from '../../../src/passive/json.js';
import { type RelationActionName, relationCodes, relationOutcome } from '../actions.js';
import { entriesIn, knownTypes } from './messages.js';
import type { GroupState, SentToGroup, State } from './state.js';

/** What a call on a group may answer. `undefined`: anything. */
export interface Expected {
  requirement: string;
  /** It is served. */
  served?: true;
  /** It is refused with this code; left out beside a refusal, with any. */
  code?: string;
}

/** The group that a call is about, by its id or that of one of its messages. */
export function groupAt({ groups }: State, asked: Readonly<Record<string, unknown>>): GroupState | undefined {
  const { channelUuid, id } = asked;
  return groups.find(({ uuid, sent }) => uuid === channelUuid || (id !== undefined && messageOf(sent, id)));
}

/** The message of this id. */
export function messageOf(sent: readonly SentToGroup[], id: unknown): SentToGroup | undefined {
  return sent.find((message) => message.id === id);
}

/** What a member has surely pinned and muted. */
export function flagsOf({ flags }: GroupState, actor: string): { pin?: boolean; mute?: boolean } {
  return flags[actor] ?? { pin: false, mute: false };
}

/** Actions that the admin alone may do, with their requirement for everybody else. */
const ruling: Partial<Record<RelationActionName, { own: string; others: string }>> = {
  removemembers: { own: 'RG-REMOVE-1', others: 'RG-REMOVE-2' },
  transferowner: { own: 'RG-OWNER-1', others: 'RG-OWNER-1' },
  disband: { own: 'RG-DISBAND-1', others: 'RG-DISBAND-1' },
  updateannouncement: { own: 'RG-NEWS-1', others: 'RG-NEWS-1' },
};

/** What a call of an actor on a group must answer. What the rulings leave open is `undefined`. */
export function expected(group: GroupState, actor: string, action: RelationActionName): Expected | undefined {
  const { dismissed, admin } = group;
  const isMember = actor in group.members;
  const parting = group.out[actor];
  const served = (requirement: string): Expected => ({ requirement, served: true });
  const rule = ruling[action];
  if (rule !== undefined) {
    if (dismissed) return undefined;
    if (actor === admin) return served(rule.own);
    const code = isMember && action !== 'updateannouncement' ? relationCodes.notAdmin : undefined;
    return { requirement: rule.others, ...(code && { code }) };
  }
  if (dismissed) {
    const isSeen = (action === 'info' || action === 'members') && isMember;
    return isSeen ? { requirement: 'RG-DISBAND-1', code: relationCodes.dismissed } : undefined;
  }
  if (action === 'join') {
    if (isMember) return { requirement: 'RG-JOIN-2', code: relationCodes.alreadyJoined };
    // Whether who was in it may come back, no page says.
    return parting === undefined ? served('RG-JOIN-1') : undefined;
  }
  if (isMember) return action === 'leave' && actor === admin ? undefined : served(servedAs[action] ?? 'RE-COM-2');
  return shutOut(action, parting);
}

/** The same of who is no member. */
function shutOut(action: RelationActionName, parting: 'removed' | 'left' | undefined): Expected | undefined {
  const requirement = parting === 'removed' ? 'RG-REMOVE-1' : parting === 'left' ? 'RG-LEAVE-1' : 'RG-STRANGER-1';
  if (action === 'info' || action === 'members') {
    const code = parting && (parting === 'removed' ? relationCodes.removed : relationCodes.left);
    return { requirement, ...(code && { code }) };
  }
  if (action === 'getannouncement') return parting === undefined ? { requirement } : undefined;
  if (action === 'list')
    return { requirement: parting === undefined ? 'RE-LIST-4' : requirement, code: relationCodes.denied };
  if (action === 'send')
    return { requirement: parting === undefined ? 'RE-SEND-3' : requirement, code: relationCodes.notMember };
  return undefined;
}

/** The requirement of an action that a documented call on it is served. */
export const servedAs: Partial<Record<string, string>> = {
  create: 'RG-CREATE-1',
  join: 'RG-JOIN-1',
  leave: 'RG-LEAVE-1',
  removemembers: 'RG-REMOVE-1',
  disband: 'RG-DISBAND-1',
  transferowner: 'RG-OWNER-1',
  info: 'RG-INFO-1',
  members: 'RG-CREATE-2',
  isadmin: 'RG-ADMIN-1',
  getannouncement: 'RG-NEWS-1',
  updateannouncement: 'RG-NEWS-1',
  chatslist: 'RG-CHATS-1',
  userinfo: 'RG-USER-1',
  pin: 'RG-CHATS-5',
  mute: 'RG-CHATS-5',
  chatshide: 'RG-CHATS-6',
  hide: 'RE-HIDE-1',
  read: 'RE-READ-1',
  list: 'RG-REMOVE-3',
  send: 'RG-JOIN-1',
};

const isServed = (exchange: Exchange) => relationOutcome(exchange) === 'served';

/** The groups after an answer. One about which something came that must not is forgotten: what it is then, nobody knows. */
export function groupsAfter(state: State, exchange: Exchange): readonly GroupState[] {
  const asked = objectOf(exchange.request.json) ?? {};
  const action = exchange.action as RelationActionName;
  if (action === 'create') return isServed(exchange) ? created(state, exchange, asked) : state.groups;
  if (action === 'chatslist') return isServed(exchange) ? counted(state, exchange) : state.groups;
  const group = groupAt(state, asked);
  if (group === undefined) return state.groups;
  const after = changed(state, group, exchange, asked);
  return state.groups.flatMap((each) => (each !== group ? [each] : after === undefined ? [] : [after]));
}

function created({ groups, ids }: State, { actor, response }: Exchange, asked: Record<string, unknown>) {
  const uuid = objectOf(objectOf(response.json)?.data)?.channelUuid;
  if (typeof uuid !== 'string' || groups.some((each) => each.uuid === uuid)) return groups;
  const named = Array.isArray(asked.members) ? asked.members : [];
  const actors = Object.keys(ids).filter((other) => other === actor || named.includes(ids[other]));
  const group: GroupState = {
    ...{ uuid, name: String(asked.name), admin: actor, dismissed: false, announcement: '', pinAnnouncement: false },
    ...{
      out: {},
      flags: {},
      away: {},
      fresh: {},
      most: {},
      counted: {},
      shown: {},
      sent: [],
      refused: [],
      because: 'RG-CREATE-2',
    },
    members: Object.fromEntries(actors.map((other) => [other, 0])),
  };
  return [...groups, group];
}

/** The groups with the unreadMessageCount of the caller, where it is as it must be. */
function counted({ groups }: State, { actor, response }: Exchange): readonly GroupState[] {
  const chats = new Map(
    objectsOf(objectOf(objectOf(response.json)?.data)?.list).map((chat) => [chat.channelUuid, chat.unreadMessageCount]),
  );
  const now = groups.map((group) => {
    const count = Number(chats.get(group.uuid) ?? Number.NaN);
    const isRight = count >= (group.fresh[actor] ?? 0) && count <= (group.most[actor] ?? count);
    if (!isRight || count === group.counted[actor]) return group;
    return { ...group, counted: { ...group.counted, [actor]: count } };
  });
  return now.every((group, i) => group === groups[i]) ? groups : now;
}

function changed(
  { ids }: State,
  group: GroupState,
  exchange: Exchange,
  asked: Record<string, unknown>,
): GroupState | undefined {
  const { actor } = exchange;
  const action = exchange.action as RelationActionName;
  const must = expected(group, actor, action);
  const sendUuid = String(asked.sendUuid);
  if (!isServed(exchange)) return action === 'send' ? { ...group, refused: [...group.refused, sendUuid] } : group;
  const { last: _last, ...quiet } = stirred(group, actor, action);
  const comesBack = action === 'join' && must === undefined && group.out[actor] === 'left' && !group.dismissed;
  if (must?.served === undefined && !comesBack) {
    // A Join that may be refused, or what must be.
    const isOpen =
      must === undefined && (action === 'isadmin' || action === 'getannouncement' || action === 'chatslist');
    return isOpen ? group : undefined;
  }
  switch (action) {
    case 'join':
      return {
        ...quiet,
        members: { ...group.members, [actor]: group.sent.length },
        out: without(group.out, actor),
        ...(comesBack && { flags: { ...group.flags, [actor]: keptOf(flagsOf(group, actor)) } }),
        ...(actor in group.away && { away: { ...group.away, [actor]: 'perhaps' } }),
        because: 'RG-JOIN-1',
      };
    case 'leave':
      return parted(quiet, actor, 'left');
    case 'removemembers': {
      const gone = Object.keys(group.members).find((name) => (asked.members as unknown[]).includes(ids[name])) ?? '';
      return parted(quiet, gone, 'removed');
    }
    case 'transferowner':
      return {
        ...quiet,
        admin: Object.keys(ids).find((name) => ids[name] === asked.relationId) ?? '',
        because: 'RG-OWNER-1',
      };
    case 'disband':
      return { ...quiet, dismissed: true };
    case 'updateannouncement': {
      const { announcement, pinAnnouncement } = asked;
      return { ...quiet, announcement: String(announcement), pinAnnouncement: pinAnnouncement === true };
    }
    case 'pin':
    case 'mute': {
      const own = { ...flagsOf(group, actor), [action]: asked[action] === true };
      return { ...stirred(group, actor, action), flags: { ...group.flags, [actor]: own } };
    }
    case 'chatshide':
      return { ...group, away: { ...group.away, [actor]: 'hidden' } };
    case 'hide':
      return {
        ...quiet,
        sent: group.sent.map((each) => (each.id === asked.id ? { ...each, hidden: true } : each)),
        // What is hidden may count no more.
        fresh: {},
        shown: {},
      };
    case 'list':
      return wasListed(group, actor, entriesIn(exchange).length);
    case 'read':
      return wasRead(group, actor, objectOf(exchange.response.json)?.data);
    case 'send': {
      const id = objectOf(objectOf(exchange.response.json)?.data)?.id;
      const { type, content, quoteId } = asked;
      if (typeof id !== 'string') return undefined;
      return sentTo(quiet, {
        ...{ id, actor, type: String(type), content: String(content), sendUuid },
        ...(typeof quoteId === 'string' && { quoteId }),
      });
    }
    default:
      return group;
  }
}

/** What is set may be kept from one stay to the next or not, for no page says; what is not set stays so. */
function keptOf({ pin, mute }: { pin?: boolean; mute?: boolean }): { pin?: false; mute?: false } {
  return { ...(pin === false && { pin }), ...(mute === false && { mute }) };
}

function without<T>(record: Readonly<Record<string, T>>, gone: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== gone));
}

/** Actions that a server may tell the members of by a message of its own. */
const silent: readonly RelationActionName[] = ['pin', 'mute', 'hide'];

/** A group in which somebody has done something: who had hidden it may have it back, and what was counted may be more. */
function stirred(group: GroupState, actor: string, action: RelationActionName): GroupState {
  const isTold = !silent.includes(action);
  const away = Object.entries(group.away).map(([name, how]) => {
    const isOpen = how === 'hidden' && (isTold || name === actor);
    return [name, isOpen ? ('perhaps' as const) : how];
  });
  return { ...group, away: Object.fromEntries(away), ...(isTold && { most: {} }), counted: {} };
}

function parted(group: GroupState, gone: string, how: 'removed' | 'left'): GroupState {
  const because = how === 'left' ? 'RG-LEAVE-1' : 'RG-REMOVE-1';
  const members = without(group.members, gone);
  return {
    ...group,
    members,
    out: { ...group.out, [gone]: how },
    fresh: without(group.fresh, gone),
    shown: {},
    because,
  };
}

function wasListed(group: GroupState, actor: string, length: number): GroupState {
  return {
    ...group,
    // A server may take what was listed for read.
    fresh: without(group.fresh, actor),
    counted: without(group.counted, actor),
    shown: { ...group.shown, [actor]: Math.max(length, group.shown[actor] ?? 0) },
  };
}

function wasRead(group: GroupState, actor: string, data: unknown): GroupState {
  const known = group.counted[actor];
  const fell = data === 1 && known !== undefined && known > 0 && (group.fresh[actor] ?? 0) > 0;
  return {
    ...group,
    fresh: without(group.fresh, actor),
    counted: without(group.counted, actor),
    most: fell ? { ...group.most, [actor]: known - 1 } : without(group.most, actor),
  };
}

/** A message is new to the others, and brings the chat back to them. */
function sentTo(group: GroupState, message: SentToGroup): GroupState {
  const { actor } = message;
  const others = Object.keys(group.members).filter((name) => name !== actor);
  const isPlain = knownTypes.includes(message.type);
  const counts = others.map((name) => [name, (group.fresh[name] ?? 0) + 1] as const);
  const back = others.filter((name) => name in group.away).map((name) => [name, 'back'] as const);
  return {
    ...group,
    // A server may take what the sender had not read for read.
    fresh: isPlain ? Object.fromEntries(counts) : without(group.fresh, actor),
    ...(isPlain && { away: { ...group.away, ...Object.fromEntries(back) } }),
    sent: [...group.sent, message],
    last: message,
  };
}
