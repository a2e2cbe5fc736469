import type { Requirement } from '../../src/requirements/types.js';

type Row = Omit<Requirement, 'api' | 'source' | 'needs'> & { basis: Requirement['source']['basis'] };

/**
 * Puts the page, the API and the level to rows. Whatever is judged is judged in a chat that the suite opens, and opening one
 * changes the server: so each requirement needs `write`.
 */
function page(name: string, rows: readonly Row[]): Requirement[] {
  return rows.map(({ basis, ...row }) => ({
    ...row,
    api: 'genesys' as const,
    needs: 'write' as const,
    source: { page: name, basis },
  }));
}

const everyAction = page('all pages', [
  {
    id: 'GE-COM-1',
    ref: 'COM-1',
    action: '*',
    topic: 'shape',
    level: 'MUST',
    basis: 'example',
    title: 'The body of every success is one JSON object that fits the response schema of its action',
  },
  {
    id: 'GE-COM-1-SHOULD',
    ref: 'COM-1',
    action: '*',
    topic: 'shape',
    level: 'SHOULD',
    basis: 'example',
    title: 'Every answer in JSON has the content type application/json, and a success has the HTTP status 200',
  },
  {
    id: 'GE-COM-1-FROM-SHOULD',
    ref: 'COM-1',
    action: '*',
    topic: 'shape',
    level: 'SHOULD',
    basis: 'example',
    title: 'The type of whoever caused an event is Client, External or Agent',
  },
  {
    id: 'GE-COM-2',
    ref: 'COM-2',
    action: '*',
    topic: 'shape',
    level: 'MUST',
    basis: 'stated',
    title: 'A documented call is served with the number 0 as statusCode, and every statusCode is the number 0, 1 or 2',
  },
  {
    id: 'GE-COM-3',
    ref: 'COM-3',
    action: '*',
    topic: 'ids',
    level: 'MUST',
    basis: 'example',
    title: 'The alias and tenantName of a success are those of the request',
  },
  {
    id: 'GE-COM-4',
    ref: 'COM-4',
    action: '*',
    topic: 'ids',
    level: 'SHOULD',
    basis: 'inferred',
    title: 'The userId and secureKey of a success are those of the request',
  },
]);

const everyChat = page('About the Chat Service', [
  {
    id: 'GE-COM-5',
    ref: 'COM-5',
    action: '*',
    topic: 'access',
    level: 'MUST',
    basis: 'stated',
    title:
      'A wrong secureKey, the userId of another chat, or either missing gets neither statusCode 0 nor a message, and changes nothing, whatever the action',
  },
  {
    id: 'GE-COM-6',
    ref: 'COM-6',
    action: '*',
    topic: 'robustness',
    level: 'SHOULD',
    basis: 'stated',
    title: 'A call without one of its required members is refused and changes nothing, and the server keeps answering',
  },
  {
    id: 'GE-COM-7',
    ref: 'COM-7',
    action: '*',
    topic: 'robustness',
    level: 'SHOULD',
    basis: 'inferred',
    title:
      'An unknown chat or operation, a body that is no JSON object, members of a wrong type and a text of 1 MiB are refused, without HTTP 5xx or stack trace',
  },
]);

const request = page('Request Chat', [
  {
    id: 'GE-REQ-1',
    ref: 'REQ-1',
    action: 'requestchat',
    topic: 'shape',
    level: 'MUST',
    basis: 'example',
    title:
      'Request Chat answers chatId, path, userId, secureKey, alias, tenantName and messages, and path is /api/v2/chats/ with the chatId',
  },
  {
    id: 'GE-REQ-2',
    ref: 'REQ-2',
    action: 'requestchat',
    topic: 'state',
    level: 'MUST',
    basis: 'example',
    title:
      "The messages of Request Chat start with the client's own ParticipantJoined of index 1, with the nickname asked for",
  },
  {
    id: 'GE-REQ-3',
    ref: 'REQ-3',
    action: 'requestchat',
    topic: 'ids',
    level: 'MUST',
    basis: 'inferred',
    title: 'Each Request Chat opens a chat of its own, with a chatId that no other has',
  },
  {
    id: 'GE-REQ-3-SHOULD',
    ref: 'REQ-3',
    action: 'requestchat',
    topic: 'ids',
    level: 'SHOULD',
    basis: 'inferred',
    title: 'The secureKey of each chat is 16 hex digits that no other chat has',
  },
]);

const messages = page('Get Messages', [
  {
    id: 'GE-MSG-1',
    ref: 'MSG-1',
    action: 'getmessages',
    topic: 'paging',
    level: 'MUST',
    basis: 'stated',
    title: 'With a transcriptPosition, Get Messages answers exactly the events of that index and above',
  },
  {
    id: 'GE-MSG-2',
    ref: 'MSG-2',
    action: 'getmessages',
    topic: 'paging',
    level: 'MUST',
    basis: 'stated',
    title: 'Without a transcriptPosition, Get Messages answers all events from index 1 on',
  },
  {
    id: 'GE-MSG-3',
    ref: 'MSG-3',
    action: 'getmessages',
    topic: 'paging',
    level: 'MUST',
    basis: 'example',
    title: 'The indexes of events run up by one each, from 1 on, in the order of the array',
  },
  {
    id: 'GE-MSG-4',
    ref: 'MSG-4',
    action: 'getmessages',
    topic: 'state',
    level: 'MUST',
    basis: 'inferred',
    title: 'An event keeps its index and its content from one read to the next',
  },
  {
    id: 'GE-MSG-5',
    ref: 'MSG-5',
    action: 'getmessages',
    topic: 'time',
    level: 'MUST',
    basis: 'example',
    title:
      'utcTime is an integer of 13 digits, milliseconds since 1970, never goes back from one event to the next, and of a fresh event is the current time',
  },
]);

const texts = page('Send Message', [
  {
    id: 'GE-MSG-6',
    ref: 'MSG-6',
    action: 'sendmessage',
    topic: 'state',
    level: 'MUST',
    basis: 'stated',
    title: 'Each sent text comes back once, as a Message of the Client, unchanged, in any script and up to 8 KiB',
  },
]);

const polling = page('Get Messages', [
  {
    id: 'GE-MSG-7',
    ref: 'MSG-7',
    action: 'getmessages',
    topic: 'paging',
    level: 'MUST',
    basis: 'inferred',
    title: 'Polling from the highest index seen plus one yields every event exactly once',
  },
  {
    id: 'GE-MSG-7-SHOULD',
    ref: 'MSG-7',
    action: 'getmessages',
    topic: 'paging',
    level: 'SHOULD',
    basis: 'inferred',
    title: 'Get Messages from beyond the last event answers statusCode 0 and an empty array',
  },
  {
    id: 'GE-MSG-8',
    ref: 'MSG-8',
    action: 'getmessages',
    topic: 'state',
    level: 'MUST',
    basis: 'example',
    title: 'chatEnded is false while the chat is open; after Complete it is true, or statusCode is 2',
  },
  {
    id: 'GE-MSG-9',
    ref: 'MSG-9',
    action: 'getmessages',
    topic: 'access',
    level: 'MUST',
    basis: 'inferred',
    title: 'No chat shows an event of another chat',
  },
  {
    id: 'GE-MSG-10',
    ref: 'MSG-10',
    action: 'getmessages',
    topic: 'robustness',
    level: 'SHOULD',
    basis: 'inferred',
    title: 'A transcriptPosition that is 0, negative, a string or huge is refused or clamped, without a server error',
  },
]);

const typing = [
  ...page('Send Start Typing Notification', [
    {
      id: 'GE-TYPE-1-START',
      ref: 'TYPE-1',
      action: 'starttyping',
      topic: 'state',
      level: 'SHOULD',
      basis: 'example',
      title: 'A start of typing shows in the transcript as TypingStarted of the client, with its text where it has one',
    },
  ]),
  ...page('Send Stop Typing Notification', [
    {
      id: 'GE-TYPE-1-STOP',
      ref: 'TYPE-1',
      action: 'stoptyping',
      topic: 'state',
      level: 'SHOULD',
      basis: 'example',
      title: 'A stop of typing shows in the transcript as TypingStopped of the client, with its text where it has one',
    },
  ]),
];

const nickname = page('Update Nickname', [
  {
    id: 'GE-NICK-1',
    ref: 'NICK-1',
    action: 'updatenickname',
    topic: 'state',
    level: 'MUST',
    basis: 'stated',
    title: "After Update Nickname the client's later events carry the new nickname, and those of other chats their own",
  },
  {
    id: 'GE-NICK-1-SHOULD',
    ref: 'NICK-1',
    action: 'updatenickname',
    topic: 'state',
    level: 'SHOULD',
    basis: 'inferred',
    title: 'Update Nickname shows in the transcript as a Notice of the client with the new nickname',
  },
]);

const url = page('Send Url', [
  {
    id: 'GE-URL-1',
    ref: 'URL-1',
    action: 'sendurl',
    topic: 'state',
    level: 'SHOULD',
    basis: 'inferred',
    title: 'A pushed URL shows in the transcript as a Notice of the client with that URL, unchanged',
  },
]);

const userData = page('Update User Data', [
  {
    id: 'GE-DATA-1',
    ref: 'DATA-1',
    action: 'updateuserdata',
    topic: 'shape',
    level: 'MUST',
    basis: 'example',
    title: 'Update User Data answers the plain envelope',
  },
]);

const complete = page('Complete', [
  {
    id: 'GE-DONE-1',
    ref: 'DONE-1',
    action: 'complete',
    topic: 'state',
    level: 'MUST',
    basis: 'stated',
    title: 'Complete answers statusCode 0',
  },
  {
    id: 'GE-DONE-1-SHOULD',
    ref: 'DONE-1',
    action: 'complete',
    topic: 'state',
    level: 'SHOULD',
    basis: 'stated',
    title: 'After Complete, Send Message is refused and adds nothing to the transcript',
  },
]);

/** What a Genesys eServices chat server can meet or miss, row by row of the documentation. */
export const genesysRequirements: readonly Requirement[] = [
  ...everyAction,
  ...everyChat,
  ...request,
  ...messages,
  ...texts,
  ...polling,
  ...typing,
  ...nickname,
  ...url,
  ...userData,
  ...complete,
];
