import { type RelationActionName, relationActions } from '../actions.js';
import type { Call } from './call.js';
import { type Channel, Refusal, type RelationAction, type User } from './model.js';

/** What an action does; gives the `data` of its answer. */
export type ActionOf = (call: Call, caller: User) => unknown;

/** All actions, by the names that their files bear. */
export const actions: Record<RelationAction, ActionOf> = {
  list(call, caller) {
    const { behaviour } = call;
    behaviour.checkReceiver(call);
    const [maxCreateAt, limit] = [behaviour.readMaxCreateAt(call), behaviour.readLimit(call)];
    const channel = behaviour.channelOf(call, caller);
    behaviour.authoriseReading(call, channel, caller);
    const ordered = behaviour.order(call, behaviour.messagesOf(call, channel, caller));
    return behaviour.page(call, ordered, maxCreateAt, limit).map((message) => behaviour.showMessage(call, message));
  },
  send(call, caller) {
    const { behaviour } = call;
    behaviour.checkReceiver(call);
    const draft = behaviour.readDraft(call);
    const channel = behaviour.channelOf(call, caller);
    behaviour.authoriseSending(call, channel, caller);
    return behaviour.showSent(call, behaviour.store(call, channel, caller, draft));
  },
  read(call, caller) {
    const { behaviour } = call;
    behaviour.checkReceiver(call);
    const total = behaviour.readTotal(call);
    const channel = behaviour.channelOf(call, caller);
    behaviour.authoriseReading(call, channel, caller);
    return behaviour.markRead(call, channel, caller, total);
  },
  hide(call, caller) {
    const { behaviour } = call;
    const message = behaviour.messageOf(call, caller);
    behaviour.authoriseHiding(call, message, caller);
    behaviour.hide(call, message, caller);
    return null;
  },
  unreadcount: (call, caller) => call.behaviour.countUnread(call, caller),
  auth(call, caller) {
    if (typeof call.members.inviteCode !== 'string') throw new Refusal('input', 'inviteCode is missing');
    return { token: call.behaviour.newToken(call, caller) };
  },
  userinfo: (call, caller) => call.behaviour.showUser(call, call.behaviour.userAsked(call, caller)),
  create(call, caller) {
    const { behaviour } = call;
    const channel = behaviour.open(call, caller, behaviour.readGroup(call));
    behaviour.tellOpened(call, channel, caller);
    return { channelUuid: channel.uuid };
  },
  join: withGroup((call, channel, caller) => {
    call.behaviour.authoriseJoining(call, channel, caller);
    call.behaviour.enter(call, channel, caller.relationId);
  }),
  removemembers: withGroup((call, channel, caller) => {
    const { members } = call.members;
    if (!Array.isArray(members) || members.some((each) => typeof each !== 'string'))
      throw new Refusal('input', 'members is no array of relationIds');
    call.behaviour.authoriseRuling(call, channel, caller);
    call.behaviour.authoriseParting(call, channel, caller);
    for (const relationId of members)
      if (channel.members.has(relationId) && relationId !== channel.admin)
        call.behaviour.part(call, channel, relationId, 'removed');
  }),
  leave: withGroup((call, channel, caller) => {
    call.behaviour.authoriseSeeing(call, channel, caller);
    call.behaviour.authoriseParting(call, channel, caller);
    call.behaviour.part(call, channel, caller.relationId, 'left');
  }),
  disband: withGroup((call, channel, caller) => {
    call.behaviour.authoriseRuling(call, channel, caller);
    call.behaviour.authoriseParting(call, channel, caller);
    call.behaviour.dismiss(call, channel);
  }),
  transferowner: withGroup((call, channel, caller) => {
    const { relationId } = call.members;
    call.behaviour.authoriseRuling(call, channel, caller);
    if (typeof relationId !== 'string' || !channel.members.has(relationId))
      throw new Refusal('input', 'relationId is no member');
    call.behaviour.crown(call, channel, relationId);
  }),
  info: withGroup((call, channel, caller) => {
    call.behaviour.authoriseSeeing(call, channel, caller);
    return call.behaviour.showGroup(call, channel, caller);
  }),
  members: withGroup((call, channel, caller) => {
    call.behaviour.authoriseSeeing(call, channel, caller);
    return call.behaviour.showMembers(call, channel);
  }),
  isadmin: withGroup((call, channel, caller) => {
    call.behaviour.authoriseSeeing(call, channel, caller);
    return call.behaviour.isAdmin(call, channel, caller.relationId);
  }),
  getannouncement: withGroup((call, channel, caller) => {
    call.behaviour.authoriseNews(call, channel, caller);
    return call.behaviour.showNews(call, channel);
  }),
  updateannouncement: withGroup((call, channel, caller) => {
    const { announcement, pinAnnouncement } = call.members;
    if (typeof announcement !== 'string' || typeof pinAnnouncement !== 'boolean')
      throw new Refusal('input', 'announcement or pinAnnouncement is missing');
    call.behaviour.authoriseRuling(call, channel, caller);
    call.behaviour.setNews(call, channel, announcement, pinAnnouncement);
  }),
  chatslist(call, caller) {
    const { behaviour } = call;
    const { keyword = '', cursor = '' } = call.members;
    const limit = behaviour.readLimit(call);
    const chats = behaviour.chatsOf(call, caller);
    const fitting = chats.filter((chat) => behaviour.fits(call, chat, caller, String(keyword)));
    const rest = behaviour.behind(call, behaviour.orderChats(call, fitting), String(cursor));
    return behaviour.showChats(call, rest.slice(0, limit), caller, rest.length <= limit);
  },
  pin: flagged('pin'),
  mute: flagged('mute'),
  chatshide: withGroup((call, channel, caller) => {
    authoriseKeeping(channel, caller);
    call.behaviour.hideChat(call, channel, caller);
  }),
  follow: (call, caller) => followed(call, caller, true),
  unfollow: (call, caller) => followed(call, caller, false),
};

/** An action on the group that `channelUuid` names. What gives nothing answers null. */
function withGroup(run: (call: Call, channel: Channel, caller: User) => unknown): ActionOf {
  return (call, caller) => run(call, call.behaviour.groupOf(call), caller) ?? null;
}

function flagged(flag: 'pin' | 'mute'): ActionOf {
  return withGroup((call, channel, caller) => {
    const value = call.members[flag];
    if (typeof value === 'object' || !['true', 'false'].includes(String(value)))
      throw new Refusal('input', `${flag} is neither true nor false`);
    authoriseKeeping(channel, caller);
    call.behaviour.setFlag(call, channel, caller, flag, String(value) === 'true');
  });
}

/** Only who has a chat may do something to it. */
function authoriseKeeping({ members, left }: Channel, { relationId }: User): void {
  if (!members.has(relationId) && !left.has(relationId)) throw new Refusal('no-member', 'no such chat');
}

function followed(call: Call, caller: User, isOn: boolean): null {
  const { address } = call.members;
  if (typeof address !== 'string' || address === '') throw new Refusal('input', 'address is missing');
  const other = call.behaviour.userAsked(call, caller);
  if (other === caller) throw new Refusal('field', 'nobody follows oneself');
  call.behaviour.setFollow(call, caller, other, isOn);
  return null;
}

/** The action that a method and a path pick. */
export function actionOf(method: string, path: string): RelationAction | undefined {
  const names = Object.keys(relationActions) as RelationActionName[];
  return names.find((name) => relationActions[name].method === method && path.endsWith(relationActions[name].path));
}
