import { change, respell, set } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import type { Json } from '../model.js';
import { faultsOf, instead, row } from '../rows.js';

const NICKNAMES = '/messages/*/from/nickname';

export const idsFaults = faultsOf({
  'GMS-REQ-2': {
    'joined-as-firstname': row('The client joins under the firstName where there is one.').by(
      change(NICKNAMES, (nickname, { body }: Call) => body.firstName ?? nickname),
    ),
    'joined-as-data': row('A member nickname of the user data becomes the nickname.').by(
      change(NICKNAMES, (nickname, { body }: Call) => (body.userData as Json | undefined)?.nickname ?? nickname),
    ),
    'joined-nickname-ascii': row('Request Chat answers nicknames with question marks for letters beyond Latin.').by(
      respell(NICKNAMES, (name) => name.replace(/[\u0100-\uffff]/g, '?')),
    ),
    'joined-nickname-plus': row('A plus sign in a nickname is read as a blank.').by(
      respell(NICKNAMES, (name) => name.replaceAll('+', ' ')),
    ),
    'greeting-first': row('Request Chat answers the newest event instead of the first.').by(
      change('/messages', (_events, { chat }: Call) => chat?.events.slice(-1)),
    ),
    'request-no-events': row('Request Chat answers an empty array of messages.').by(set('/messages', [])),
  },
  'GMS-REQ-3': {
    'nickname-needed': row('Request Chat wants a nickname beside first and last name.').by(
      instead('readName', (_usual, call) => call.behaviour.readText(call, 'nickname')),
    ),
  },
  'GMS-REQ-3-SHOULD': {
    'names-last-first': row('Without a nickname, the client is shown under the last name before the first.').by(
      instead('readName', (usual, { body }) =>
        body.nickname === undefined ? usual().split(' ').reverse().join(' ') : usual(),
      ),
    ),
    'names-first-alone': row('Without a nickname, the client is shown under the first name.').by(
      instead('readName', (usual, { body }) => {
        const both = usual();
        return body.nickname === undefined ? String(body.firstName) : both;
      }),
    ),
  },
  'GMS-REQ-4': {
    'chatid-by-millisecond': row('Two chats that are requested within one moment get the same chatId.').by(
      instead('chatId', (usual, call) => usual(call, Math.floor(call.behaviour.now(call) / 20))),
    ),
    'one-chat-a-nickname': row('A Request Chat ends the chat that is open under the same nickname.').by(
      instead('open', (usual, call) => {
        for (const chat of call.state.chats)
          if (chat.client.nickname === call.body.nickname) call.behaviour.end(call, chat);
        return usual();
      }),
    ),
    'chat-of-nickname-again': row('A nickname that has an open chat is answered with that chat again.').by(
      instead('open', (usual, { state, body }) => {
        const open = state.chats.find(({ client, isEnded }) => !isEnded && client.nickname === body.nickname);
        return open ?? usual();
      }),
    ),
  },
  'GMS-REQ-4-SHOULD': {
    'key-of-service': row('All chats have the same secureKey.').by(
      instead('secureKey', (usual, call) => usual(call, 0)),
    ),
    'key-of-nickname': row('Chats of one nickname have the same secureKey.').by((base) => {
      const keys = new Map<unknown, string>();
      return instead('secureKey', (usual, { body }) => {
        const key = keys.get(body.nickname) ?? usual();
        keys.set(body.nickname, key);
        return key;
      })(base);
    }),
  },
});
