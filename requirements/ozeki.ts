import type { Requirement } from './types.js';

type Row = Omit<Requirement, 'api' | 'source'>;
type Basis = Requirement['source']['basis'];

/** Puts the page and the API to rows; the basis stands in the row. */
function page<const R extends Row & { basis: Basis }>(
  name: string,
  rows: readonly R[],
): (Omit<R, 'basis'> & Pick<Requirement, 'api' | 'source'>)[] {
  return rows.map(({ basis, ...row }) => ({ ...row, api: 'ozeki' as const, source: { page: name, basis } }));
}

const everyAction = page('all pages', [
  { id: 'OZ-COM-1', ref: 'COM-1', action: '*', topic: 'shape', level: 'MUST', needs: 'read', basis: 'stated', title: 'Every response has the content type application/json' },
  { id: 'OZ-COM-2', ref: 'COM-2', action: '*', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'Every response body is one JSON object that fits the response schema of its action' },
  { id: 'OZ-COM-3', ref: 'COM-3', action: '*', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'A success carries status "OK", written exactly so, and an errormessage that is a string' },
  { id: 'OZ-COM-4', ref: 'COM-4', action: '*', topic: 'shape', level: 'SHOULD', needs: 'read', basis: 'example', title: 'The errormessage beside status "OK" is empty' },
  { id: 'OZ-COM-5', ref: 'COM-5', action: '*', topic: 'ids', level: 'MUST', needs: 'read', basis: 'stated', title: 'Every user id in a response is 32 lower-case hex digits' },
  { id: 'OZ-COM-6', ref: 'COM-6', action: '*', topic: 'ids', level: 'MUST', needs: 'read', basis: 'stated', title: 'The user id of each account, wherever it stands, is the md5 of the account\'s e-mail address' },
  { id: 'OZ-COM-7', ref: 'COM-7', action: '*', topic: 'time', level: 'MUST', needs: 'read', basis: 'stated', title: 'Every timestamp is a calendar date written yyyy-MM-dd HH:mm:ss with a 24-hour clock, no zone and no fraction' },
  { id: 'OZ-COM-8', ref: 'COM-8', action: '*', topic: 'time', level: 'MUST', needs: 'write', basis: 'stated', title: 'The timestamps of what has just happened are the current time in UTC, within the clock tolerance' },
  { id: 'OZ-COM-9', ref: 'COM-9', action: '*', topic: 'shape', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'A success has the HTTP status 200' },
  { id: 'OZ-COM-10', ref: 'COM-10', action: '*', topic: 'access', level: 'MUST', needs: 'read', basis: 'stated', title: 'A wrong Ozeki-Signature gets neither "OK" nor data, whatever the action' },
  { id: 'OZ-COM-11', ref: 'COM-11', action: '*', topic: 'access', level: 'MUST', needs: 'read', basis: 'stated', title: 'A request without one of the documented Signature, User or Station headers gets neither "OK" nor data' },
  { id: 'OZ-COM-12', ref: 'COM-12', action: '*', topic: 'access', level: 'MUST', needs: 'read', basis: 'stated', title: 'A user who takes no part in a conversation can neither read it nor change it' },
  { id: 'OZ-COM-13', ref: 'COM-13', action: '*', topic: 'robustness', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'A refusal is JSON with a status other than "OK" and an errormessage, without HTTP 5xx, stack trace or data of others' },
  { id: 'OZ-COM-14', ref: 'COM-14', action: '*', topic: 'robustness', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'Bad input of every kind is refused in order, and the server keeps answering afterwards' },
]);

const login = page('Login', [
  { id: 'OZ-LOGIN-1', ref: 'LOGIN-1', action: 'login', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'Login answers all documented members with their documented types' },
  { id: 'OZ-LOGIN-2', ref: 'LOGIN-2', action: 'login', topic: 'shape', level: 'MUST', needs: 'read', basis: 'stated', title: 'The rsakey of Login is an RSA private key block in PEM form' },
  { id: 'OZ-LOGIN-2-SHOULD', ref: 'LOGIN-2', action: 'login', topic: 'shape', level: 'SHOULD', needs: 'read', basis: 'example', title: 'The rsakey of Login is encrypted: it has the lines Proc-Type: 4,ENCRYPTED and DEK-Info' },
  { id: 'OZ-LOGIN-3', ref: 'LOGIN-3', action: 'login', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'The udp, ws and wss listeners of Login are URLs of those schemes with a port' },
  { id: 'OZ-LOGIN-4', ref: 'LOGIN-4', action: 'login', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'Each URL that Login hands out is absolute, http or https, and its query picks the srv and api of its name' },
  { id: 'OZ-LOGIN-5', ref: 'LOGIN-5', action: 'login', topic: 'ids', level: 'MUST', needs: 'read', basis: 'stated', title: 'The userid of Login is the md5 of the account\'s e-mail address' },
  { id: 'OZ-LOGIN-6', ref: 'LOGIN-6', action: 'login', topic: 'access', level: 'MUST', needs: 'read', basis: 'stated', title: 'Login with a wrong or missing apikey gets neither "OK" nor rsakey nor userid' },
  { id: 'OZ-LOGIN-7', ref: 'LOGIN-7', action: 'login', topic: 'state', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'The conversation URL that Login hands out serves Conversation / List' },
  { id: 'OZ-LOGIN-8', ref: 'LOGIN-8', action: 'login', topic: 'ids', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'A second login of the same account gives the same userid' },
]);

const availability = page('Availability', [
  { id: 'OZ-AVAIL-1', ref: 'AVAIL-1', action: 'useravailable', topic: 'state', level: 'MUST', needs: 'write', basis: 'stated', title: 'After Availability the user\'s friends see the user as "available" in Friends / List' },
  { id: 'OZ-AVAIL-2', ref: 'AVAIL-2', action: 'useravailable', topic: 'state', level: 'SHOULD', needs: 'write', basis: 'stated', title: 'After Availability the user\'s friends find the user\'s id in friendavailabilitesof of their Notification' },
]);

const friends = page('Friends / List', [
  { id: 'OZ-FRIEND-1', ref: 'FRIEND-1', action: 'friends', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'The keys of friends and the friendids of availabilities are the same users, with the same names' },
  { id: 'OZ-FRIEND-2', ref: 'FRIEND-2', action: 'friends', topic: 'shape', level: 'MUST', needs: 'read', basis: 'stated', title: 'Each friend has a publickey and an availability' },
  { id: 'OZ-FRIEND-2-SHOULD', ref: 'FRIEND-2', action: 'friends', topic: 'shape', level: 'SHOULD', needs: 'read', basis: 'example', title: 'The publickey of each friend is an RSA public key in base64 of DER' },
  { id: 'OZ-FRIEND-3', ref: 'FRIEND-3', action: 'friends', topic: 'ids', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'Nobody is their own friend, and no friend is listed twice' },
]);

const report = page('Report', [
  { id: 'OZ-REPORT-1', ref: 'REPORT-1', action: 'viewed', topic: 'state', level: 'MUST', needs: 'write', basis: 'example', title: 'Reporting a message just received as viewed answers the plain envelope' },
  { id: 'OZ-REPORT-2', ref: 'REPORT-2', action: 'viewed', topic: 'state', level: 'SHOULD', needs: 'write', basis: 'inferred', title: 'After a message was reported as viewed its sender finds a new entry in reports' },
]);

const notification = page('Notification', [
  { id: 'OZ-NOTIF-1', ref: 'NOTIF-1', action: 'notification', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'Notification answers three arrays of ids of 32 hex digits' },
  { id: 'OZ-NOTIF-2', ref: 'NOTIF-2', action: 'notification', topic: 'state', level: 'MUST', needs: 'write', basis: 'example', title: 'After another participant adds a message, the conversation\'s id is in conversationchangedof of whoever logged in with the station' },
]);

const conversations = page('Conversation / List', [
  { id: 'OZ-CONV-1', ref: 'CONV-1', action: 'list', topic: 'access', level: 'MUST', needs: 'read', basis: 'stated', title: 'The caller is among the participantids of each conversation that is shown' },
  { id: 'OZ-CONV-2', ref: 'CONV-2', action: 'list', topic: 'ids', level: 'MUST', needs: 'read', basis: 'example', title: 'participants and participantids name the same users, each once, and a List holds each conversation once' },
  { id: 'OZ-CONV-3', ref: 'CONV-3', action: 'list', topic: 'state', level: 'MUST', needs: 'read', basis: 'example', title: 'ismuted and isfavorite are true exactly when the caller is in mutedby and favoriteby, which name nobody twice' },
  { id: 'OZ-CONV-4', ref: 'CONV-4', action: 'list', topic: 'ids', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'The id of a two-person conversation is the md5 of the two user ids in ascending order joined by ";"' },
  { id: 'OZ-CONV-5', ref: 'CONV-5', action: 'list', topic: 'access', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'The properties of a conversation hold the caller\'s entry alone' },
  { id: 'OZ-CONV-6', ref: 'CONV-6', action: 'list', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'listitembackgroundcolor is "#" and six hex digits, and lastaccess is an integer' },
  { id: 'OZ-CONV-7', ref: 'CONV-7', action: 'list', topic: 'time', level: 'SHOULD', needs: 'write', basis: 'inferred', title: 'lastaccess is the Created of the newest message in Unix seconds' },
  { id: 'OZ-CONV-8', ref: 'CONV-8', action: 'list', topic: 'shape', level: 'SHOULD', needs: 'read', basis: 'example', title: 'instance is ten letters or digits, and displayname and secret are base64' },
]);

const asked = page('all pages that answer a conversation', [
  { id: 'OZ-CONV-9', ref: 'CONV-9', action: '*', topic: 'state', level: 'MUST', needs: 'write', basis: 'stated', title: 'An answer carries the conversation that was asked for' },
]);

const add = page('Conversation / Add', [
  { id: 'OZ-ADD-1', ref: 'ADD-1', action: 'add', topic: 'state', level: 'MUST', needs: 'write', basis: 'stated', title: 'Add answers the ID, Type, Created and ValidUntil that were uploaded' },
  { id: 'OZ-ADD-2', ref: 'ADD-2', action: 'add', topic: 'shape', level: 'SHOULD', needs: 'write', basis: 'example', title: 'Add does not send the Data back' },
  { id: 'OZ-ADD-3', ref: 'ADD-3', action: 'add', topic: 'state', level: 'MUST', needs: 'write', basis: 'stated', title: 'Every participant can download each added message with its Data unchanged, in any script and up to 64 KiB' },
  { id: 'OZ-ADD-4', ref: 'ADD-4', action: 'add', topic: 'state', level: 'MUST', needs: 'write', basis: 'example', title: 'After Add, List shows the new message\'s ID as lastmessageid' },
  { id: 'OZ-ADD-5', ref: 'ADD-5', action: 'add', topic: 'state', level: 'SHOULD', needs: 'write', basis: 'inferred', title: 'Adding the same ID twice leaves one message' },
]);

const paging = page('Conversation / Partial download', [
  { id: 'OZ-PAGE-1', ref: 'PAGE-1', action: 'downloadpartial', topic: 'paging', level: 'MUST', needs: 'read', basis: 'stated', title: 'A page holds at most limit messages' },
  { id: 'OZ-PAGE-1-SHOULD', ref: 'PAGE-1', action: 'downloadpartial', topic: 'paging', level: 'SHOULD', needs: 'read', basis: 'stated', title: 'A page holds at most limit reports' },
  { id: 'OZ-PAGE-2', ref: 'PAGE-2', action: 'downloadpartial', topic: 'paging', level: 'MUST', needs: 'write', basis: 'stated', title: 'The first page holds the most recent messages' },
  { id: 'OZ-PAGE-3', ref: 'PAGE-3', action: 'downloadpartial', topic: 'paging', level: 'MUST', needs: 'read', basis: 'inferred', title: 'No message on a page is newer than the cursor' },
  { id: 'OZ-PAGE-4', ref: 'PAGE-4', action: 'downloadpartial', topic: 'paging', level: 'MUST', needs: 'read', basis: 'inferred', title: 'The messages of a page are sorted by Created, always in the same direction' },
  { id: 'OZ-PAGE-4-SHOULD', ref: 'PAGE-4', action: 'downloadpartial', topic: 'paging', level: 'SHOULD', needs: 'read', basis: 'example', title: 'The messages of a page are sorted oldest first' },
  { id: 'OZ-PAGE-5', ref: 'PAGE-5', action: 'downloadpartial', topic: 'paging', level: 'MUST', needs: 'read', basis: 'stated', title: 'Walking back page by page gives every message exactly once and ends' },
  { id: 'OZ-PAGE-6', ref: 'PAGE-6', action: 'downloadpartial', topic: 'paging', level: 'MUST', needs: 'write', basis: 'inferred', title: 'Messages of one and the same second survive a page break between them' },
  { id: 'OZ-PAGE-7', ref: 'PAGE-7', action: 'downloadpartial', topic: 'paging', level: 'MUST', needs: 'read', basis: 'inferred', title: 'The walk gives the same messages for every limit' },
  { id: 'OZ-PAGE-8', ref: 'PAGE-8', action: 'downloadpartial', topic: 'robustness', level: 'SHOULD', needs: 'read', basis: 'inferred', title: 'A limit that is zero, negative, text or huge is refused or clamped, without a server error' },
  { id: 'OZ-PAGE-9', ref: 'PAGE-9', action: 'downloadpartial', topic: 'paging', level: 'SHOULD', needs: 'write', basis: 'inferred', title: 'A message added during a walk changes nothing of the older pages' },
  { id: 'OZ-PAGE-10', ref: 'PAGE-10', action: 'downloadpartial', topic: 'paging', level: 'MUST', needs: 'write', basis: 'inferred', title: 'Reports are paged by their own cursor without loss or repeat' },
]);

const download = page('Conversation / Download', [
  { id: 'OZ-DOWN-1', ref: 'DOWN-1', action: 'download', topic: 'paging', level: 'MUST', needs: 'read', basis: 'example', title: 'Download answers every message from the first cursor on, that one included, oldest first' },
  { id: 'OZ-DOWN-2', ref: 'DOWN-2', action: 'download', topic: 'shape', level: 'MUST', needs: 'read', basis: 'example', title: 'Each downloaded message has ID, Type, Created, ValidUntil and Data, and its ValidUntil is not before its Created' },
  { id: 'OZ-DOWN-3', ref: 'DOWN-3', action: 'download', topic: 'paging', level: 'MUST', needs: 'read', basis: 'inferred', title: 'Download and a Partial download walk over the same range give the same messages' },
]);

const clear = page('Conversation / Clear', [
  { id: 'OZ-CLEAR-1', ref: 'CLEAR-1', action: 'clear', topic: 'state', level: 'MUST', needs: 'destroy', basis: 'stated', title: 'After Clear no participant can download any message of the conversation' },
  { id: 'OZ-CLEAR-2', ref: 'CLEAR-2', action: 'clear', topic: 'state', level: 'MUST', needs: 'destroy', basis: 'example', title: 'Clear answers the conversation with empty lastmessageid and lastreportid' },
  { id: 'OZ-CLEAR-3', ref: 'CLEAR-3', action: 'clear', topic: 'state', level: 'MUST', needs: 'destroy', basis: 'stated', title: 'Clear leaves the messages of other conversations' },
  { id: 'OZ-CLEAR-4', ref: 'CLEAR-4', action: 'clear', topic: 'state', level: 'SHOULD', needs: 'destroy', basis: 'inferred', title: 'Clear changes the instance, but not lastaccess, flags or participants' },
  { id: 'OZ-CLEAR-5', ref: 'CLEAR-5', action: 'clear', topic: 'state', level: 'SHOULD', needs: 'destroy', basis: 'inferred', title: 'Clearing an empty conversation is "OK"' },
]);

interface Flag {
  action: string;
  page: string;
  /** What the action makes true, for sentences. */
  state: string;
  /** The action that it undoes, where it undoes one. */
  undoes?: string;
}

const flags: readonly Flag[] = [
  { action: 'favorite', page: 'Favorite', state: 'isfavorite true and the caller in favoriteby' },
  { action: 'unfavorite', page: 'Unfavorite', state: 'isfavorite false and the caller not in favoriteby', undoes: 'Favorite' },
  { action: 'setlistitembackgroundcolor', page: 'Change Color', state: 'the colour asked for as listitembackgroundcolor' },
  { action: 'mute', page: 'Mute', state: 'ismuted true and the caller in mutedby' },
  { action: 'unmute', page: 'Unmute', state: 'ismuted false and the caller not in mutedby', undoes: 'Mute' },
  { action: 'hide', page: 'Hide', state: 'the hideid asked for' },
  { action: 'unhide', page: 'Unhide', state: 'an empty hideid', undoes: 'Hide' },
];

const flagRows = flags.flatMap(({ action, page: name, state, undoes }) => {
  const suffix = action === 'setlistitembackgroundcolor' ? 'COLOR' : action.toUpperCase();
  const row = (number: number) => ({ id: `OZ-FLAG-${number}-${suffix}`, ref: `FLAG-${number}`, action, needs: 'write' }) as const;
  const shown = action === 'setlistitembackgroundcolor' ? 'SHOULD' : 'MUST';
  return page(`Conversation / ${name}`, [
    { ...row(1), topic: 'state', level: shown, basis: 'stated', title: `${name} answers the conversation with ${state}` },
    { ...row(2), topic: 'state', level: 'MUST', basis: 'stated', title: `After ${name}, a later List shows ${state}` },
    { ...row(3), topic: 'state', level: 'MUST', basis: 'example', title: `${name} leaves the other participant's own state as it was` },
    { ...row(4), topic: 'state', level: 'MUST', basis: 'inferred', title: `${name} changes no other flag of the caller, in this conversation or another` },
    { ...row(5), topic: 'state', level: 'SHOULD', basis: 'inferred', title: `${name} done twice is the same as done once` },
    ...(undoes === undefined
      ? []
      : [{ ...row(6), topic: 'state', level: 'MUST', basis: 'stated', title: `${name} restores the state that was there before ${undoes}` } as const]),
  ]);
});

const colour = page('Conversation / Change Color', [
  { id: 'OZ-FLAG-7-COLOR', ref: 'FLAG-7', action: 'setlistitembackgroundcolor', topic: 'robustness', level: 'SHOULD', needs: 'write', basis: 'inferred', title: 'Change Color with something that is no "#" and six hex digits is refused and changes nothing' },
]);

const blocklist = page('Blocklist', [
  { id: 'OZ-BLOCK-1', ref: 'BLOCK-1', action: 'blocklist', topic: 'state', level: 'SHOULD', needs: 'write', basis: 'stated', title: 'Blocklist names a hidden conversation or its other user, and no longer after Unhide' },
]);

const workspace = page('Workspace registration', [
  { id: 'OZ-WORK-1', ref: 'WORK-1', action: 'workspaceregister', topic: 'state', level: 'MUST', needs: 'destroy', basis: 'example', title: 'Workspace registration answers the plain envelope' },
  { id: 'OZ-WORK-2', ref: 'WORK-2', action: 'workspaceregister', topic: 'robustness', level: 'SHOULD', needs: 'destroy', basis: 'inferred', title: 'A workspace name that is taken, empty or no host name is refused' },
]);

/** What an Ozeki Chat Client API server can meet or miss, row by row of the documentation. */
export const ozekiRequirements: readonly Requirement[] = [
  ...everyAction,
  ...login,
  ...availability,
  ...friends,
  ...report,
  ...notification,
  ...conversations,
  ...asked,
  ...paging,
  ...add,
  ...clear,
  ...flagRows,
  ...colour,
  ...download,
  ...blocklist,
  ...workspace,
];
