import type { ChatMember } from '../../actions.js';
import { type Call, type Chat, Refusal } from '../model.js';

/** Which chat a call is about, and whether the caller may. Each function throws a Refusal to refuse. */
export interface AccessBehaviour {
  /** The chat that the address names. */
  chatOf(call: Call): Chat;
  /** Refuses where a member that every action on a chat requires is missing. */
  requireMember(call: Call, member: ChatMember): void;
  /** Is this the user of the chat? */
  checkUserId(call: Call, chat: Chat): void;
  /** Is this the key of the chat? */
  checkSecureKey(call: Call, chat: Chat): void;
  /** Is the chat still open, where the action needs that? */
  checkOpen(call: Call, chat: Chat): void;
}

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
