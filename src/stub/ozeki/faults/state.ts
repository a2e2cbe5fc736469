import type { OzekiFault } from '../mischief.js';
import type { Message } from '../model.js';

export const stateFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-mute-for-all',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-FLAG-3-MUTE',
    sentence: 'Who mutes a conversation mutes it for the other participants too.',
    behave: (base) => ({
      setFlags(call, conversation, user, change) {
        base.setFlags(call, conversation, user, change);
        if (call.action !== 'mute') return;
        for (const id of conversation.participants) {
          conversation.flags.set(id, { ...base.flagsOf(call, conversation, id), ...change });
        }
      },
    }),
  },
  {
    id: 'ozeki-add-data-trimmed',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-3',
    sentence: 'White space around the data of a message is taken away.',
    behave: (base) => ({
      store: (call, conversation, sender, upload) =>
        base.store(call, conversation, sender, { ...upload, data: upload.data.trim() }),
    }),
  },
  {
    id: 'ozeki-clear-for-caller-only',
    api: 'ozeki',
    action: 'clear',
    requirement: 'OZ-CLEAR-1',
    sentence: 'After a clear, the other participants can still download the messages.',
    behave: (base) => {
      const key = (conversationId: string) => `ozeki-clear-for-caller-only ${conversationId}`;
      return {
        clear(call, conversation, user) {
          call.state.notes.set(key(conversation.id), { by: user.id, messages: conversation.messages });
          base.clear(call, conversation, user);
        },
        messagesOf(call, conversation) {
          const kept = call.state.notes.get(key(conversation.id)) as { by: string; messages: Message[] } | undefined;
          const present = base.messagesOf(call, conversation);
          return kept === undefined || kept.by === call.caller?.id ? present : [...kept.messages, ...present];
        },
      };
    },
  },
  {
    id: 'ozeki-notification-silent',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    sentence: 'Nobody is notified of a changed conversation.',
    behave: (base) => ({
      notify(call, list, id, userIds) {
        if (list !== 'conversationchangedof') base.notify(call, list, id, userIds);
      },
    }),
  },
];
