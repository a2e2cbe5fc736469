import { rulings } from '../../src/requirements/rulings.js';

/** Where the pages of the Ozeki Chat API contradict themselves or leave something open, and what the suite holds. */
export const ozekiRulings = rulings('ozeki', {
  'user-id-example': {
    pages:
      'A user id is said to be the md5 of the e-mail address. The worked example prints aa68d2204cb2bb85f2de3b9aad0d86d7 for alice@ozeki.hu, whose md5 is f22e679ed4bc266b4245954020c26e0e; the id of the Administrator is the md5 of admin@ozeki.hu.',
    held: 'The rule holds and the printed example is wrong: the id of each account whose address the target names is the md5 of that address. Other ids are held to their form alone.',
    since: '0.1.0',
    requirements: ['OZ-COM-5', 'OZ-COM-6', 'OZ-LOGIN-5'],
  },
  'clock-hours': {
    pages:
      'The pattern of timestamps spells the hour as on a 12-hour clock; documented bodies hold hours such as 13 and 15.',
    held: 'Hours run from 00 to 23.',
    since: '0.1.0',
    requirements: ['OZ-COM-7'],
  },
  'clock-zone': {
    pages:
      'No zone is named. The Unix seconds in lastaccess equal the Created of the newest message only where that is read as UTC.',
    held: 'Timestamps are UTC.',
    since: '0.1.0',
    requirements: ['OZ-COM-8', 'OZ-CONV-7'],
  },
  'errormessage-of-success': {
    pages: 'Empty beside "OK" on most pages; a complaint about a missing file on Conversation / List and on Blocklist.',
    held: 'Any text is legal beside "OK"; one that is not empty is a SHOULD miss.',
    since: '0.1.0',
    requirements: ['OZ-COM-3', 'OZ-COM-4'],
  },
  'download-envelope': {
    pages: 'The body on the page of Download has neither status nor errormessage; all other bodies have both.',
    held: 'Both may be left out there. What is there keeps the rules of the envelope.',
    since: '0.1.0',
    requirements: ['OZ-COM-3'],
  },
  'change-color-answer': {
    pages:
      'The updated conversation is promised, and the documented answer shows the old colour; but that body is the one of Favorite, taken days before. Later pages show the new colour.',
    held: 'A later List shows the new colour: MUST. The answer itself shows it: SHOULD.',
    since: '0.1.0',
    requirements: ['OZ-FLAG-1-COLOR', 'OZ-FLAG-2-COLOR'],
  },
  'hidden-by': {
    pages: 'Hide answers an empty hiddenby beside a hideid that is set.',
    held: 'The hideid is what hides. It may be empty all the same; whom it names takes part and does not show as hiding nothing: SHOULD.',
    since: '0.1.0',
    requirements: ['OZ-FLAG-1-HIDE', 'OZ-FLAG-2-HIDE', 'OZ-CONV-11'],
  },
  'blocklist-while-hidden': {
    pages:
      'Blocklist is said to show who was hidden; the documented body is empty though it was taken between a Hide and its Unhide.',
    held: 'A hidden conversation or its other user is somewhere in the lists, in whatever form: SHOULD.',
    since: '0.1.0',
    requirements: ['OZ-BLOCK-1'],
  },
  'last-report-id': {
    pages: 'lastreportid is 32 hex digits in two bodies; the cursor of Partial download names a report by a UUID.',
    held: 'Any text. That it is the ID of the newest report, and empty where there is none, is a SHOULD.',
    since: '0.1.0',
    requirements: ['OZ-COM-2', 'OZ-CLEAR-2', 'OZ-CONV-12'],
  },
  registration: {
    pages: 'The one documented body gives registration as a text that reads like a boolean.',
    held: 'The text "true" or "false".',
    since: '0.1.0',
    requirements: ['OZ-LOGIN-1'],
  },
  'friend-availabilities-spelling': {
    pages: 'One list of Notification is spelled friendavailabilitesof, without the second i.',
    held: 'The documented spelling is the contract.',
    since: '0.1.0',
    requirements: ['OZ-NOTIF-1'],
  },
  'first-page': {
    pages: 'The cursor of the first page of Partial download is described nowhere.',
    held: 'The dates lie ahead of now by the clock tolerance and a minute, and the ids are empty. A target may ask for another form with firstPageCursor.',
    since: '0.1.0',
    requirements: ['OZ-PAGE-2', 'OZ-PAGE-5'],
  },
  'cursor-message': {
    pages: 'Whether the message of the cursor comes again on the next page is left open.',
    held: 'It may come again, and nothing else may. The walk must move all the same, at a limit of 1 too.',
    since: '0.1.0',
    requirements: ['OZ-PAGE-3', 'OZ-PAGE-5', 'OZ-PAGE-7'],
  },
  'one-second': {
    pages:
      'Timestamps have no fraction, and a cursor names a second and an id; which of several messages of one second it is, is left open.',
    held: 'The one farthest back in the order of the server: the first of an ascending page, the last of a descending one. Nothing is called lost before both ends were tried.',
    since: '0.1.0',
    requirements: ['OZ-PAGE-6', 'OZ-PAGE-10'],
  },
  'page-order': {
    pages: 'The order within a page of Partial download is left open; the body of Download runs oldest first.',
    held: 'One direction throughout: MUST. Oldest first: SHOULD.',
    since: '0.1.0',
    requirements: ['OZ-PAGE-4', 'OZ-PAGE-4-SHOULD'],
  },
  'type-of-refusals': {
    pages: 'Every response is said to be JSON; no refusal is shown.',
    held: 'A refusal in JSON has the content type of JSON: MUST. An HTML page for a refusal is a SHOULD miss, and no more.',
    since: '0.1.0',
    requirements: ['OZ-COM-1', 'OZ-COM-13'],
  },
  'unknown-station': {
    pages: 'Notification names a station and no user; what a station gets that nobody has logged in from is left open.',
    held: 'It gets nothing of anybody: SHOULD.',
    since: '0.1.0',
    requirements: ['OZ-COM-13'],
  },
  'message-size': {
    pages: 'No size is named.',
    held: 'Up to 64 KiB of Data is stored unchanged. A message of 1 MiB may be stored or refused, but breaks nothing.',
    since: '0.1.0',
    requirements: ['OZ-ADD-3', 'OZ-COM-14'],
  },
  'back-dated-uploads': {
    pages: 'The Created of a message is its sender’s; whether it may lie in the past is left open.',
    held: 'It may, and is echoed as it was sent. lastmessageid and lastaccess are not checked after such an upload.',
    since: '0.1.0',
    requirements: ['OZ-ADD-1', 'OZ-ADD-4', 'OZ-COM-7', 'OZ-CONV-7'],
  },
  'hidden-in-list': {
    pages: 'Whether List still gives a hidden conversation is left open.',
    held: 'Both are legal. Where it is given, its hideid is the one that was asked for.',
    since: '0.1.0',
    requirements: ['OZ-FLAG-2-HIDE'],
  },
  'reports-after-clear': {
    pages: 'Clear answers an empty lastreportid; what becomes of the reports is left open.',
    held: 'The answer is checked, the reports themselves are not.',
    since: '0.1.0',
    requirements: ['OZ-CLEAR-1', 'OZ-CLEAR-2'],
  },
  'byte-order-mark': {
    pages: 'Nothing is said of a byte order mark before the JSON.',
    held: 'It is a miss: RFC 8259, section 8.1, forbids it in what is sent, and clients break on it.',
    since: '0.1.0',
    requirements: ['OZ-COM-2'],
  },
  'muted-notifications': {
    pages: 'A mute is said to spare the user notifications; no body shows what Notification then gives.',
    held: 'Notification may tell of a muted conversation or stay silent.',
    since: '0.1.0',
    requirements: ['OZ-NOTIF-2'],
  },
  'favorites-first': {
    pages: 'The overview puts favourite conversations at the top of the list; no body shows an order.',
    held: 'That is the list of the client. The order of List is not checked.',
    since: '0.1.0',
    requirements: ['OZ-FLAG-2-FAVORITE'],
  },
  'urls-behind-a-gateway': {
    pages: 'The documented urls and listeners of Login point to localhost.',
    held: 'What a client is handed must be reachable from where the suite runs: SHOULD. Credentials go to no other host than the target names, so a url of another host is not asked. The ws and wss listeners of the same host accept a WebSocket handshake; one whose TLS is not trusted where the suite runs is not judged, and udp is not asked.',
    since: '0.1.0',
    requirements: ['OZ-LOGIN-7', 'OZ-LOGIN-9'],
  },
  'two-who-are-a-group': {
    pages: 'isgroup is false in every example; no group is shown.',
    held: 'False for two participants is a SHOULD. The id of a group is any text that is not empty, in Notification too.',
    since: '0.1.0',
    requirements: ['OZ-NOTIF-1', 'OZ-CONV-4', 'OZ-CONV-11'],
  },
  'names-of-users': {
    pages:
      'Participants show under the nick of their Login in the examples; nothing says that it could not be the fullname.',
    held: 'Either is legal, and friends and participants go by the same name: SHOULD.',
    since: '0.1.0',
    requirements: ['OZ-LOGIN-10', 'OZ-CONV-11'],
  },
  'hidden-but-listed-elsewhere': {
    pages: 'List gives all conversations of the caller; whether it gives a hidden one is left open.',
    held: 'One that Blocklist names, or whose other user it names, may be missing from List.',
    since: '0.1.0',
    requirements: ['OZ-CONV-10'],
  },
  'several-stations': {
    pages: 'Notification names a station and no user; what a second station of one user gets is not said.',
    held: 'Each station that logged in is told of each change, once: SHOULD. Where the server refuses a second station, nothing is judged.',
    since: '0.1.0',
    requirements: ['OZ-NOTIF-3', 'OZ-NOTIF-4'],
  },
});
