/** What the model knows of groups that a sequence has made: who is in them, and what each call on them may answer. Pure. */
import type { Exchange } from '../../../src/exchange/index.js';
import { objectOf } from '../../../src/passive/json.js';
import { type RelationActionName, relationCodes, relationOutcome } from '../actions.js';
import type { GroupState, State } from './state.js';

/** What a call on a group may answer. `undefined`: anything. */
export interface Expected {
  requirement: string;
  /** It is served. */
  served?: true;
  /** It is refused with this code; left out beside a refusal, with any. */
  code?: string;
}

/** The group that a call is about. */
export function groupAt({ groups }: State, asked: Readonly<Record<string, unknown>>): GroupState | undefined {
  return groups.find(({ uuid }) => uuid === asked.channelUuid);
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
  pin: 'RG-CHATS-5',
  mute: 'RG-CHATS-5',
  list: 'RG-REMOVE-3',
  send: 'RG-JOIN-1',
};

const isServed = (exchange: Exchange) => relationOutcome(exchange) === 'served';

/** The groups after an answer. One about which something came that must not is forgotten: what it is then, nobody knows. */
export function groupsAfter(state: State, exchange: Exchange): readonly GroupState[] {
  const asked = objectOf(exchange.request.json) ?? {};
  const action = exchange.action as RelationActionName;
  if (action === 'create') return isServed(exchange) ? created(state, exchange, asked) : state.groups;
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
    ...{ out: {}, flags: {}, sent: [], refused: [], because: 'RG-CREATE-2' },
    members: Object.fromEntries(actors.map((other) => [other, 0])),
  };
  return [...groups, group];
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
  if (must?.served === undefined) {
    // A Join that may be refused, or what must be.
    const isOpen =
      must === undefined && (action === 'isadmin' || action === 'getannouncement' || action === 'chatslist');
    return isOpen ? group : undefined;
  }
  const { last: _last, ...quiet } = group;
  const without = (other: string) =>
    Object.fromEntries(Object.entries(group.members).filter(([name]) => name !== other));
  switch (action) {
    case 'join':
      return { ...quiet, members: { ...group.members, [actor]: group.sent.length }, because: 'RG-JOIN-1' };
    case 'leave':
      return { ...quiet, members: without(actor), out: { ...group.out, [actor]: 'left' }, because: 'RG-LEAVE-1' };
    case 'removemembers': {
      const gone = Object.keys(group.members).find((name) => (asked.members as unknown[]).includes(ids[name])) ?? '';
      return { ...quiet, members: without(gone), out: { ...group.out, [gone]: 'removed' }, because: 'RG-REMOVE-1' };
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
      const own = { pin: false, mute: false, ...group.flags[actor], [action]: asked[action] === true };
      return { ...group, flags: { ...group.flags, [actor]: own } };
    }
    case 'send': {
      const id = objectOf(objectOf(exchange.response.json)?.data)?.id;
      if (typeof id !== 'string') return group;
      const content = String(asked.content);
      return { ...group, sent: [...group.sent, { id, content, sendUuid }], last: content };
    }
    default:
      return group;
  }
}
