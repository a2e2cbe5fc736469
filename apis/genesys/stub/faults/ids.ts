import { change, respell, set } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import type { Json } from '../model.js';
import { faultsOf, instead, on, row } from '../rows.js';

const NICKNAMES = '/messages/*/from/nickname';

export const idsFaults = faultsOf({
  'GE-COM-3': {
    'tenant-default': on
      .sendurl('Send Url answers the name of the default tenant.')
      .by(set('/tenantName', 'Resources')),
    'tenant-upper-case': row('The tenantName of answers is in capitals.').by(
      respell('/tenantName', (name) => name.toUpperCase()),
    ),
    'alias-of-request': on
      .requestchat('Request Chat answers the tenant of the server for the one asked for.')
      .by(set('/tenantName', 'Default')),
  },
  'GE-COM-3-SHOULD': {
    'alias-of-newest': on
      .stoptyping('Stop Typing answers the alias of the chat opened last.')
      .by(change('/alias', (_alias, { state }: Call) => state.chats.at(-1)?.alias)),
    'alias-with-instance': on
      .getmessages('Get Messages answers the alias with an instance behind it.')
      .by(respell('/alias', (alias) => `${alias}@chat-2`)),
  },
  'GE-COM-4': {
    'userid-of-another': on
      .getmessages('Get Messages answers the userId of the agent.')
      .by(set('/userId', '007553ADB4D9FFFF')),
    'key-masked': on
      .updateuserdata('Update User Data answers stars for the secureKey.')
      .by(set('/secureKey', '****************')),
  },
  'GE-MSG-11': {
    'participantid-of-event': row('Each event gives its participant another participantId.').by(
      instead('append', (usual, call, chat, from, type, text) =>
        usual(call, chat, { ...from, participantId: chat.events.length + 1 }, type, text),
      ),
    ),
    'participantid-of-nickname': row('Under a new nickname the client has a new participantId.').by(
      instead('rename', (usual, _call, chat) => {
        usual();
        chat.client.participantId += 10;
      }),
    ),
    'participantid-shared': row('Everybody in a chat has the participantId 1.').by(
      instead('append', (usual, call, chat, from, type, text) =>
        usual(call, chat, { ...from, participantId: 1 }, type, text),
      ),
    ),
    'participantid-of-texts': row('What others write comes under another participantId than they joined with.').by(
      instead('append', (usual, call, chat, from, type, text) => {
        const isText = from.type !== 'Client' && type === 'Message';
        usual(call, chat, isText ? { ...from, participantId: 3 } : from, type, text);
      }),
    ),
  },
  'GE-REQ-2': {
    'joined-as-firstname': row('The client joins under the firstName.').by(set(NICKNAMES, 'Conformance')),
    'joined-as-data': row('A member nickname of the user data becomes the nickname.').by(
      change(NICKNAMES, (nickname, { body }: Call) => (body.userData as Json | undefined)?.nickname ?? nickname),
    ),
    'joined-nickname-ascii': row('Request Chat answers nicknames with question marks for letters beyond Latin.').by(
      respell(NICKNAMES, (name) => name.replace(/[\u0100-\uffff]/g, '?')),
    ),
    'greeting-first': row('Request Chat answers the newest event instead of the first.').by(
      change('/messages', (_events, { chat }: Call) => chat?.events.slice(-1)),
    ),
    'request-no-events': row('Request Chat answers an empty array of messages.').by(set('/messages', [])),
  },
  'GE-REQ-3': {
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
    'chatid-used-again': row('The chatId of a completed chat of the same nickname is given to a new one.').by(
      instead('open', (usual, { state: { chats }, body }) => {
        const over = chats.find(({ client, isEnded }) => isEnded && client.nickname === body.nickname);
        if (over === undefined) return usual();
        chats.splice(chats.indexOf(over), 1);
        return Object.assign(usual(), { id: over.id });
      }),
    ),
    'chat-of-nickname-again': row('A nickname that has an open chat is answered with that chat again.').by(
      instead('open', (usual, { state, body }) => {
        const open = state.chats.find(({ client, isEnded }) => !isEnded && client.nickname === body.nickname);
        return open ?? usual();
      }),
    ),
  },
  'GE-REQ-3-SHOULD': {
    'key-of-tenant': row('All chats have the same secureKey.').by(
      instead('secureKey', (usual, call) => usual(call, 0)),
    ),
    'key-short': row('The secureKey loses the zeros at its beginning, and has 12 digits.').by(
      instead('secureKey', (usual) => usual().slice(4)),
    ),
  },
});
