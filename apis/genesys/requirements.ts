import { catalogue } from '../../src/requirements/rows.js';

/** The requirements of the Genesys eServices chat API, in the order of the documentation. */
export const genesysRequirements = catalogue('genesys', [
  [
    'all pages',
    {
      'GE-COM-1 * MUST shape write example':
        'The body of every success is one JSON object that fits the response schema of its action',
      'GE-COM-1-SHOULD * SHOULD shape write example':
        'Every answer in JSON has the content type application/json, and a success has the HTTP status 200',
      'GE-COM-1-FROM-SHOULD * SHOULD shape write example':
        'The type of whoever caused an event is Client, External or Agent',
      'GE-COM-2 * MUST shape write stated':
        'A documented call is served with the number 0 as statusCode, and every statusCode is the number 0, 1 or 2',
      'GE-COM-3 * MUST ids write example': 'The tenantName of a success is that of the request',
      'GE-COM-3-SHOULD * SHOULD ids write example': 'The alias of a success is that of the request',
      'GE-COM-4 * SHOULD ids write inferred': 'The userId and secureKey of a success are those of the request',
    },
  ],
  [
    'About the Chat Service',
    {
      'GE-COM-5 * MUST access write stated':
        'A wrong secureKey, the userId of another chat, or either missing gets neither statusCode 0 nor a message nor the right secureKey, and is not carried out, whatever the action',
      'GE-COM-6 * SHOULD robustness write stated':
        'A call without one of its required members is refused and changes nothing, and the server keeps answering',
      'GE-COM-7 * SHOULD robustness write inferred':
        'An unknown chat or operation, a body that is no JSON object, members of a wrong type and a text of 1 MiB are refused, without HTTP 5xx or stack trace',
      'GE-COM-8 * SHOULD state write stated': 'No answer has statusCode 1 beside chatEnded true',
    },
  ],
  [
    'Request Chat',
    {
      'GE-REQ-1 requestchat MUST shape write example':
        'Request Chat answers chatId, path, userId, secureKey, alias, tenantName and messages, and path is /api/v2/chats/ with the chatId',
      'GE-REQ-2 requestchat MUST state write example':
        "The messages of Request Chat start with the client's own ParticipantJoined of index 1, with the nickname asked for",
      'GE-REQ-3 requestchat MUST ids write inferred':
        'Each Request Chat opens a chat of its own, with a chatId that no other has',
      'GE-REQ-3-SHOULD requestchat SHOULD ids write inferred':
        'The secureKey of each chat is 16 hex digits that no other chat has',
    },
  ],
  [
    'Get Messages',
    {
      'GE-MSG-1 getmessages MUST paging write stated':
        'With a transcriptPosition, Get Messages answers exactly the events of that index and above',
      'GE-MSG-2 getmessages MUST paging write stated':
        'Without a transcriptPosition, Get Messages answers all events from index 1 on',
      'GE-MSG-3 getmessages MUST paging write example':
        'The indexes of events run up by one each, from 1 on, in the order of the array',
      'GE-MSG-4 getmessages MUST state write inferred':
        'An event keeps its index and its content from one read to the next',
      'GE-MSG-5 getmessages MUST time write example':
        'utcTime is an integer of 13 digits, milliseconds since 1970, never goes back from one event to the next, and of a fresh event is the current time',
    },
  ],
  [
    'Send Message',
    {
      'GE-MSG-6 sendmessage MUST state write stated':
        'Each sent text comes back once, as a Message of the Client, unchanged, in any script and up to 8 KiB',
    },
  ],
  [
    'Get Messages',
    {
      'GE-MSG-7 getmessages MUST paging write inferred':
        'Polling from the highest index seen plus one yields every event exactly once',
      'GE-MSG-7-SHOULD getmessages SHOULD paging write inferred':
        'Get Messages from beyond the last event answers statusCode 0 and an empty array',
      'GE-MSG-8 getmessages MUST state write example':
        'chatEnded is false while the chat is open; after Complete it is true, or statusCode is 2',
      'GE-MSG-9 getmessages MUST access write inferred': 'No chat shows an event of another chat',
      'GE-MSG-10 getmessages SHOULD robustness write inferred':
        'A transcriptPosition that is 0, negative, a string or huge is refused or clamped, without a server error',
      'GE-MSG-11 getmessages MUST ids write example':
        'A participant has the same participantId in every event, also under a new nickname, and no two share one',
      'GE-MSG-12 getmessages SHOULD shape write example':
        "The type of each event is one that the pages show or that the vendor's own clients know",
    },
  ],
  [
    'Send Start Typing Notification',
    {
      'GE-TYPE-1-START starttyping SHOULD state write example':
        'A start of typing shows in the transcript as TypingStarted of the client, with its text where it has one',
    },
  ],
  [
    'Send Stop Typing Notification',
    {
      'GE-TYPE-1-STOP stoptyping SHOULD state write example':
        'A stop of typing shows in the transcript as TypingStopped of the client, with its text where it has one',
    },
  ],
  [
    'Update Nickname',
    {
      'GE-NICK-1 updatenickname MUST state write stated':
        "After Update Nickname the client's later events carry the new nickname, and those of other chats their own",
      'GE-NICK-1-SHOULD updatenickname SHOULD state write inferred':
        'Update Nickname shows in the transcript as a Notice of the client with the new nickname',
    },
  ],
  [
    'Send Url',
    {
      'GE-URL-1 sendurl SHOULD state write inferred':
        'A pushed URL shows in the transcript as a Notice of the client with that URL, unchanged',
    },
  ],
  [
    'Update User Data',
    {
      'GE-DATA-1 updateuserdata MUST shape write example': 'Update User Data answers the plain envelope',
    },
  ],
  [
    'Complete',
    {
      'GE-DONE-1 complete MUST state write stated': 'Complete answers statusCode 0',
      'GE-DONE-1-SHOULD complete SHOULD state write stated':
        'After Complete, Send Message is refused and adds nothing to the transcript',
    },
  ],
]);
