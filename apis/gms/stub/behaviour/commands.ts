import type { CommandBehaviour } from '../call.js';
import type { Chat, Json } from '../model.js';

export const commands: CommandBehaviour = {
  open(call) {
    const { behaviour, state } = call;
    const nickname = behaviour.readName(call);
    const number = state.chats.length + 1;
    const chat: Chat = {
      id: behaviour.chatId(call, number),
      userId: behaviour.userId(call, number),
      secureKey: behaviour.secureKey(call, number),
      alias: behaviour.alias(call, number),
      client: { nickname, participantId: 1, type: 'Client' },
      events: [],
      userData: (call.body.userData ?? {}) as Json,
      files: [],
      downloads: 0,
      isEnded: false,
      heardAt: behaviour.now(call),
    };
    state.chats.push(chat);
    behaviour.append(call, chat, chat.client, 'ParticipantJoined');
    behaviour.arrive(call, chat);
    return chat;
  },

  firstEvents: () => 1,
  say: (call, chat, text, messageType) =>
    call.behaviour.append(call, chat, chat.client, 'Message', { text, messageType }),
  type: (call, chat, type, text) => call.behaviour.append(call, chat, chat.client, type, { text }),

  rename(call, chat, nickname) {
    chat.client.nickname = nickname;
    call.behaviour.append(call, chat, chat.client, 'NicknameUpdated', { text: nickname });
  },

  push: (call, chat, url) => call.behaviour.append(call, chat, chat.client, 'PushUrl', { text: url }),
  note: (call, chat, text) => call.behaviour.append(call, chat, chat.client, 'CustomNotice', { text }),

  attach(_call, chat, data) {
    Object.assign(chat.userData, data);
  },

  end(_call, chat) {
    chat.isEnded = true;
  },
};
