import { catalogue } from '../../src/requirements/rows.js';

/** The requirements of the Relation ONE API, in the order of the documentation. */
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
  [
    'Auth',
    {
      'RG-AUTH-1 auth MUST access read stated':
        'With a valid address token, Auth answers a token that User Info serves',
      'RG-AUTH-2 auth MUST access read inferred': 'Auth gives no token where its address token is missing or altered',
      'RG-AUTH-3 auth SHOULD shape read example':
        'The token of Auth is a JWT whose sub is the relationId and whose exp is seven days after its iat',
    },
  ],
  [
    'User Info',
    {
      'RG-USER-1 userinfo MUST shape read stated':
        'User Info is the caller without an address and the named user with one, with relationId, name and avatar as strings',
      'RG-USER-2 userinfo SHOULD robustness read stated': 'User Info of an unknown address answers the code 11602',
    },
  ],
  [
    'Groups / Create',
    {
      'RG-CREATE-1 create MUST ids write stated': 'Create answers the channelUuid of a group, another one each time',
      'RG-CREATE-1-SHOULD create SHOULD ids write example':
        'The channelUuid of a new group is 32 lower-case hex digits',
      'RG-CREATE-2 members MUST state write stated':
        'Members of a new group lists the caller as its admin and every user named in Create as none, each once',
      'RG-CREATE-3 create SHOULD robustness write stated':
        'Create of another type than G and P answers the code 13101 and makes nothing',
      'RG-CREATE-4 create MUST state destroy stated':
        'A conversation made with the type P has the caller and the first user named, and nobody else',
      'RG-CREATE-5 create SHOULD state write example':
        'A message of the type SYS tells in a new group that it was made',
    },
  ],
  [
    'Groups / Join',
    {
      'RG-JOIN-1 join MUST access write stated': 'Who has joined a group is in Members, and may List and Send',
      'RG-JOIN-2 join MUST state write stated':
        'Join of who is a member already answers the code 13302, and Members lists nobody twice',
      'RG-JOIN-3 join MUST access destroy stated': 'A third user cannot join a conversation of the type P',
      'RG-JOIN-3-SHOULD join SHOULD access destroy stated':
        'Join of a conversation of the type P is refused with the code 13109',
    },
  ],
  [
    'Groups / Remove Members',
    {
      'RG-REMOVE-1 removemembers MUST access write stated':
        'Who was removed is out of Members, gets 13102 from Info and Members, 10120 from List, 13108 from Send, and nothing is stored',
      'RG-REMOVE-2 removemembers MUST access write stated':
        'Remove Members by another than the admin answers the code 13107 and removes nobody',
      'RG-REMOVE-3 removemembers MUST state write inferred':
        'When a member is removed, the others stay members and keep all messages',
    },
  ],
  [
    'Groups / Leave',
    {
      'RG-LEAVE-1 leave MUST access write stated':
        'Who has left a group is out of Members, and gets 13103 from Info and Members, 10120 from List, 13108 from Send',
      'RG-LEAVE-1-SHOULD leave SHOULD state destroy stated':
        'Leave of a conversation of the type P is refused with the code 13109',
    },
  ],
  [
    'Groups / Disband',
    {
      'RG-DISBAND-1 disband MUST access write stated':
        'After Disband by the admin, Info and Members answer the code 13104; another than the admin gets 13107, and the group lives',
    },
  ],
  [
    'Groups / Transfer Owner',
    {
      'RG-OWNER-1 transferowner MUST access write stated':
        'After Transfer Owner the new admin alone is the admin and can remove; another than the admin gets the code 13107',
    },
  ],
  [
    'Groups / Info',
    {
      'RG-INFO-1 info MUST shape write stated':
        'Info of a group has the uuid, the name and the type of Create, openAccess true and the members of Members',
      'RG-STRANGER-1 info MUST access write stated':
        'Who never was a member gets neither the code "0" nor data from Info, Members and Get Announcement',
    },
  ],
  [
    'Groups / Is Admin',
    {
      'RG-ADMIN-1 isadmin MUST state write stated':
        'Is Admin answers true for the admin of a group and false for a member',
    },
  ],
  [
    'Groups / Get Announcement',
    {
      'RG-STRANGER-1-SHOULD getannouncement SHOULD access write stated':
        'Get Announcement answers who never was a member with the code 13108',
    },
  ],
  [
    'Groups / Update Announcement',
    {
      'RG-NEWS-1 updateannouncement MUST state write stated':
        'Every member gets the announcement that the admin has set; one of anybody else is refused and changes nothing',
      'RG-NEWS-1-SHOULD updateannouncement SHOULD access write stated':
        'Update Announcement by another than the admin answers the code 13107',
    },
  ],
  [
    'Chats / List',
    {
      'RG-CHATS-1 chatslist MUST state write stated':
        'Chats / List shows each group of the caller once, with its type and its name, and at most limit chats on a page',
      'RG-CHATS-2 chatslist MUST paging write stated':
        'Following the cursor of Chats / List gives every group, none twice, and ends',
      'RG-CHATS-2-SHOULD chatslist SHOULD state write stated':
        'The keyword of Chats / List narrows it to chats of such a name',
      'RG-CHATS-3 chatslist SHOULD state write stated':
        'The status in Chats / List is 2 for who was removed, 1 for who has left and 3 once a group is dismissed',
      'RG-CHATS-4 chatslist MUST state write stated':
        'After a Send of another member, Chats / List shows that message as the last one',
      'RG-CHATS-4-SHOULD chatslist SHOULD state write stated':
        'unreadMessageCount grows with what another member sends, and falls after Read',
    },
  ],
  [
    'Chats / Pin',
    {
      'RG-CHATS-5 pin MUST state write stated':
        'Pin and Mute show in Chats / List and in Info of the caller alone, and are undone in the same way',
    },
  ],
  [
    'Chats / Hide',
    {
      'RG-CHATS-6 chatshide SHOULD state write stated':
        'A chat that was hidden is out of Chats / List until a new message comes',
    },
  ],
  [
    'Message / Send, to a user',
    {
      'RG-DIRECT-1 send MUST state write stated':
        'Send with toRelationId alone answers id and channelUuid, and both users find the message in that channel',
      'RG-DIRECT-2 send SHOULD state write inferred':
        'Messages between two users, either way, are of one channel, and List by toRelationId gives the same ones',
      'RG-DIRECT-3 list MUST access write inferred': 'No third user can List a direct conversation or Send to it',
    },
  ],
]);
