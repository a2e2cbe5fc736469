import { gzipSync } from 'node:zlib';
import { type Answer, contentType, htmlAnswer, jsonAnswer } from '../../../src/stub/answer.js';
import { everywhere, onAnswer } from '../../../src/stub/mutation.js';
import { change, drop, respell, set, turned, turnMembers } from '../../../src/stub/operators.js';
import { bytesFrom, md5, uuidFrom } from '../../../src/stub/random.js';
import { endOfPage } from './behaviour/messages.js';
import { apiUrl, emptyQueue } from './behaviour/people.js';
import type { Call, Upload } from './call.js';
import { type Conversation, type Json, Refusal, type RefusalKind, type User } from './model.js';
import {
  inConversation,
  instead,
  type OzekiBehave,
  on,
  onAll,
  row,
  skip,
  together,
  variantsOf,
  warns,
} from './rows.js';

/** What stands in answers as an array, and is a set. */
const SETS = [
  ...['participantids', 'participants', 'mutedby', 'favoriteby', 'hiddenby'].flatMap((name) =>
    inConversation(`/${name}`),
  ),
  ...['/availabilities', '/blockedconversations', '/conversationchangedof', '/friendavailabilitesof'],
];

/** Conforming servers that differ from the ordinary stub; a suite that accuses one of a MUST is wrong. */
export const variants = variantsOf({
  'OZ-PAGE-2': {
    'history-empty': row('No conversation holds a message at the start.').by(
      instead('history', () => ({ pair: 0, friend: 0 })),
    ),
  },
  'OZ-PAGE-4': {
    'pages-descending': warns(
      ['OZ-PAGE-4-SHOULD'],
      row('Pages are sent newest first.').by(instead('arrangePage', (_usual, _call, page) => page.toReversed())),
    ),
    'order-of-arrival': row(
      'Messages are ordered by their arrival, so that one with an earlier Created stands among the new ones.',
    ).by(instead('order', (_usual, _call, entries) => entries.toSorted((a, b) => a.arrival - b.arrival))),
  },
  'OZ-PAGE-5': {
    'cursor-inclusive': row('The message of the cursor comes again as the newest of the next page, but at limit 1.').by(
      instead('page', (usual, _call, ordered, cursor, limit) => {
        const isNamed = cursor.id !== '' && ordered.some(({ id }) => id === cursor.id);
        if (!isNamed || limit === 1) return usual();
        const end = endOfPage(ordered, cursor) + 1;
        return ordered.slice(Math.max(0, end - limit), end);
      }),
    ),
    'history-long': row(
      'Conversations of pairs hold 1,100 messages at the start, more than a walk of some checks reads.',
    ).by(instead('history', () => ({ pair: 1100, friend: 300 }))),
  },
  'OZ-PAGE-6': {
    'ties-by-id': row('Messages of one second are ordered by their ID, not by arrival.').by(
      instead('order', (_usual, _call, entries) =>
        entries.toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1)),
      ),
    ),
  },
  'OZ-PAGE-7': {
    'others-in-conversation': onAll(
      'Before every fourth call somebody on another device writes to a conversation of a pair and reads what is there.',
    ).by(instead('before', (_usual, call) => writeWithinPairs(call))),
    'limit-varies': row('A limit above 20 or above 30, by turns, is taken as that.').by(
      instead('largestPage', (_usual, { count }) => (count % 2 === 0 ? 20 : 30)),
    ),
    'limit-ten': row('A limit above 10 is taken as 10.').by(instead('largestPage', () => 10)),
  },
  'OZ-PAGE-8': {
    'limit-two-hundred': row('Pages of up to 200 messages are given.').by(instead('largestPage', () => 200)),
    'limit-clamped': row('A limit of 0, a negative one or a string is taken as 50 rather than refused.').by(
      instead('checkMembers', (usual, call) => {
        const { limit } = call.body;
        const isPositive = limit === undefined || (typeof limit === 'number' && limit >= 1);
        if (!isPositive) call.body = { ...call.body, limit: undefined };
        usual();
      }),
    ),
  },
  'OZ-DOWN-2': {
    'validity-long': row('The messages that are there at the start are valid until the end of the year 9999.').by(
      atFirst(({ state }) => {
        for (const { messages } of state.conversations.values())
          for (const message of messages) message.validUntil = END_OF_9999;
      }),
    ),
    'validity-leap-day': row('The messages that are there at the start are valid until the end of a leap day.').by(
      atFirst(({ state }) => {
        for (const { messages } of state.conversations.values())
          for (const message of messages) message.validUntil = END_OF_LEAP_DAY;
      }),
    ),
    'pages-bare': on
      .downloadpartial(
        'Partial download gives ID, Type and Created of a message and no more, as in the documented answer.',
      )
      .by(change('/messages/*', ({ ID, Type, Created }: Json) => ({ ID, Type, Created }))),
  },
  'OZ-COM-1': {
    'refusals-html': warns(
      ['OZ-COM-13', 'OZ-COM-14'],
      row('Refusals are HTML pages with the HTTP status of their reason.').by(
        instead('refuse', (_usual, _call, { kind, message }) => htmlAnswer(STATUS_OF[kind], message)),
      ),
    ),
    'content-type-charset': row('The content type carries the parameter charset=utf-8.').by(
      onJson(contentType('application/json; charset=utf-8')),
    ),
    'content-type-upper-case': row('The content type is written Application/JSON;Charset="UTF-8".').by(
      onJson(contentType('Application/JSON;Charset="UTF-8"')),
    ),
    'set-cookie': row('Answers set a session cookie and forbid caching.').by(
      onAnswer((answer, { total }) => {
        const cookie = `PHPSESSID=${md5(`cookie ${total}`)}; Path=/; HttpOnly`;
        return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie, 'cache-control': 'no-store' } };
      }),
    ),
  },
  'OZ-COM-2': {
    'extra-members': row('Every object of every answer has members that no page documents.').by(
      onAnswer(change('', (body) => withExtras(body))),
    ),
    'json-pretty': row('The JSON is laid out over lines, with characters beyond ASCII escaped.').by(
      onJson((answer) => ({ ...answer, write: (body) => escaped(JSON.stringify(body, null, 2)) })),
    ),
    gzip: row('Answers are compressed for clients that accept gzip.').by(
      onAnswer((answer, { request }) => {
        if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) return answer;
        const headers = { ...answer.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
        return { ...answer, headers, encode: (text) => Uint8Array.from(gzipSync(text)) };
      }),
    ),
    'report-ids-hex': on
      .list('Reports have ids of 32 hex digits.')
      .by(instead('reportId', (_usual, unique) => md5(unique))),
    'report-ids-mixed': on
      .list('Some reports have ids of 32 hex digits, others UUIDs.')
      .by(instead('reportId', (usual, unique) => (md5(unique) < '8' ? md5(unique) : usual()))),
    'json-members-turned': row('The members of every JSON object come in another order in each answer.').by(
      onAnswer(turnMembers),
    ),
    'sets-turned': onAll(
      'Participants, friends, and ids in lists, which are sets, come in another order each time.',
    ).by(everywhere(change(SETS, (items: unknown[], { total }: Call) => turned(items, total)))),
    'download-reports-bare': on
      .download('Download gives the ID of a report and no more, as in the documented answer.')
      .by(change('/reports/*', ({ ID }: Json) => ({ ID }))),
    'input-stored-as-sent': warns(
      ['OZ-FLAG-7-COLOR'],
      row('Change Color and Hide store whatever they are sent, of any type, and List shows it.').by(
        together(
          instead('checkMembers', (usual, call) => {
            const { color: _color, hideid: _hideid, ...body } = call.body;
            usual({ ...call, body });
          }),
          instead('readFlags', (usual, { action, body }) => {
            const { color, hideid } = body as Record<string, string>;
            if (action === 'hide' && hideid !== undefined) return { hideid };
            const isColour = action === 'setlistitembackgroundcolor' && color !== undefined;
            return isColour ? { listitembackgroundcolor: color } : usual();
          }),
        ),
      ),
    ),
  },
  'OZ-COM-3': {
    'errormessage-beside-ok': warns(
      ['OZ-COM-4'],
      row('The errormessage says "File does not exist" beside OK.').by(set('/errormessage', 'File does not exist')),
    ),
    'download-bare': on
      .download('Download answers without status and errormessage.')
      .by(drop(['/status', '/errormessage'])),
  },
  'OZ-COM-9': {
    slow: row('Each answer takes 20 ms.').by(onAnswer((answer) => ({ ...answer, delayMs: 20 }))),
    'connection-close': row('The connection is closed after each answer.').by(
      onAnswer((answer) => ({ ...answer, headers: { ...answer.headers, connection: 'close' } })),
    ),
  },
  'OZ-COM-10': {
    'refusals-401-unauthorized': row(
      'Refused credentials are HTTP 401 with the status word UNAUTHORIZED and a WWW-Authenticate header.',
    ).by(
      refusing('credentials', (refusal) => {
        const answer = refusalOf(401, 'UNAUTHORIZED', refusal);
        return { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Ozeki' } };
      }),
    ),
    'refusals-of-framework': warns(
      ['OZ-COM-13'],
      row('Refusals are those of a web framework: the HTTP status as a number in status, the reason in message.').by(
        instead('refuse', (_usual, _call, { kind, message }) => {
          const status = STATUS_OF[kind];
          return jsonAnswer(status, { timestamp: '2024-03-08T14:12:48.000+00:00', status, error: 'Refused', message });
        }),
      ),
    ),
    'attempts-end-session': row(
      'A wrong apikey or signature ends the session of the station, which must log in again.',
    ).by(
      together(
        instead('userOfApikey', (usual, call) => endingSession(call, usual)),
        instead('checkSignature', (usual, call) => endingSession(call, usual)),
        loginFirst(),
      ),
    ),
  },
  'OZ-COM-11': {
    'login-first': row('Signed calls are served only from a station that has logged in before.').by(loginFirst()),
  },
  'OZ-COM-12': {
    'refusals-403-denied': row('Refusals are HTTP 403 with the status word DENIED.').by(
      instead('refuse', (_usual, _call, refusal) => refusalOf(403, 'DENIED', refusal)),
    ),
    'refusals-404-unknown': row('Outsiders and unknown conversations are HTTP 404 with the status word UNKNOWN.').by(
      instead('refuse', (usual, _call, { kind }) =>
        kind === 'outsider' || kind === 'conversation'
          ? refusalOf(404, 'UNKNOWN', new Refusal(kind, 'There is no such conversation'))
          : usual(),
      ),
    ),
  },
  'OZ-COM-13': {
    'refusals-by-status': row('Refusals have the HTTP status of their reason: 400, 401, 403, 404, 405 or 413.').by(
      instead('refuse', (usual, _call, { kind }) => ({ ...usual(), status: STATUS_OF[kind] })),
    ),
    'refusals-400-failed': row('Refusals are HTTP 400 with the status word FAILED.').by(
      instead('refuse', (_usual, _call, refusal) => refusalOf(400, 'FAILED', refusal)),
    ),
    'refusals-empty-members': row(
      'Refusals also say why in message, and carry the members of a success with nothing in them.',
    ).by(
      instead('refuse', (usual, _call, { message }) => {
        const answer = usual();
        const empty = { messages: [], reports: [], conversation: {}, userid: '' };
        return { ...answer, body: { ...(answer.body as Json), message, ...empty } };
      }),
    ),
  },
  'OZ-COM-14': {
    'large-data-refused': on.add('Data of more than 64 KiB is refused.').by(instead('largestData', () => 64 * 1024)),
    'get-not-found': row('Methods other than POST are HTTP 404 with the status word NOTFOUND.').by(
      refusing('method', (refusal) => refusalOf(404, 'NOTFOUND', refusal)),
    ),
    'get-not-allowed': row('Methods other than POST are HTTP 405 with an Allow header.').by(
      refusing('method', (refusal) => {
        const answer = refusalOf(405, 'ERROR', refusal);
        return { ...answer, headers: { ...answer.headers, allow: 'POST' } };
      }),
    ),
  },
  'OZ-LOGIN-1': {
    'registration-false': row('Login answers registration "false".').by(set('/registration', 'false')),
  },
  'OZ-LOGIN-4': {
    'listeners-elsewhere': row('The listeners are on a host of their own.').by(
      respell(['/listeners/udp', '/listeners/ws', '/listeners/wss'], (url) =>
        url.replace(/\/\/[^:]+/, '//push.example.test'),
      ),
    ),
    'urls-reports': row('The urls of Login also name the service of reports.').by(
      instead('showUrls', (usual, call) => ({ ...usual(), reports: apiUrl(call, 'reports') })),
    ),
  },
  'OZ-AVAIL-1': {
    'availability-away': on.friends('Friends who are not available are "away".').by(instead('away', () => 'away')),
    'availability-late': row('Friends see that somebody is available 300 ms later.').by(
      instead('setAvailable', (usual) => {
        setTimeout(usual, 300).unref();
      }),
    ),
    'friends-without-partner': on
      .friends('Those who share a conversation are no friends of each other.')
      .by(atFirst(endFriendships)),
  },
  'OZ-REPORT-2': {
    'reports-late': row('Reports of viewed messages come to show 200 ms later.').by(
      instead('addReport', (usual, _call, _conversation, type) => {
        if (type === 'viewed') setTimeout(usual, 200).unref();
        else usual();
      }),
    ),
    'no-delivery-reports': on
      .add('A new message makes no report until somebody has viewed it.')
      .by(skip('addReport', (_call, _conversation, type) => type !== 'viewed')),
  },
  'OZ-NOTIF-2': {
    'notifications-kept': warns(
      ['OZ-NOTIF-3'],
      row('Notifications stay in their queue after they were fetched.').by(
        instead('fetchQueue', (_usual, { state }, station) => ({
          ...(state.sessions.get(station)?.queue ?? emptyQueue()),
        })),
      ),
    ),
    'notifications-stale': row('Notifications of earlier sessions wait for a station when it logs in.').by(
      instead('openSession', (usual, call, user, station) => {
        usual();
        const told = call.state.sessions.get(station)?.queue.conversationchangedof;
        const ids = call.behaviour.conversationsOf(call, user).map(({ id }) => id);
        told?.push(...ids.filter((id) => !told.includes(id)));
      }),
    ),
    'others-active': onAll('The common friend writes to somebody, one after the other, before every third call.').by(
      instead('before', (_usual, call) => writeToSomebody(call)),
    ),
    'notifications-late': row('Notifications reach their queue 200 ms after the change.').by(
      instead('notify', (usual) => {
        setTimeout(usual, 200).unref();
      }),
    ),
  },
  'OZ-NOTIF-4': {
    'flags-told-where-changed': row('A flag that is set as it was is told to no station.').by(
      instead('setFlags', (usual, call, conversation, user, change) => {
        const known = Object.entries(call.behaviour.flagsOf(call, conversation, user.id));
        if (
          !Object.entries(change).every(([name, value]) => known.some((flag) => flag[0] === name && flag[1] === value))
        )
          usual();
      }),
    ),
    'one-station-a-user': row('A user logs in from one station alone; any other is refused.').by(
      instead('openSession', (usual, _call, user, station) => {
        if (station !== user.station) throw new Refusal('credentials', 'This user has another station');
        usual();
      }),
    ),
  },
  'OZ-CONV-7': {
    'lastaccess-forward': row('lastaccess never goes back: a message from before the last clear leaves it.').by(
      instead('store', (usual, _call, conversation) => {
        const before = conversation.lastAccess;
        const message = usual();
        conversation.lastAccess = Math.max(before, conversation.lastAccess);
        return message;
      }),
    ),
  },
  'OZ-CONV-12': {
    'report-ids-numbered': row('The ids of reports are numbers behind a word.').by(
      instead('reportId', (_usual, unique) => `report/${bytesFrom(unique, 6).readUIntBE(0, 6)}`),
    ),
    'lastreportid-of-its-own': warns(
      ['OZ-CONV-12'],
      row('lastreportid is 32 hex digits while the reports have UUIDs.').by(
        everywhere(change(inConversation('/lastreportid'), (id: string) => (id === '' ? id : md5(id)))),
      ),
    ),
  },
  'OZ-CONV-3': {
    'properties-of-all': warns(
      ['OZ-CONV-5'],
      row('The properties hold an entry for each participant, the caller last.').by(
        instead('showConversation', (usual, call, conversation, user) => {
          const others = conversation.participants.filter((id) => id !== user.id);
          const all = [...others, user.id].flatMap((id) => call.state.users.get(id) ?? []);
          const properties = all.map((each) => call.behaviour.showProperties(call, conversation, each));
          return { ...usual(), properties };
        }),
      ),
    ),
  },
  'OZ-CONV-4': {
    'group-conversation': row('Each pair also shares a group conversation with the common friend.').by(
      instead('hasGroups', () => true),
    ),
    'group-id-text': row(
      'Each pair also shares a group with the common friend, whose id is a text of another form.',
    ).by(
      together(
        instead('hasGroups', () => true),
        instead('groupId', (usual) => `group ${usual().slice(0, 8)}@chat`),
      ),
    ),
    // Two who share a group are no group by the example.
    'conversations-several': warns(
      ['OZ-CONV-11'],
      row('Those who share a conversation share two groups as well, which are listed first.').by(atFirst(addRooms)),
    ),
  },
  'OZ-CONV-6': {
    'properties-extra': row('The entries of properties also name a sound and a wallpaper.').by(
      instead('showProperties', (usual) => ({ ...usual(), sound: 'default', wallpaper: null })),
    ),
    'lastaccess-arrival': warns(
      ['OZ-CONV-7'],
      row('lastaccess is when the newest message arrived, a second after its Created.').by(
        instead('showConversation', (usual, _call, { lastAccess }) => ({ ...usual(), lastaccess: lastAccess + 1 })),
      ),
    ),
  },
  'OZ-CONV-9': {
    'conversations-reordered': on
      .list('Each List shows the conversations in another order.')
      .by(instead('conversationsOf', (usual, { count }) => turned(usual(), count))),
  },
  'OZ-ADD-5': {
    'same-id-refused': row('A message whose ID is known is refused.').by(
      instead('store', (usual, _call, { messages }, _sender, upload) => {
        if (messages.some(({ id }) => id === upload.id))
          throw new Refusal('input', 'There is a message of this ID already');
        return usual();
      }),
    ),
  },
  'OZ-CLEAR-4': {
    'clear-unhides': warns(
      ['OZ-CLEAR-4'],
      row('Clear shows the conversation again to whoever has hidden it.').by(
        instead('clear', (usual, _call, conversation) => {
          usual();
          for (const [id, flags] of conversation.flags) conversation.flags.set(id, { ...flags, hideid: '' });
        }),
      ),
    ),
  },
  'OZ-CLEAR-2': {
    'clear-keeps-reports': row('Clear keeps the reports, and lastreportid is empty until there is a new one.').by(
      (base) => {
        const clearedAt = new Map<string, number>();
        return {
          clear(call, conversation, user) {
            const { reports } = conversation;
            base.clear(call, conversation, user);
            conversation.reports = reports;
            clearedAt.set(conversation.id, call.state.next());
          },
          showConversation(call, conversation, user) {
            const since = clearedAt.get(conversation.id) ?? 0;
            const fresh = conversation.reports.filter(({ arrival }) => arrival > since);
            const lastreportid = call.behaviour.newest(call, fresh)?.id ?? '';
            return { ...base.showConversation(call, conversation, user), lastreportid };
          },
        };
      },
    ),
  },
  'OZ-CLEAR-1': {
    'instance-stale-refused': onAll('Requests that name an instance from before a clear are refused.').by(
      instead('conversationOf', (usual, { body: { instance } }) => {
        const conversation = usual();
        if (instance !== undefined && instance !== conversation.instance)
          throw new Refusal('input', 'The conversation has another instance by now');
        return conversation;
      }),
    ),
  },
  'OZ-FLAG-1-HIDE': {
    'hiddenby-filled': row('hiddenby holds those who have hidden the conversation.').by(
      instead('showConversation', (usual, call, conversation) => {
        const isHolder = (id: string) => call.behaviour.flagsOf(call, conversation, id).hideid !== '';
        const holders = conversation.participants.filter(isHolder);
        return { ...usual(), hiddenby: holders.map((id) => call.behaviour.showUserId(call, id)) };
      }),
    ),
  },
  'OZ-FLAG-2-COLOR': {
    'colour-answer-old': warns(
      ['OZ-FLAG-1-COLOR'],
      row('Change Color answers the colour from before, and List the new one.').by((base) => {
        const before = new WeakMap<Call, string>();
        return {
          setFlags(call, conversation, user, flags) {
            before.set(call, base.flagsOf(call, conversation, user.id).listitembackgroundcolor);
            base.setFlags(call, conversation, user, flags);
          },
          showProperties(call, conversation, user) {
            const shown = base.showProperties(call, conversation, user);
            if (call.action !== 'setlistitembackgroundcolor') return shown;
            return { ...shown, listitembackgroundcolor: before.get(call) };
          },
        };
      }),
    ),
  },
  'OZ-FLAG-2-HIDE': {
    'hidden-omitted': on
      .list('List leaves out what the caller has hidden.')
      .by(
        instead('conversationsOf', (usual, call, user) =>
          usual().filter((conversation) => call.behaviour.flagsOf(call, conversation, user.id).hideid === ''),
        ),
      ),
    'writes-unhide': on.add('A conversation that was hidden shows again with the next message.').by(
      instead('store', (usual, _call, conversation) => {
        for (const [id, flags] of conversation.flags) conversation.flags.set(id, { ...flags, hideid: '' });
        return usual();
      }),
    ),
  },
  'OZ-BLOCK-1': {
    'blocklist-objects': row('Blocklist gives an object for each hidden conversation.').by(
      change('/blockedconversations/*', (conversationid) => ({ conversationid })),
    ),
  },
});

const END_OF_LEAP_DAY = Date.UTC(2096, 1, 29, 23, 59, 59) / 1000;
const END_OF_9999 = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

const STATUS_OF: Record<RefusalKind, number> = {
  method: 405,
  body: 400,
  size: 413,
  action: 400,
  credentials: 401,
  outsider: 403,
  conversation: 404,
  input: 400,
};

function refusalOf(status: number, word: string, refusal: Refusal): Answer {
  return jsonAnswer(status, { status: word, errormessage: refusal.message });
}

/** Another answer for the refusals of one kind. */
function refusing(kind: RefusalKind, answer: (refusal: Refusal) => Answer): OzekiBehave {
  return instead('refuse', (usual, _call, refusal) => (refusal.kind === kind ? answer(refusal) : usual()));
}

function loginFirst(): OzekiBehave {
  return instead('checkStation', (_usual, { state }, user, station) => {
    if (state.sessions.get(station)?.userId === user.id) return;
    throw new Refusal('credentials', 'This station has not logged in');
  });
}

function endingSession<T>(call: Call, check: () => T): T {
  try {
    return check();
  } catch (error) {
    call.state.sessions.delete(call.request.headers.get('Ozeki-Station') ?? '');
    throw error;
  }
}

/** Changes answers in JSON alone. */
function onJson(spoil: (answer: Answer) => Answer) {
  const isJson = ({ headers }: Answer) => headers['content-type']?.toLowerCase().startsWith('application/json');
  return onAnswer((answer) => (isJson(answer) ? spoil(answer) : answer));
}

function escaped(json: string): string {
  return json.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A copy with a member more in every object; the map of friends stays, for its members are data. */
function withExtras(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withExtras(item));
  if (typeof value !== 'object' || value === null || name === 'friends') return value;
  const copies = Object.entries(value as Json).map(([key, member]) => [key, withExtras(member, key)]);
  return { ...Object.fromEntries(copies), serverhint: { build: 7, tags: [] } };
}

function writeToSomebody(call: Call): void {
  if (call.total % 3 !== 0) return;
  const { behaviour, state } = call;
  const friend = friendOf(call);
  if (friend === undefined) return;
  const open = [...state.conversations.values()].filter(({ participants }) => participants.includes(friend.id));
  const conversation = open[(call.total / 3) % open.length];
  if (conversation !== undefined) behaviour.store(call, conversation, friend, messageOfOthers(call));
}

function writeWithinPairs(call: Call): void {
  if (call.total % 4 !== 0) return;
  const { behaviour, state } = call;
  const friend = friendOf(call)?.id ?? '';
  const pairs = [...state.conversations.values()].filter(({ participants }) => !participants.includes(friend));
  // Tests call on one pair, so that one gets its share.
  const conversation = call.total % 8 === 0 ? pairs[0] : pairs[(call.total / 4) % pairs.length];
  const [writer, reader] = (conversation?.participants ?? []).map((id) => state.users.get(id));
  if (conversation === undefined || writer === undefined || reader === undefined) return;
  const message = behaviour.store(call, conversation, writer, messageOfOthers(call));
  behaviour.addReport(call, conversation, 'viewed', message, reader);
}

function friendOf({ state }: Call): User | undefined {
  return [...state.users.values()].find(({ nick }) => nick === 'Administrator');
}

function messageOfOthers(call: Call): Upload {
  const created = Math.floor(call.behaviour.now(call) / 1000);
  const key = `others ${call.state.seed} ${call.total}`;
  const data = bytesFrom(key, 48).toString('base64');
  return { id: uuidFrom(key), type: 'Message', created, validUntil: created + 604_800, data };
}

/** Something that happens before the first call that the stub gets. */
function atFirst(act: (call: Call) => void): OzekiBehave {
  return instead('before', (_usual, call) => {
    if (call.total === 1) act(call);
  });
}

function endFriendships({ state }: Call): void {
  for (const { participants } of state.conversations.values()) {
    const people = participants.flatMap((id) => state.users.get(id) ?? []);
    if (people.some(({ nick }) => nick === 'Administrator')) continue;
    for (const person of people) for (const id of participants) person.friends.delete(id);
  }
}

function addRooms(call: Call): void {
  const { behaviour, state } = call;
  const known = [...state.conversations.values()];
  const rooms = known.flatMap((conversation) =>
    ['red', 'blue'].map((name): Conversation => {
      const id = md5(`${name} room of ${conversation.id}`);
      const room = { ...conversation, id, isgroup: true, clears: 0, messages: [], reports: [], flags: new Map() };
      return { ...room, instance: behaviour.newInstance(call, room) };
    }),
  );
  state.conversations.clear();
  for (const conversation of [...rooms, ...known]) state.conversations.set(conversation.id, conversation);
}
