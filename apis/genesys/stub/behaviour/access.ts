import type { AccessBehaviour } from '../call.js';
import { Refusal } from '../model.js';

export const access: AccessBehaviour = {
  chatOf(call) {
    const chat = call.state.chats.find(({ id }) => id === call.chatId);
    if (chat === undefined) throw new Refusal('chat', 'There is no such chat');
    return chat;
  },

  requireMember(call, member) {
    if (call.body[member] !== undefined) return;
    const isCredential = member === 'userId' || member === 'secureKey';
    throw new Refusal(isCredential ? 'credentials' : 'input', `The member ${member} is missing`);
  },

  checkUserId(call, chat) {
    if (call.body.userId !== chat.userId) throw new Refusal('credentials', 'The userId is wrong');
  },

  checkSecureKey(call, chat) {
    if (call.body.secureKey !== chat.secureKey) throw new Refusal('credentials', 'The secureKey is wrong');
  },

  checkOpen(call, chat) {
    if (chat.isEnded && call.action !== 'getmessages') throw new Refusal('ended', 'The chat is over');
  },
};
