import { md5 } from '../../../../src/stub/random.js';
import type { GroupBehaviour } from '../call.js';
import { type Channel, newChannel, Refusal, type User } from '../model.js';

export const groups: GroupBehaviour = {
  readGroup({ members: asked }) {
    const { name, type, members } = asked;
    if (typeof name !== 'string' || name === '') throw new Refusal('input', 'name is missing');
    if (!Array.isArray(members) || members.some((each) => typeof each !== 'string'))
      throw new Refusal('input', 'members is no array of relationIds');
    if (typeof type !== 'string') throw new Refusal('input', 'type is missing');
    if (type !== 'G' && type !== 'P') throw new Refusal('type', 'group type error');
    return { name, type, named: members };
  },
  newUuid: ({ state }) => md5(`group ${state.seed} ${state.next()}`),
  firstMembers({ state }, { relationId }, { type, named }) {
    const others = named.filter((id) => id !== relationId && state.users.has(id));
    if (type === 'P' && others.length === 0) throw new Refusal('input', 'nobody to talk to is named');
    return [relationId, ...(type === 'P' ? others.slice(0, 1) : others)];
  },
  open(call, user, draft) {
    const { behaviour, state } = call;
    const members = behaviour.firstMembers(call, user, draft);
    const { name, type } = draft;
    const channel = newChannel({ uuid: behaviour.newUuid(call), name, type, admin: user.relationId }, members);
    state.channels.set(channel.uuid, channel);
    return channel;
  },
  tellOpened(call, channel, { name }) {
    const { behaviour, state } = call;
    const system: User = { relationId: behaviour.systemId(channel.uuid), token: '', name: null, avatar: null };
    const content = `${name ?? 'somebody'} created Group ${channel.name}`;
    behaviour.store(call, channel, system, { type: 'SYS', content, sendUuid: `sys-${state.next()}`, mentioned: [] });
  },

  groupOf(call) {
    const { channelUuid } = call.members;
    if (typeof channelUuid !== 'string' || channelUuid === '') throw new Refusal('input', 'channelUuid is missing');
    const channel = call.state.channels.get(channelUuid);
    if (channel === undefined) throw new Refusal('no-member', 'no such channel');
    return channel;
  },
  authoriseSeeing(_call, channel, user) {
    refuseWhoIsOut(channel, user);
    if (!channel.members.has(user.relationId)) throw new Refusal('denied', 'permission denied');
  },
  authoriseNews(_call, channel, user) {
    if (channel.dismissed || !channel.members.has(user.relationId))
      throw new Refusal('no-member', 'not a member of this group');
  },
  authoriseRuling(_call, channel, user) {
    if (channel.admin !== user.relationId) throw new Refusal('not-admin', 'not the admin of this channel');
    refuseWhoIsOut(channel, user);
  },
  authoriseJoining(_call, channel, user) {
    if (channel.type === 'P') throw new Refusal('pair', 'the current group type is not supported');
    if (channel.dismissed) throw new Refusal('dismissed', 'chat has been dismissed');
    if (channel.members.has(user.relationId)) throw new Refusal('joined', 'already joined');
    if (!channel.openAccess || channel.left.get(user.relationId) === 'removed')
      throw new Refusal('denied', 'permission denied');
  },
  authoriseParting(_call, { type }) {
    if (type === 'P') throw new Refusal('pair', 'the current group type is not supported');
  },

  enter(_call, channel, relationId) {
    channel.members.add(relationId);
    channel.left.delete(relationId);
  },
  part(_call, channel, relationId, how) {
    channel.members.delete(relationId);
    channel.left.set(relationId, how);
    const [heir] = channel.members;
    if (channel.admin === relationId) channel.admin = heir ?? '';
  },
  dismiss(_call, channel) {
    channel.dismissed = true;
  },
  crown(_call, channel, relationId) {
    channel.admin = relationId;
  },
  setNews(_call, channel, announcement, pinAnnouncement) {
    Object.assign(channel, { announcement, pinAnnouncement });
  },

  isAdmin: (_call, { admin }, relationId) => admin === relationId,
  showGroup(call, channel, { relationId }) {
    const { uuid, name, announcement, pinAnnouncement, openAccess, type, pinnedBy, mutedBy } = channel;
    return {
      ...{ uuid, name, icon: '', announcement, pinAnnouncement, openAccess, type },
      members: call.behaviour.showMembers(call, channel),
      mute: mutedBy.has(relationId),
      pin: pinnedBy.has(relationId),
    };
  },
  showMembers: (call, channel) =>
    [...channel.members].map((relationId) => {
      const { name, avatar } = call.state.users.get(relationId) ?? {};
      const isAdmin = call.behaviour.isAdmin(call, channel, relationId);
      return { relationId, name: name ?? '', avatar: avatar ?? '', isAdmin };
    }),
  showNews: (_call, { announcement, pinAnnouncement }) => ({ announcement, pinAnnouncement }),
};

function refuseWhoIsOut({ dismissed, left, members }: Channel, { relationId }: User): void {
  const parting = left.get(relationId);
  if (parting === 'removed') throw new Refusal('removed', 'You have been removed from the chat');
  if (parting === 'left') throw new Refusal('left', 'You have left the group chat');
  if (dismissed && members.has(relationId)) throw new Refusal('dismissed', 'Chat has been dismissed');
}
