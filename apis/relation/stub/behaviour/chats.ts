import type { ChatBehaviour } from '../call.js';

export const chats: ChatBehaviour = {
  chatsOf: ({ state }, { relationId }) =>
    [...state.channels.values()].filter(({ members, left, hiddenAt, messages }) => {
      const isHidden = (messages.at(-1)?.arrival ?? 0) <= (hiddenAt.get(relationId) ?? -1);
      return (members.has(relationId) || left.has(relationId)) && !isHidden;
    }),
  fits: (call, channel, user, keyword) => call.behaviour.nameOf(call, channel, user).includes(keyword),
  orderChats: (_call, all) =>
    all.toSorted((a, b) => (b.messages.at(-1)?.arrival ?? 0) - (a.messages.at(-1)?.arrival ?? 0)),
  // The cursor is the uuid of the chat before.
  behind: (_call, all, cursor) => all.slice(all.findIndex(({ uuid }) => uuid === cursor) + 1),
  showChats: (call, page, user, isLast) => ({
    cursor: isLast ? '' : (page.at(-1)?.uuid ?? ''),
    list: page.map((channel) => call.behaviour.showChat(call, channel, user)),
  }),

  showChat(call, channel, user) {
    const { behaviour } = call;
    const { relationId } = user;
    const last = behaviour.lastOf(call, channel, user);
    const unread = channel.members.has(relationId) ? behaviour.unreadIn(call, channel, user) : [];
    return {
      status: behaviour.statusOf(call, channel, user),
      channelUuid: channel.uuid,
      displayName: behaviour.nameOf(call, channel, user),
      channelIcon: '',
      channelType: channel.type,
      unreadMessageCount: unread.length,
      mentionsCount: unread.filter(({ mentioned }) => mentioned.includes(relationId)).length,
      lastMessageType: last?.type ?? null,
      lastMessageContent: last?.content ?? null,
      lastPostAt: last?.createAt ?? null,
      mute: channel.mutedBy.has(relationId),
      pin: channel.pinnedBy.has(relationId),
    };
  },
  nameOf({ state }, { type, name, members }, { relationId }) {
    const other = type === 'P' ? [...members].find((id) => id !== relationId) : undefined;
    return other === undefined ? name : (state.users.get(other)?.name ?? other);
  },
  statusOf(_call, { left, dismissed }, { relationId }) {
    const parting = left.get(relationId);
    if (parting !== undefined) return parting === 'left' ? 1 : 2;
    return dismissed ? 3 : 0;
  },
  lastOf: (_call, { messages }) => messages.at(-1),

  setFlag(_call, { pinnedBy, mutedBy }, { relationId }, flag, isOn) {
    const those = flag === 'pin' ? pinnedBy : mutedBy;
    if (isOn) those.add(relationId);
    else those.delete(relationId);
  },
  hideChat({ state }, { hiddenAt }, { relationId }) {
    hiddenAt.set(relationId, state.next());
  },
};
