import type { AccessBehaviour } from '../call.js';
import { Refusal } from '../model.js';
import { stubService } from '../target.js';

export const access: AccessBehaviour = {
  checkService({ serviceName }) {
    if (serviceName !== stubService) throw new Refusal('service', 'There is no such service');
  },

  chatOf(call) {
    const chat = call.state.chats.find(({ id }) => id === call.chatId);
    if (chat === undefined) throw new Refusal('chat', 'There is no such chat');
    return chat;
  },

  checkSecureKey(call, chat) {
    if (call.body.secureKey === chat.secureKey) return;
    if (call.body.secureKey !== undefined) call.behaviour.end(call, chat);
    throw new Refusal('credentials', 'The secureKey is wrong');
  },

  checkUserId(call, chat) {
    const { userId } = call.body;
    if (userId !== undefined && userId !== chat.userId) throw new Refusal('credentials', 'The userId is wrong');
  },

  checkAlias() {},

  checkOpen(call, chat) {
    if (chat.isEnded && call.action !== 'refresh') throw new Refusal('ended', 'The chat is over');
  },
};
