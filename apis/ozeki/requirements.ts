import { catalogue } from '../../src/requirements/rows.js';

/** The requirements of the Ozeki Chat Client API, in the order of the documentation. */
export const ozekiRequirements = catalogue('ozeki', [
  [
    'all pages',
    {
      'OZ-COM-1 * MUST shape read stated': 'Every response has the content type application/json',
      'OZ-COM-2 * MUST shape read example':
        'Every response body is one JSON object that fits the response schema of its action',
      'OZ-COM-3 * MUST shape read example':
        'A success carries status "OK", written exactly so, and an errormessage that is a string',
      'OZ-COM-4 * SHOULD shape read example': 'The errormessage beside status "OK" is empty',
      'OZ-COM-5 * MUST ids read stated': 'Every user id in a response is 32 lower-case hex digits',
      'OZ-COM-6 * MUST ids read stated':
        "The user id of each account, wherever it stands, is the md5 of the account's e-mail address",
      'OZ-COM-7 * MUST time read stated':
        'Every timestamp is a calendar date written yyyy-MM-dd HH:mm:ss with a 24-hour clock, no zone and no fraction',
      'OZ-COM-8 * MUST time write stated':
        'The timestamps of what has just happened are the current time in UTC, within the clock tolerance',
      'OZ-COM-9 * SHOULD shape read inferred': 'A success has the HTTP status 200',
      'OZ-COM-10 * MUST access read stated': 'A wrong Ozeki-Signature gets neither "OK" nor data, whatever the action',
      'OZ-COM-11 * MUST access read stated':
        'A request without one of the documented Signature, User or Station headers gets neither "OK" nor data',
      'OZ-COM-12 * MUST access read stated':
        'A user who takes no part in a conversation can neither read it nor change it',
      'OZ-COM-13 * SHOULD robustness read inferred':
        'A refusal is JSON with a status other than "OK" and an errormessage, without HTTP 5xx, stack trace or data of others',
      'OZ-COM-14 * SHOULD robustness read inferred':
        'Bad input of every kind is refused in order, and the server keeps answering afterwards',
    },
  ],
  [
    'Login',
    {
      'OZ-LOGIN-1 login MUST shape read example': 'Login answers all documented members with their documented types',
      'OZ-LOGIN-2 login MUST shape read stated': 'The rsakey of Login is an RSA private key block in PEM form',
      'OZ-LOGIN-2-SHOULD login SHOULD shape read example':
        'The rsakey of Login is encrypted: it has the lines Proc-Type: 4,ENCRYPTED and DEK-Info',
      'OZ-LOGIN-3 login MUST shape read example':
        'The udp, ws and wss listeners of Login are URLs of those schemes with a port',
      'OZ-LOGIN-4 login MUST shape read example':
        'Each URL that Login hands out is absolute, http or https, and its query picks the srv and api of its name',
      'OZ-LOGIN-5 login MUST ids read stated': "The userid of Login is the md5 of the account's e-mail address",
      'OZ-LOGIN-6 login MUST access read stated':
        'Login with a wrong or missing apikey gets neither "OK" nor rsakey nor userid',
      'OZ-LOGIN-7 login SHOULD state read inferred':
        'The conversation URL that Login hands out serves Conversation / List',
      'OZ-LOGIN-8 login SHOULD ids read inferred': 'A second login of the same account gives the same userid',
      'OZ-LOGIN-9 login SHOULD state write stated':
        'Each URL that Login hands out for another documented action serves that action, and the ws and wss listeners accept a WebSocket handshake',
      'OZ-LOGIN-10 login SHOULD ids read example':
        'The nick or the fullname of Login is the name under which friends and participants show the user',
    },
  ],
  [
    'Availability',
    {
      'OZ-AVAIL-1 useravailable MUST state write stated':
        'After Availability the user\'s friends see the user as "available" in Friends / List',
      'OZ-AVAIL-2 useravailable SHOULD state write stated':
        "After Availability the user's friends find the user's id in friendavailabilitesof of their Notification",
    },
  ],
  [
    'Friends / List',
    {
      'OZ-FRIEND-1 friends MUST shape read example':
        'The keys of friends and the friendids of availabilities are the same users, with the same names',
      'OZ-FRIEND-2 friends MUST shape read stated': 'Each friend has a publickey and an availability',
      'OZ-FRIEND-2-SHOULD friends SHOULD shape read example':
        'The publickey of each friend is an RSA public key in base64 of DER',
      'OZ-FRIEND-3 friends SHOULD ids read inferred': 'Nobody is their own friend, and no friend is listed twice',
    },
  ],
  [
    'Report',
    {
      'OZ-REPORT-1 viewed MUST state write example':
        'Reporting a message just received as viewed answers the plain envelope',
      'OZ-REPORT-2 viewed SHOULD state write inferred':
        'After a message was reported as viewed its sender finds a new entry in reports',
      'OZ-REPORT-3 viewed SHOULD shape write example': 'The Type of a report is delivered or viewed',
    },
  ],
  [
    'Notification',
    {
      'OZ-NOTIF-1 notification MUST shape read example':
        'Notification answers three arrays of ids, of 32 hex digits but for groups',
      'OZ-NOTIF-2 notification MUST state write example':
        "After another participant adds a message, the conversation's id is in conversationchangedof of whoever logged in with the station",
      'OZ-NOTIF-3 notification SHOULD state write inferred':
        "Notification names the user's own conversations and friends alone, and tells each station of a change, once",
      'OZ-NOTIF-4 notification SHOULD state write inferred':
        "A flag or a colour changed at one station is told in conversationlistchangedof to the user's other station",
    },
  ],
  [
    'Conversation / List',
    {
      'OZ-CONV-1 list MUST access read stated':
        'The caller is among the participantids of each conversation that is shown',
      'OZ-CONV-2 list MUST ids read example':
        'participants and participantids name the same users, each once, and a List holds each conversation once',
      'OZ-CONV-3 list MUST state read example':
        'ismuted and isfavorite are true exactly when the caller is in mutedby and favoriteby, which name nobody twice',
      'OZ-CONV-4 list SHOULD ids read inferred':
        'The id of a two-person conversation is the md5 of the two user ids in ascending order joined by ";"',
      'OZ-CONV-5 list SHOULD access read inferred': "The properties of a conversation hold the caller's entry alone",
      'OZ-CONV-6 list MUST shape read example':
        'listitembackgroundcolor is "#" and six hex digits, and lastaccess is an integer',
      'OZ-CONV-7 list SHOULD time write inferred': 'lastaccess is the Created of the newest message in Unix seconds',
      'OZ-CONV-8 list SHOULD shape read example':
        'instance is ten letters or digits, and displayname and secret are base64',
      'OZ-CONV-10 list MUST access read stated':
        'List gives all conversations in which the caller takes part, but for hidden ones',
      'OZ-CONV-11 list SHOULD ids read example':
        'isgroup is false for two participants, usernames are those of Friends / List, and hiddenby names participants who hide',
      'OZ-CONV-12 list SHOULD ids write inferred':
        'lastreportid is the ID of the newest report, and empty where there is none',
    },
  ],
  [
    'all pages that answer a conversation',
    {
      'OZ-CONV-9 * MUST state write stated': 'An answer carries the conversation that was asked for',
      'OZ-CONV-13 * SHOULD state write example':
        'A conversation in an answer is as List shows it before or behind, but for its displayname',
    },
  ],
  [
    'Conversation / Partial download',
    {
      'OZ-PAGE-1 downloadpartial MUST paging read example': 'A page holds at most limit messages',
      'OZ-PAGE-1-SHOULD downloadpartial SHOULD paging read example': 'A page holds at most limit reports',
      'OZ-PAGE-2 downloadpartial MUST paging write stated': 'The first page holds the most recent messages',
      'OZ-PAGE-3 downloadpartial MUST paging read inferred': 'No message on a page is newer than the cursor',
      'OZ-PAGE-4 downloadpartial MUST paging read inferred':
        'The messages of a page are sorted by Created, always in the same direction',
      'OZ-PAGE-4-SHOULD downloadpartial SHOULD paging read example': 'The messages of a page are sorted oldest first',
      'OZ-PAGE-5 downloadpartial MUST paging read stated':
        'Walking back page by page gives every message exactly once and ends',
      'OZ-PAGE-6 downloadpartial MUST paging write inferred':
        'Messages of one and the same second survive a page break between them',
      'OZ-PAGE-7 downloadpartial MUST paging read inferred': 'The walk gives the same messages for every limit',
      'OZ-PAGE-8 downloadpartial SHOULD robustness read inferred':
        'A limit that is zero, negative, text or huge is refused or clamped, without a server error',
      'OZ-PAGE-9 downloadpartial SHOULD paging write inferred':
        'A message added during a walk changes nothing of the older pages',
      'OZ-PAGE-10 downloadpartial MUST paging write inferred':
        'Reports are paged by their own cursor without loss or repeat',
    },
  ],
  [
    'Conversation / Add',
    {
      'OZ-ADD-1 add MUST state write stated': 'Add answers the ID, Type, Created and ValidUntil that were uploaded',
      'OZ-ADD-2 add SHOULD shape write example': 'Add does not send the Data back',
      'OZ-ADD-3 add MUST state write stated':
        'Every participant can download each added message with its Data unchanged, in any script and up to 64 KiB',
      'OZ-ADD-4 add MUST state write example': "After Add, List shows the new message's ID as lastmessageid",
      'OZ-ADD-5 add SHOULD state write inferred': 'Adding the same ID twice leaves one message',
    },
  ],
  [
    'Conversation / Clear',
    {
      'OZ-CLEAR-1 clear MUST state destroy stated':
        'After Clear no participant can download any message of the conversation',
      'OZ-CLEAR-2 clear MUST state destroy example':
        'Clear answers the conversation with empty lastmessageid and lastreportid',
      'OZ-CLEAR-3 clear MUST state destroy stated': 'Clear leaves the messages of other conversations',
      'OZ-CLEAR-4 clear SHOULD state destroy inferred':
        'Clear changes the instance, but not lastaccess, flags or participants',
      'OZ-CLEAR-5 clear SHOULD state destroy inferred': 'Clearing an empty conversation is "OK"',
    },
  ],
  [
    'Conversation / Favorite',
    {
      'OZ-FLAG-1-FAVORITE favorite MUST state write stated':
        'Favorite answers the conversation with isfavorite true and the caller in favoriteby',
      'OZ-FLAG-2-FAVORITE favorite MUST state write stated':
        'After Favorite, a later List shows isfavorite true and the caller in favoriteby',
      'OZ-FLAG-3-FAVORITE favorite MUST state write example':
        "Favorite leaves the other participant's own state as it was",
      'OZ-FLAG-4-FAVORITE favorite MUST state write inferred':
        'Favorite changes no other flag of the caller, in this conversation or another',
      'OZ-FLAG-5-FAVORITE favorite SHOULD state write inferred': 'Favorite done twice is the same as done once',
    },
  ],
  [
    'Conversation / Unfavorite',
    {
      'OZ-FLAG-1-UNFAVORITE unfavorite MUST state write stated':
        'Unfavorite answers the conversation with isfavorite false and the caller not in favoriteby',
      'OZ-FLAG-2-UNFAVORITE unfavorite MUST state write stated':
        'After Unfavorite, a later List shows isfavorite false and the caller not in favoriteby',
      'OZ-FLAG-3-UNFAVORITE unfavorite MUST state write example':
        "Unfavorite leaves the other participant's own state as it was",
      'OZ-FLAG-4-UNFAVORITE unfavorite MUST state write inferred':
        'Unfavorite changes no other flag of the caller, in this conversation or another',
      'OZ-FLAG-5-UNFAVORITE unfavorite SHOULD state write inferred': 'Unfavorite done twice is the same as done once',
      'OZ-FLAG-6-UNFAVORITE unfavorite MUST state write stated':
        'Unfavorite restores the state that was there before Favorite',
    },
  ],
  [
    'Conversation / Change Color',
    {
      'OZ-FLAG-1-COLOR setlistitembackgroundcolor SHOULD state write stated':
        'Change Color answers the conversation with the colour asked for as listitembackgroundcolor',
      'OZ-FLAG-2-COLOR setlistitembackgroundcolor MUST state write stated':
        'After Change Color, a later List shows the colour asked for as listitembackgroundcolor',
      'OZ-FLAG-3-COLOR setlistitembackgroundcolor MUST state write example':
        "Change Color leaves the other participant's own state as it was",
      'OZ-FLAG-4-COLOR setlistitembackgroundcolor MUST state write inferred':
        'Change Color changes no other flag of the caller, in this conversation or another',
      'OZ-FLAG-5-COLOR setlistitembackgroundcolor SHOULD state write inferred':
        'Change Color done twice is the same as done once',
    },
  ],
  [
    'Conversation / Mute',
    {
      'OZ-FLAG-1-MUTE mute MUST state write stated':
        'Mute answers the conversation with ismuted true and the caller in mutedby',
      'OZ-FLAG-2-MUTE mute MUST state write stated':
        'After Mute, a later List shows ismuted true and the caller in mutedby',
      'OZ-FLAG-3-MUTE mute MUST state write example': "Mute leaves the other participant's own state as it was",
      'OZ-FLAG-4-MUTE mute MUST state write inferred':
        'Mute changes no other flag of the caller, in this conversation or another',
      'OZ-FLAG-5-MUTE mute SHOULD state write inferred': 'Mute done twice is the same as done once',
    },
  ],
  [
    'Conversation / Unmute',
    {
      'OZ-FLAG-1-UNMUTE unmute MUST state write stated':
        'Unmute answers the conversation with ismuted false and the caller not in mutedby',
      'OZ-FLAG-2-UNMUTE unmute MUST state write stated':
        'After Unmute, a later List shows ismuted false and the caller not in mutedby',
      'OZ-FLAG-3-UNMUTE unmute MUST state write example': "Unmute leaves the other participant's own state as it was",
      'OZ-FLAG-4-UNMUTE unmute MUST state write inferred':
        'Unmute changes no other flag of the caller, in this conversation or another',
      'OZ-FLAG-5-UNMUTE unmute SHOULD state write inferred': 'Unmute done twice is the same as done once',
      'OZ-FLAG-6-UNMUTE unmute MUST state write stated': 'Unmute restores the state that was there before Mute',
    },
  ],
  [
    'Conversation / Hide',
    {
      'OZ-FLAG-1-HIDE hide MUST state write stated': 'Hide answers the conversation with the hideid asked for',
      'OZ-FLAG-2-HIDE hide MUST state write stated': 'After Hide, a later List shows the hideid asked for',
      'OZ-FLAG-3-HIDE hide MUST state write example': "Hide leaves the other participant's own state as it was",
      'OZ-FLAG-4-HIDE hide MUST state write inferred':
        'Hide changes no other flag of the caller, in this conversation or another',
      'OZ-FLAG-5-HIDE hide SHOULD state write inferred': 'Hide done twice is the same as done once',
    },
  ],
  [
    'Conversation / Unhide',
    {
      'OZ-FLAG-1-UNHIDE unhide MUST state write stated': 'Unhide answers the conversation with an empty hideid',
      'OZ-FLAG-2-UNHIDE unhide MUST state write stated': 'After Unhide, a later List shows an empty hideid',
      'OZ-FLAG-3-UNHIDE unhide MUST state write example': "Unhide leaves the other participant's own state as it was",
      'OZ-FLAG-4-UNHIDE unhide MUST state write inferred':
        'Unhide changes no other flag of the caller, in this conversation or another',
      'OZ-FLAG-5-UNHIDE unhide SHOULD state write inferred': 'Unhide done twice is the same as done once',
      'OZ-FLAG-6-UNHIDE unhide MUST state write stated': 'Unhide restores the state that was there before Hide',
    },
  ],
  [
    'Conversation / Change Color',
    {
      'OZ-FLAG-7-COLOR setlistitembackgroundcolor SHOULD robustness write inferred':
        'Change Color with something that is no "#" and six hex digits is refused and changes nothing',
    },
  ],
  [
    'Conversation / Download',
    {
      'OZ-DOWN-1 download MUST paging read example':
        'Download answers every message from the first cursor on, that one included, oldest first',
      'OZ-DOWN-2 download MUST shape read example':
        'Each downloaded message has ID, Type, Created, ValidUntil and Data, and its ValidUntil is not before its Created',
      'OZ-DOWN-3 download MUST paging read inferred':
        'Download and a Partial download walk over the same range give the same messages',
    },
  ],
  [
    'Blocklist',
    {
      'OZ-BLOCK-1 blocklist SHOULD state write stated':
        'Blocklist names a hidden conversation or its other user, and no longer after Unhide',
    },
  ],
  [
    'Workspace registration',
    {
      'OZ-WORK-1 workspaceregister MUST state destroy example': 'Workspace registration answers the plain envelope',
      'OZ-WORK-2 workspaceregister SHOULD robustness destroy inferred':
        'A workspace name that is taken, empty or no host name is refused',
    },
  ],
]);
