import { catalogue } from '../../src/requirements/rows.js';

/** The requirements of the Relation ONE message API, in the order of the documentation. */
export const relationRequirements = catalogue('relation', [
  [
    'all pages',
    {
      'RE-COM-1 * MUST shape read stated':
        'Every response body is one JSON object with code and desc as strings and data, and fits the schema of its action',
      'RE-COM-1-SHOULD * SHOULD shape read stated': 'Every response has the content type application/json',
      'RE-COM-2 * MUST shape read stated': 'A success carries the code "0", written exactly so',
      'RE-COM-3 * MUST access read stated':
        'A missing, altered or foreign token gets neither the code "0" nor data, whatever the action',
      'RE-COM-3-SHOULD * SHOULD access read stated':
        'A missing, altered or foreign token is refused with the code 10100, 10101 or 10102',
      'RE-COM-4 * SHOULD access read stated': 'A missing or unknown ApiKey is refused, whatever the action',
      'RE-COM-5 * SHOULD robustness read inferred':
        'Bad input of every kind is refused in the envelope, without HTTP 5xx or stack trace, and the server keeps answering',
      'RE-COM-6 * SHOULD access read example':
        'The scheme bearer in lower case is as good as Bearer, whatever the action',
      'RE-COM-7 * SHOULD shape read stated':
        'desc is the documented text of the code, where one text is documented for it',
    },
  ],
  [
    'Message / List',
    {
      'RE-LIST-1 list MUST shape read stated':
        'Every entry of List is a MessageInfo: ids and createAt are strings, and createAt has thirteen digits',
      'RE-LIST-2 list MUST paging read stated': 'List is sorted by createAt, newest first',
      'RE-LIST-3 list MUST robustness read stated':
        'List with neither channelUuid nor toRelationId answers the code 10112',
      'RE-LIST-4 list MUST access read stated':
        'List answers who is no member of the channel, or is none any more, with the code 10120 and no message',
      'RE-LIST-5 list MUST paging read stated': 'List holds at most limit entries',
      'RE-LIST-6 list MUST paging read stated': 'No entry of List is newer than maxCreateAt',
      'RE-LIST-6-SHOULD list SHOULD paging read stated':
        'List includes a message whose createAt is exactly maxCreateAt',
      'RE-LIST-7 list MUST ids read stated': 'The ids of List are unique, and every entry is of the channel asked for',
      'RE-LIST-8 list MUST paging write inferred':
        'Walking back with maxCreateAt finds every message that was sent, for every limit, and ends',
      'RE-LIST-9 list MUST state write stated':
        'A message just sent is in the List of every member with its content unchanged, its type, its sendUuid and its sender',
      'RE-LIST-10 list MUST time write stated':
        'The createAt of a message just sent is the current time in milliseconds, within the clock tolerance',
      'RE-LIST-11 list SHOULD state write stated': 'A message sent with quoteId carries the quoted message in quote',
      'RE-LIST-12 list SHOULD robustness read inferred':
        'A limit or maxCreateAt that is zero, negative, text or huge is refused or clamped, without a server error',
      'RE-LIST-13 list SHOULD ids read example': 'Messages of the type SYS come from thirty-two zeros',
      'RE-LIST-14 list MUST access write inferred':
        'List with toRelationId alone gives the messages between the caller and that user, to both alike and to nobody else',
    },
  ],
  [
    'Message / Send',
    {
      'RE-SEND-1 send MUST state write stated':
        'Send answers the channelUuid and the id of the new message, and List then has that id',
      'RE-SEND-2 send MUST robustness write stated':
        'Send with neither channelUuid nor toRelationId answers the code 10112 and stores nothing',
      'RE-SEND-3 send MUST access write stated':
        'Send by who is no member of the channel answers the code 13108 and stores nothing',
      'RE-SEND-4 send SHOULD state write inferred': 'Sending the same sendUuid twice leaves one message',
      'RE-SEND-5 send MUST state write stated':
        'Send with toRelationId alone answers id and channelUuid, by which both List the message, or the code 13301',
    },
  ],
  [
    'Message / Read',
    {
      'RE-READ-1 read MUST state write stated': 'Read answers an integer, which is 1 when it updated something',
    },
  ],
  [
    'Message / Hide',
    {
      'RE-HIDE-1 hide MUST state write stated': 'Hiding an own message answers the code "0" with data null',
      'RE-HIDE-1-SHOULD hide SHOULD state write stated':
        'A message that was hidden, and no other, is gone from the own List',
      'RE-HIDE-2 hide SHOULD access write stated': "Somebody else's message cannot be hidden",
    },
  ],
  [
    'Message / Unread count',
    {
      'RE-UNREAD-1 unreadcount MUST shape read stated':
        'Unread count answers unreadCount and mentionsCount, two integers that are not negative',
      'RE-UNREAD-1-SHOULD unreadcount SHOULD state write stated':
        'unreadCount grows when the peer sends, and falls after Read',
    },
  ],
]);
