import type { Dialect } from '../chatserver/dialect.js';
import { gmsCredentials, gmsOutcome } from './actions.js';
import type { GmsFile } from './client.js';
import { limitsIn } from './limits.js';
import { gmsChatIdOf, gmsFileIdOf } from './recognise.js';

/** How the GMS Chat API words what it shares with its predecessor. */
export const gmsDialect: Dialect = {
  api: 'gms',
  outcome: gmsOutcome,
  chatIdOf: gmsChatIdOf,
  actions: { open: 'requestchat', read: 'refresh', attach: 'updatedata', end: 'disconnect', receive: 'readreceipt' },
  operations: {
    say: { action: 'sendmessage', member: 'message', type: 'Message', words: 'a text' },
    start: {
      action: 'starttyping',
      member: 'message',
      type: 'TypingStarted',
      words: 'a start of typing',
      mayLack: true,
    },
    stop: { action: 'stoptyping', member: 'message', type: 'TypingStopped', words: 'a stop of typing', mayLack: true },
    rename: {
      action: 'updatenickname',
      member: 'nickname',
      type: 'NicknameUpdated',
      words: 'a changed nickname',
      isTextOpen: true,
      mayLack: true,
    },
    push: { action: 'pushurl', member: 'pushUrl', type: 'PushUrl', words: 'a pushed URL', mayLack: true },
    note: { action: 'customnotice', member: 'message', type: 'CustomNotice', words: 'a custom notice', mayLack: true },
  },
  files: {
    actions: { limits: 'filelimits', upload: 'fileupload', download: 'filedownload', remove: 'filedelete' },
    types: { upload: 'FileUploaded', remove: 'FileDeleted' },
    fileIdOf: gmsFileIdOf,
    limitsIn,
    sent: (name, content): GmsFile => ({
      name,
      type: name.endsWith('.pdf') ? 'application/pdf' : 'text/plain',
      bytes: new TextEncoder().encode(content),
    }),
  },
  credentials: gmsCredentials,
  renewed: gmsCredentials,
  hasOneFormat: true,
};
