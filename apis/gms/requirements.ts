import { catalogue } from '../../src/requirements/rows.js';

/** The requirements of the GMS Chat API, in the order of the documentation. */
export const gmsRequirements = catalogue('gms', [
  [
    'API Responses',
    {
      'GMS-COM-1 * MUST shape write stated':
        'A success is HTTP 200 with one JSON object that fits the one format of all answers; only a file comes as its bytes',
      'GMS-COM-1-SHOULD * SHOULD shape write stated': 'Every answer in JSON has the content type application/json',
      'GMS-COM-1-FROM-SHOULD * SHOULD shape write client':
        'The type of whoever caused an event is Client, Agent, Supervisor or External',
      'GMS-COM-2 * MUST shape write stated':
        'A success has the number 0 as statusCode, every answer of HTTP 200 one of 0, 1 and 2, and the four calls that no client can do without are served',
      'GMS-COM-3 * MUST ids write stated': 'The chatId of an answer, where it has one, is that of the chat',
    },
  ],
  [
    'Chat API Version 2',
    {
      'GMS-COM-4 * MUST access write inferred':
        "A wrong secureKey, none, or another chat's gets neither statusCode 0 nor an event nor a file nor the right one, and is not carried out, whatever the action",
      'GMS-COM-5 * SHOULD access write inferred':
        'The userId of another chat gets neither statusCode 0 nor an event nor a file, and is not carried out, whatever the action',
      'GMS-COM-6 * SHOULD robustness write inferred':
        'An unknown chat or service, a missing required field, a body in JSON and a message of 1 MiB are refused without HTTP 5xx or stack trace, and the server keeps answering',
    },
  ],
  [
    'API Responses',
    {
      'GMS-COM-7 * SHOULD shape write stated':
        'An answer that is no success carries a statusCode of 1 or 2, or error codes',
    },
  ],
  [
    'Request Chat',
    {
      'GMS-REQ-1 requestchat MUST shape write example':
        'Request Chat answers chatId, userId, secureKey, alias and messages, each of the type that the example shows',
      'GMS-REQ-2 requestchat MUST state write example':
        "The messages of Request Chat start with the client's own ParticipantJoined of index 1, with the nickname asked for",
      'GMS-REQ-3 requestchat MUST state write stated':
        'First and last name are enough to open a chat, without a nickname',
      'GMS-REQ-3-SHOULD requestchat SHOULD state write example':
        'Without a nickname, the client is shown under first and last name with a space between them',
      'GMS-REQ-4 requestchat MUST ids write inferred':
        'Each Request Chat opens a chat of its own, with a chatId that no other has',
      'GMS-REQ-4-SHOULD requestchat SHOULD ids write inferred': 'Each chat has a secureKey that no other chat has',
      'GMS-REQ-5 requestchat SHOULD shape write stated':
        'Request Chat takes a form in several parts (multipart/form-data) too',
    },
  ],
  [
    'Send Message',
    {
      'GMS-SEND-1 sendmessage MUST state write stated':
        'Each sent message comes back from Refresh once, as a Message of the client, unchanged, in any script and up to 8 KiB',
      'GMS-SEND-2 sendmessage SHOULD state write client':
        'A message comes back with the messageType that it was sent with',
      'GMS-SEND-3 sendmessage SHOULD paging write stated':
        'With a transcriptPosition, Send Message answers the events from there on, its own among them',
    },
  ],
  [
    'Refresh',
    {
      'GMS-REF-1 refresh MUST paging write inferred':
        'With a transcriptPosition of 1 and above, Refresh answers exactly the events of that index and above, ascending, without gap or repeat',
      'GMS-REF-2 refresh SHOULD paging write client':
        'Without a transcriptPosition or with 1, Refresh answers all events, and with 0 none',
      'GMS-REF-3 refresh MUST paging write stated':
        'The nextPosition lies above every index shown, and fed back as transcriptPosition it yields every event exactly once',
      'GMS-REF-4 refresh MUST state write inferred':
        'An event keeps its index and its content from one read to the next, and no chat shows one of another chat',
      'GMS-REF-5 refresh MUST time write example':
        'utcTime is an integer of 13 digits, milliseconds since 1970, never goes back from one event to the next, and of a fresh event is the current time',
      'GMS-REF-6 refresh MUST state write stated': 'chatEnded is false while the chat lives',
      'GMS-REF-7 refresh SHOULD robustness write inferred':
        'Behind the last event, Refresh answers no event and the same nextPosition; a position that is no index is refused or clamped',
    },
  ],
  [
    'Chat API Version 2',
    {
      'GMS-ALIAS-1 * MUST state write stated':
        'The newest alias that an answer gave is accepted on the next call, whatever the action',
    },
  ],
  [
    'Start Typing',
    {
      'GMS-TYPE-1-START starttyping SHOULD state write client':
        'A start of typing shows in the transcript as TypingStarted of the client, with its text where it has one',
    },
  ],
  [
    'Stop Typing',
    {
      'GMS-TYPE-1-STOP stoptyping SHOULD state write client':
        'A stop of typing shows in the transcript as TypingStopped of the client, with its text where it has one',
    },
  ],
  [
    'Update Nickname',
    {
      'GMS-NICK-1 updatenickname SHOULD state write client':
        'A new nickname shows as NicknameUpdated, and later events of the client carry it under the same participantId',
    },
  ],
  [
    'Push URL',
    {
      'GMS-URL-1 pushurl SHOULD state write client':
        'A pushed URL shows in the transcript as PushUrl of the client with that URL, unchanged',
    },
  ],
  [
    'Custom Notice',
    {
      'GMS-NOTE-1 customnotice SHOULD state write client':
        'A custom notice shows in the transcript as CustomNotice of the client with its text, unchanged',
    },
  ],
  ['Update Data', { 'GMS-DATA-1 updatedata SHOULD shape write client': 'Update Data is answered with statusCode 0' }],
  [
    'Read Receipt',
    { 'GMS-READ-1 readreceipt SHOULD shape write client': 'Read Receipt is answered with statusCode 0' },
  ],
  [
    'File Limits',
    {
      'GMS-FILE-1 filelimits SHOULD shape write client':
        'File Limits answers a Notice whose userData holds the ten limits as texts: numbers in digits, types joined by colons',
    },
  ],
  [
    'File Upload',
    {
      'GMS-FILE-2 fileupload SHOULD state write client':
        'An upload within the limits answers a file-id, shows as FileUploaded, and counts as used in File Limits',
    },
  ],
  [
    'File Download',
    {
      'GMS-FILE-2-DOWNLOAD filedownload SHOULD state write client': 'An uploaded file is given back byte for byte',
    },
  ],
  [
    'File Delete',
    {
      'GMS-FILE-3 filedelete SHOULD state write client':
        'File Delete is answered with statusCode 0, shows as FileDeleted, and the file cannot be had any more',
    },
  ],
  [
    'File Upload',
    {
      'GMS-FILE-3-LIMITS fileupload SHOULD robustness write client':
        'A file of a type or size beyond the limits is refused',
    },
  ],
  [
    'File Download',
    {
      'GMS-FILE-4 filedownload MUST access write inferred':
        'A file of one chat can be had neither under another chat nor with its credentials, nor deleted there',
    },
  ],
  [
    'Disconnect',
    {
      'GMS-DONE-1 disconnect MUST state write inferred':
        'Disconnect is answered with statusCode 0; from then on no chatEnded is false, neither there nor on Send Message or Refresh',
    },
  ],
]);
