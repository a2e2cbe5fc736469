import type { OzekiFault } from '../mischief.js';

export const idsFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-userid-upper-case',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-5',
    sentence: 'User ids are shown in upper-case hex digits.',
    behave: () => ({ showUserId: (_call, userId) => userId.toUpperCase() }),
  },
  {
    id: 'ozeki-conversationid-unsorted',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-4',
    sentence: 'Conversation ids are the md5 of the participant ids in descending order.',
    behave: (base) => ({ conversationId: (participants) => base.conversationId([...participants].reverse()) }),
  },
];
