import type { Json } from '../model.js';
import { fault, type GenesysFault, onEvents, onSuccess } from '../mutation.js';

export const idsFaults: readonly GenesysFault[] = [
  fault({
    id: 'genesys-alias-of-newest',
    action: 'stoptyping',
    requirement: 'GE-COM-3',
    sentence: 'Stop Typing answers the alias of the chat opened last.',
    answer: (answer, call) => onSuccess((body) => ({ ...body, alias: call.state.chats.at(-1)?.alias }))(answer, call),
  }),
  fault({
    id: 'genesys-tenant-default',
    action: 'sendurl',
    requirement: 'GE-COM-3',
    sentence: 'Send Url answers the name of the default tenant.',
    answer: onSuccess((body) => ({ ...body, tenantName: 'Resources' })),
  }),
  fault({
    id: 'genesys-tenant-upper-case',
    action: '*',
    requirement: 'GE-COM-3',
    sentence: 'The tenantName of answers is in capitals.',
    on: ['*'],
    answer: onSuccess((body) =>
      typeof body.tenantName === 'string' ? { ...body, tenantName: body.tenantName.toUpperCase() } : body,
    ),
  }),
  fault({
    id: 'genesys-userid-of-another',
    action: 'getmessages',
    requirement: 'GE-COM-4',
    sentence: 'Get Messages answers the userId of the agent.',
    answer: onSuccess((body) => ({ ...body, userId: '007553ADB4D9FFFF' })),
  }),
  fault({
    id: 'genesys-key-masked',
    action: 'updateuserdata',
    requirement: 'GE-COM-4',
    sentence: 'Update User Data answers stars for the secureKey.',
    answer: onSuccess((body) => ({ ...body, secureKey: '****************' })),
  }),
  fault({
    id: 'genesys-joined-as-firstname',
    action: 'requestchat',
    requirement: 'GE-REQ-2',
    sentence: 'The client joins under the firstName.',
    answer: onEvents((event) => ({ ...event, from: { ...event.from, nickname: 'Conformance' } })),
  }),
  fault({
    id: 'genesys-joined-nickname-ascii',
    action: 'requestchat',
    requirement: 'GE-REQ-2',
    sentence: 'Request Chat answers nicknames with question marks for letters beyond Latin.',
    answer: onEvents((event) => ({
      ...event,
      from: { ...event.from, nickname: event.from.nickname.replace(/[\u0100-\uffff]/g, '?') },
    })),
  }),
  fault({
    id: 'genesys-greeting-first',
    action: 'requestchat',
    requirement: 'GE-REQ-2',
    sentence: 'Request Chat answers the newest event instead of the first.',
    answer: (answer, call) => onSuccess((body) => ({ ...body, messages: call.chat?.events.slice(-1) }))(answer, call),
  }),
  fault({
    id: 'genesys-request-no-events',
    action: 'requestchat',
    requirement: 'GE-REQ-2',
    sentence: 'Request Chat answers an empty array of messages.',
    answer: onSuccess((body) => ({ ...body, messages: [] })),
  }),
  fault({
    id: 'genesys-chatid-by-millisecond',
    action: 'requestchat',
    requirement: 'GE-REQ-3',
    sentence: 'Two chats that are requested within one moment get the same chatId.',
    behave: (base) => ({ chatId: (call) => base.chatId(call, Math.floor(base.now(call) / 20)) }),
  }),
  fault({
    id: 'genesys-one-chat-a-nickname',
    action: 'requestchat',
    requirement: 'GE-REQ-3',
    sentence: 'A Request Chat ends the chat that is open under the same nickname.',
    behave: (base) => ({
      open(call) {
        const same = call.state.chats.filter(({ client }) => client.nickname === call.body.nickname);
        for (const chat of same) base.end(call, chat);
        return base.open(call);
      },
    }),
  }),
  fault({
    id: 'genesys-chatid-used-again',
    action: 'requestchat',
    requirement: 'GE-REQ-3',
    sentence: 'The chatId of a completed chat of the same nickname is given to a new one.',
    behave: (base) => ({
      open(call) {
        const { chats } = call.state;
        const over = chats.find(({ client, isEnded }) => isEnded && client.nickname === call.body.nickname);
        if (over !== undefined) chats.splice(chats.indexOf(over), 1);
        const chat = base.open(call);
        if (over !== undefined) chat.id = over.id;
        return chat;
      },
    }),
  }),
  fault({
    id: 'genesys-chat-of-nickname-again',
    action: 'requestchat',
    requirement: 'GE-REQ-3',
    sentence: 'A nickname that has an open chat is answered with that chat again.',
    behave: (base) => ({
      open: (call) =>
        call.state.chats.find(({ client, isEnded }) => !isEnded && client.nickname === call.body.nickname) ??
        base.open(call),
    }),
  }),
  fault({
    id: 'genesys-key-of-tenant',
    action: 'requestchat',
    requirement: 'GE-REQ-3-SHOULD',
    sentence: 'All chats have the same secureKey.',
    behave: (base) => ({ secureKey: (call) => base.secureKey(call, 0) }),
  }),
  fault({
    id: 'genesys-key-short',
    action: 'requestchat',
    requirement: 'GE-REQ-3-SHOULD',
    sentence: 'The secureKey loses the zeros at its beginning, and has 12 digits.',
    behave: (base) => ({ secureKey: (call, number) => base.secureKey(call, number).slice(4) }),
  }),
  fault({
    id: 'genesys-alias-of-request',
    action: 'requestchat',
    requirement: 'GE-COM-3',
    sentence: 'Request Chat answers the tenant of the server for the one asked for.',
    answer: onSuccess((body: Json) => ({ ...body, tenantName: 'Default' })),
  }),
];
