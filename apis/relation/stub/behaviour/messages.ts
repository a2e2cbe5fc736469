import type { MessageBehaviour } from '../call.js';
import type { Message } from '../model.js';

export const messages: MessageBehaviour = {
  store(call, channel, sender, draft) {
    const known = channel.messages.find(
      ({ from, sendUuid }) => from === sender.relationId && sendUuid === draft.sendUuid,
    );
    if (known !== undefined) return known;
    const { behaviour, state } = call;
    const arrivedAt = behaviour.now(call);
    const arrival = state.next();
    const message: Message = {
      ...draft,
      id: behaviour.newId(arrivedAt, arrival),
      channelUuid: channel.uuid,
      createAt: behaviour.createAt(state, arrivedAt),
      arrivedAt,
      arrival,
      from: sender.relationId,
      hiddenBy: new Set(),
    };
    channel.messages.push(message);
    return message;
  },

  showSent: (_call, { channelUuid, id }) => ({ channelUuid, id }),

  messagesOf: (_call, channel, user) => channel.messages.filter(({ hiddenBy }) => !hiddenBy.has(user.relationId)),
  order: (_call, all) => [...all].sort((a, b) => b.createAt - a.createAt || b.arrival - a.arrival),
  isWithin: (_call, { createAt }, maxCreateAt) => createAt <= maxCreateAt,
  page: (call, ordered, maxCreateAt, limit) =>
    ordered.filter((message) => call.behaviour.isWithin(call, message, maxCreateAt)).slice(0, limit),

  showMessage(call, message) {
    const { id, sendUuid, channelUuid, type, from, content } = message;
    const sender = call.state.users.get(from);
    return {
      id,
      sendUuid,
      channelUuid,
      createAt: call.behaviour.showCreateAt(call, message),
      type,
      from,
      fromName: sender?.name ?? null,
      fromAvatar: sender?.avatar ?? null,
      content,
      quote: call.behaviour.showQuote(call, message),
    };
  },
  showCreateAt: (_call, { createAt }) => String(createAt),
  showQuote(call, { quoteId, channelUuid }) {
    const quoted = call.state.channels.get(channelUuid)?.messages.find(({ id }) => id === quoteId);
    return quoted === undefined ? null : call.behaviour.showMessage(call, quoted);
  },

  unreadIn(_call, channel, user) {
    const readTo = channel.readTo.get(user.relationId) ?? 0;
    return channel.messages.filter(({ arrival, from }) => arrival > readTo && from !== user.relationId);
  },
  countUnread(call, user) {
    const open = [...call.state.channels.values()].filter(({ members }) => members.has(user.relationId));
    const unread = open.flatMap((channel) => call.behaviour.unreadIn(call, channel, user));
    const mentions = unread.filter(({ mentioned }) => mentioned.includes(user.relationId));
    return { unreadCount: unread.length, mentionsCount: mentions.length };
  },
  markRead(call, channel, user) {
    channel.readTo.set(user.relationId, call.state.next());
    return 1;
  },

  hide(_call, message, user) {
    message.hiddenBy.add(user.relationId);
  },
};
