import type { OzekiFault } from '../mischief.js';
import { Refusal } from '../model.js';

export const accessFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-friends-signature-unchecked',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-COM-10',
    sentence: 'Friends / List serves whoever names a user, whatever the signature.',
    behave: (base) => ({
      checkSignature(call, user, signature) {
        if (call.action !== 'friends') base.checkSignature(call, user, signature);
      },
    }),
  },
  {
    id: 'ozeki-clear-stranger-refused-but-done',
    api: 'ozeki',
    action: 'clear',
    requirement: 'OZ-COM-12',
    sentence: 'A stranger who clears a conversation is told no, and the conversation is cleared all the same.',
    behave: (base) => ({
      authorise(call, conversation, user) {
        if (call.action === 'clear' && !conversation.participants.includes(user.id)) {
          base.clear(call, conversation, user);
        }
        base.authorise(call, conversation, user);
      },
    }),
  },
  {
    id: 'ozeki-download-stranger-served',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-12',
    sentence: 'Whoever knows a conversation id can download its messages.',
    behave: (base) => ({
      authorise(call, conversation, user) {
        if (call.action !== 'download') base.authorise(call, conversation, user);
      },
    }),
  },
  {
    id: 'ozeki-add-station-optional',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-11',
    sentence: 'Add serves callers who leave the station header out.',
    behave: (base) => ({
      requireHeader(call, header) {
        try {
          return base.requireHeader(call, header);
        } catch (error) {
          if (error instanceof Refusal && call.action === 'add' && header === 'Ozeki-Station') return '';
          throw error;
        }
      },
      checkStation(call, user, station) {
        if (station !== '') base.checkStation(call, user, station);
      },
    }),
  },
];
