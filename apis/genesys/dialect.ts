import type { Dialect } from '../chatserver/dialect.js';
import { chatMembers, genesysOutcome } from './actions.js';
import { chatIdOf } from './recognise.js';

/** How the eServices API words what it shares with its successor. */
export const genesysDialect: Dialect = {
  api: 'genesys',
  outcome: genesysOutcome,
  chatIdOf,
  actions: { open: 'requestchat', read: 'getmessages', attach: 'updateuserdata', end: 'complete' },
  operations: {
    say: { action: 'sendmessage', member: 'text', type: 'Message', words: 'a text' },
    start: { action: 'starttyping', member: 'text', type: 'TypingStarted', words: 'a start of typing' },
    stop: { action: 'stoptyping', member: 'text', type: 'TypingStopped', words: 'a stop of typing' },
    rename: { action: 'updatenickname', member: 'nickname', type: 'Notice', words: 'a changed nickname' },
    push: { action: 'sendurl', member: 'pushUrl', type: 'Notice', words: 'a pushed URL' },
  },
  credentials: chatMembers,
  renewed: ['alias'],
  hasOneFormat: false,
};
