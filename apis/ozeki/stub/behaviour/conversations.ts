import { bytesFrom } from '../../../../src/stub/random.js';
import type { ConversationBehaviour } from '../call.js';
import type { Entry, Flags } from '../model.js';

/** What a user has set who has set nothing. */
export const noFlags: Flags = { ismuted: false, isfavorite: false, hideid: '', listitembackgroundcolor: '#ffffff' };

export const conversations: ConversationBehaviour = {
  conversationsOf: (call, user) =>
    [...call.state.conversations.values()].filter(({ participants }) => participants.includes(user.id)),

  showConversation(call, conversation, user) {
    const { behaviour, state } = call;
    const flags = (id: string) => behaviour.flagsOf(call, conversation, id);
    const show = (id: string) => behaviour.showUserId(call, id);
    const holders = (has: (id: string) => boolean) => conversation.participants.filter(has).map(show);
    return {
      id: conversation.id,
      isgroup: conversation.isgroup,
      participantids: conversation.participants.map(show),
      participants: conversation.participants.map((id) => ({ userid: show(id), username: state.users.get(id)?.nick })),
      displayname: bytesFrom(`displayname ${conversation.id} ${state.next()}`, 32).toString('base64'),
      lastmessageid: behaviour.newest(call, behaviour.messagesOf(call, conversation))?.id ?? '',
      lastreportid: behaviour.newest(call, behaviour.reportsOf(call, conversation))?.id ?? '',
      lastaccess: conversation.lastAccess,
      secret: bytesFrom(`secret ${conversation.id} ${user.id}`, 64).toString('base64'),
      instance: conversation.instance,
      mutedby: holders((id) => flags(id).ismuted),
      favoriteby: holders((id) => flags(id).isfavorite),
      // Empty even while hidden, as in the documented answer of Hide.
      hiddenby: [],
      properties: [behaviour.showProperties(call, conversation, user)],
    };
  },

  showProperties: (call, conversation, user) => ({
    userid: call.behaviour.showUserId(call, user.id),
    ...call.behaviour.flagsOf(call, conversation, user.id),
  }),

  newest: (_call, entries) =>
    entries.reduce<Entry | undefined>((newest, entry) => {
      if (newest === undefined || entry.created > newest.created) return entry;
      return entry.created === newest.created && entry.arrival > newest.arrival ? entry : newest;
    }, undefined),

  flagsOf: (_call, conversation, userId) => conversation.flags.get(userId) ?? noFlags,

  setFlags(call, conversation, user, change) {
    conversation.flags.set(user.id, { ...call.behaviour.flagsOf(call, conversation, user.id), ...change });
    call.behaviour.notify(call, 'conversationlistchangedof', conversation.id, [user.id]);
  },
};
