import { gzipSync } from 'node:zlib';
import { htmlAnswer, jsonAnswer } from '../../../src/stub/answer.js';
import { bytesFrom, md5, uuidFrom } from '../../../src/stub/random.js';
import { endOfPage } from './behaviour/messages.js';
import { apiUrl, emptyQueue } from './behaviour/people.js';
import { type Answer, type Call, type Conversation, type Json, Refusal, type RefusalKind, type User } from './model.js';
import { type OzekiVariant, onSuccess } from './mutation.js';

/** Conforming servers that differ from the ordinary stub; a suite that accuses one of a MUST is wrong. */
export const variants: readonly OzekiVariant[] = [
  {
    id: 'ozeki-cursor-inclusive',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-5',
    sentence: 'The message of the cursor comes again as the newest of the next page, but at limit 1.',
    behave: (base) => ({
      page(call, ordered, cursor, limit, kind) {
        const named = cursor.id !== '' && ordered.some(({ id }) => id === cursor.id);
        if (!named || limit === 1) return base.page(call, ordered, cursor, limit, kind);
        const end = endOfPage(ordered, cursor) + 1;
        return ordered.slice(Math.max(0, end - limit), end);
      },
    }),
  },
  {
    id: 'ozeki-pages-descending',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-4',
    sentence: 'Pages are sent newest first.',
    warns: ['OZ-PAGE-4-SHOULD'],
    behave: () => ({ arrangePage: (_call, page) => [...page].reverse() }),
  },
  {
    id: 'ozeki-ties-by-id',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-6',
    sentence: 'Messages of one second are ordered by their ID, not by arrival.',
    behave: () => ({
      order: (_call, entries) => [...entries].sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1)),
    }),
  },
  {
    id: 'ozeki-limit-two-hundred',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-8',
    sentence: 'Pages of up to 200 messages are given.',
    behave: () => ({ largestPage: () => 200 }),
  },
  {
    id: 'ozeki-limit-clamped',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-8',
    sentence: 'A limit of 0, a negative one or a string is taken as 50 rather than refused.',
    behave: (base) => ({
      checkMembers(call) {
        if (!isPositive(call.body.limit)) call.body = { ...call.body, limit: undefined };
        base.checkMembers(call);
      },
    }),
  },
  {
    id: 'ozeki-history-long',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-5',
    sentence: 'Each conversation holds 300 messages at the start.',
    behave: () => ({ history: () => ({ pair: 300, friend: 300 }) }),
  },
  {
    id: 'ozeki-history-empty',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-2',
    sentence: 'No conversation holds a message at the start.',
    behave: () => ({ history: () => ({ pair: 0, friend: 0 }) }),
  },
  {
    id: 'ozeki-refusals-by-status',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Refusals have the HTTP status of their reason: 400, 401, 403, 404, 405 or 413.',
    behave: (base) => ({
      refuse: (call, refusal) => ({ ...base.refuse(call, refusal), status: STATUS_OF[refusal.kind] }),
    }),
  },
  {
    id: 'ozeki-refusals-400-failed',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Refusals are HTTP 400 with the status word FAILED.',
    behave: () => ({ refuse: (_call, refusal) => refusalOf(400, 'FAILED', refusal) }),
  },
  {
    id: 'ozeki-refusals-401-unauthorized',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-10',
    sentence: 'Refused credentials are HTTP 401 with the status word UNAUTHORIZED and a WWW-Authenticate header.',
    behave: (base) => ({
      refuse(call, refusal) {
        if (refusal.kind !== 'credentials') return base.refuse(call, refusal);
        const answer = refusalOf(401, 'UNAUTHORIZED', refusal);
        return { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Ozeki' } };
      },
    }),
  },
  {
    id: 'ozeki-refusals-403-denied',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-12',
    sentence: 'Refusals are HTTP 403 with the status word DENIED.',
    behave: () => ({ refuse: (_call, refusal) => refusalOf(403, 'DENIED', refusal) }),
  },
  {
    id: 'ozeki-refusals-404-unknown',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-12',
    sentence: 'Strangers and unknown conversations are HTTP 404 with the status word UNKNOWN.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.kind === 'stranger' || refusal.kind === 'conversation'
          ? refusalOf(404, 'UNKNOWN', new Refusal(refusal.kind, 'There is no such conversation'))
          : base.refuse(call, refusal),
    }),
  },
  {
    id: 'ozeki-refusals-html',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-1',
    sentence: 'Refusals are HTML pages with the HTTP status of their reason.',
    warns: ['OZ-COM-13', 'OZ-COM-14'],
    behave: () => ({ refuse: (_call, { kind, message }) => htmlAnswer(STATUS_OF[kind], message) }),
  },
  {
    id: 'ozeki-refusals-empty-members',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Refusals also say why in message, and carry the members of a success with nothing in them.',
    behave: (base) => ({
      refuse(call, refusal) {
        const answer = base.refuse(call, refusal);
        const empty = { messages: [], reports: [], conversation: {}, userid: '' };
        return { ...answer, body: { ...(answer.body as Json), message: refusal.message, ...empty } };
      },
    }),
  },
  {
    id: 'ozeki-refusals-of-framework',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-10',
    sentence: 'Refusals are those of a web framework: the HTTP status as a number in status, the reason in message.',
    warns: ['OZ-COM-13'],
    behave: () => ({
      refuse(_call, { kind, message }) {
        const status = STATUS_OF[kind];
        return jsonAnswer(status, { timestamp: '2024-03-08T14:12:48.000+00:00', status, error: 'Refused', message });
      },
    }),
  },
  {
    id: 'ozeki-attempts-end-session',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-10',
    sentence: 'A wrong apikey or signature ends the session of the station, which must log in again.',
    behave: (base) => ({
      userOfApikey: (call) => endingSession(call, () => base.userOfApikey(call)),
      checkSignature: (call, user, signature) => endingSession(call, () => base.checkSignature(call, user, signature)),
      checkStation: refuseWithoutLogin,
    }),
  },
  {
    id: 'ozeki-extra-members',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-2',
    sentence: 'Every object of every answer has members that no page documents.',
    on: ['*'],
    answer: (answer) => ({ ...answer, body: withExtras(answer.body) }),
  },
  {
    id: 'ozeki-properties-extra',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-6',
    sentence: 'The entries of properties also name a sound and a wallpaper.',
    behave: (base) => ({
      showProperties: (call, conversation, user) => ({
        ...base.showProperties(call, conversation, user),
        sound: 'default',
        wallpaper: null,
      }),
    }),
  },
  {
    id: 'ozeki-properties-of-all',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-3',
    sentence: 'The properties hold an entry for each participant, the caller last.',
    warns: ['OZ-CONV-5'],
    behave: (base) => ({
      showConversation(call, conversation, user) {
        const others = conversation.participants.filter((id) => id !== user.id);
        const all = [...others, user.id].flatMap((id) => call.state.users.get(id) ?? []);
        return {
          ...base.showConversation(call, conversation, user),
          properties: all.map((each) => call.behaviour.showProperties(call, conversation, each)),
        };
      },
    }),
  },
  {
    id: 'ozeki-content-type-charset',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-1',
    sentence: 'The content type carries the parameter charset=utf-8.',
    answer: withContentType('application/json; charset=utf-8'),
  },
  {
    id: 'ozeki-content-type-upper-case',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-1',
    sentence: 'The content type is written Application/JSON;Charset="UTF-8".',
    answer: withContentType('Application/JSON;Charset="UTF-8"'),
  },
  {
    id: 'ozeki-json-pretty',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-2',
    sentence: 'The JSON is laid out over lines, with characters beyond ASCII escaped.',
    answer: (answer) =>
      isJson(answer) ? { ...answer, write: (body) => escaped(JSON.stringify(body, null, 2)) } : answer,
  },
  {
    id: 'ozeki-gzip',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-2',
    sentence: 'Answers are compressed for clients that accept gzip.',
    answer(answer, call) {
      if (!/\bgzip\b/.test(call.request.headers.get('accept-encoding') ?? '')) return answer;
      const headers = { ...answer.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
      return { ...answer, headers, encode: (text) => Uint8Array.from(gzipSync(text)) };
    },
  },
  {
    id: 'ozeki-report-ids-hex',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-2',
    sentence: 'Reports have ids of 32 hex digits.',
    behave: () => ({ reportId: md5 }),
  },
  {
    id: 'ozeki-no-delivery-reports',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-REPORT-2',
    sentence: 'A new message makes no report until somebody has viewed it.',
    behave: (base) => ({
      addReport(call, conversation, type, message, by) {
        if (type === 'viewed') base.addReport(call, conversation, type, message, by);
      },
    }),
  },
  {
    id: 'ozeki-notifications-kept',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    sentence: 'Notifications stay in their queue after they were fetched.',
    behave: () => ({
      fetchQueue(call, station) {
        const { friendavailabilitesof, conversationchangedof, conversationlistchangedof } =
          call.state.sessions.get(station)?.queue ?? emptyQueue();
        return { friendavailabilitesof, conversationchangedof, conversationlistchangedof };
      },
    }),
  },
  {
    id: 'ozeki-notifications-stale',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    sentence: 'Notifications of earlier sessions wait for a station when it logs in.',
    behave: (base) => ({
      openSession(call, user, station) {
        base.openSession(call, user, station);
        const queue = call.state.sessions.get(station)?.queue;
        if (queue === undefined) return;
        for (const conversation of base.conversationsOf(call, user)) {
          if (!queue.conversationchangedof.includes(conversation.id)) queue.conversationchangedof.push(conversation.id);
        }
      },
    }),
  },
  {
    id: 'ozeki-login-first',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-11',
    sentence: 'Signed calls are served only from a station that has logged in before.',
    behave: () => ({ checkStation: refuseWithoutLogin }),
  },
  {
    id: 'ozeki-errormessage-beside-ok',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-3',
    sentence: 'The errormessage says "File does not exist" beside OK.',
    warns: ['OZ-COM-4'],
    answer: onSuccess((body) => ('errormessage' in body ? { ...body, errormessage: 'File does not exist' } : body)),
  },
  {
    id: 'ozeki-download-bare',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-3',
    sentence: 'Download answers without status and errormessage.',
    answer: onSuccess(({ status: _status, errormessage: _errormessage, ...body }) => body),
  },
  {
    id: 'ozeki-hidden-omitted',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-FLAG-2-HIDE',
    sentence: 'List leaves out what the caller has hidden.',
    behave: (base) => ({
      conversationsOf: (call, user) =>
        base
          .conversationsOf(call, user)
          .filter((conversation) => call.behaviour.flagsOf(call, conversation, user.id).hideid === ''),
    }),
  },
  {
    id: 'ozeki-hiddenby-filled',
    api: 'ozeki',
    action: 'hide',
    requirement: 'OZ-FLAG-1-HIDE',
    sentence: 'hiddenby holds those who have hidden the conversation.',
    behave: (base) => ({
      showConversation: (call, conversation, user) => ({
        ...base.showConversation(call, conversation, user),
        hiddenby: conversation.participants
          .filter((id) => call.behaviour.flagsOf(call, conversation, id).hideid !== '')
          .map((id) => call.behaviour.showUserId(call, id)),
      }),
    }),
  },
  {
    id: 'ozeki-blocklist-objects',
    api: 'ozeki',
    action: 'blocklist',
    requirement: 'OZ-BLOCK-1',
    sentence: 'Blocklist gives an object for each hidden conversation.',
    answer: onSuccess((body) => ({
      ...body,
      blockedconversations: (body.blockedconversations as string[]).map((id) => ({ conversationid: id })),
    })),
  },
  {
    id: 'ozeki-colour-answer-old',
    api: 'ozeki',
    action: 'setlistitembackgroundcolor',
    requirement: 'OZ-FLAG-2-COLOR',
    sentence: 'Change Color answers the colour from before, and List the new one.',
    warns: ['OZ-FLAG-1-COLOR'],
    behave: (base) => {
      const note = 'ozeki-colour-answer-old';
      return {
        setFlags(call, conversation, user, change) {
          call.state.notes.set(note, base.flagsOf(call, conversation, user.id).listitembackgroundcolor);
          base.setFlags(call, conversation, user, change);
        },
        showProperties(call, conversation, user) {
          const shown = base.showProperties(call, conversation, user);
          if (call.action !== 'setlistitembackgroundcolor') return shown;
          return { ...shown, listitembackgroundcolor: call.state.notes.get(note) };
        },
      };
    },
  },
  {
    id: 'ozeki-group-conversation',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-4',
    sentence: 'Each pair also shares a group conversation with the common friend.',
    behave: () => ({ hasGroups: () => true }),
  },
  {
    id: 'ozeki-lastaccess-arrival',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-6',
    sentence: 'lastaccess is when the newest message arrived, a second after its Created.',
    warns: ['OZ-CONV-7'],
    behave: (base) => ({
      showConversation: (call, conversation, user) => ({
        ...base.showConversation(call, conversation, user),
        lastaccess: conversation.lastAccess + 1,
      }),
    }),
  },
  {
    id: 'ozeki-availability-away',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-AVAIL-1',
    sentence: 'Friends who are not available are "away".',
    behave: () => ({ away: () => 'away' }),
  },
  {
    id: 'ozeki-availability-late',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-1',
    sentence: 'Friends see that somebody is available 300 ms later.',
    behave: (base) => ({
      setAvailable(call, user) {
        setTimeout(() => base.setAvailable(call, user), 300).unref();
      },
    }),
  },
  {
    id: 'ozeki-urls-reports',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-4',
    sentence: 'The urls of Login also name the service of reports.',
    behave: (base) => ({ showUrls: (call) => ({ ...base.showUrls(call), reports: apiUrl(call, 'reports') }) }),
  },
  {
    id: 'ozeki-registration-false',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-1',
    sentence: 'Login answers registration "false".',
    behave: (base) => ({ showLogin: (call, user) => ({ ...base.showLogin(call, user), registration: 'false' }) }),
  },
  {
    id: 'ozeki-large-data-refused',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-14',
    sentence: 'Data of more than 64 KiB is refused.',
    behave: () => ({ largestData: () => 64 * 1024 }),
  },
  {
    id: 'ozeki-slow',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-9',
    sentence: 'Each answer takes 20 ms.',
    answer: (answer) => ({ ...answer, delayMs: 20 }),
  },
  {
    id: 'ozeki-connection-close',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-9',
    sentence: 'The connection is closed after each answer.',
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, connection: 'close' } }),
  },
  {
    id: 'ozeki-others-active',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-NOTIF-2',
    sentence: 'The common friend writes to somebody, one after the other, before every third call.',
    behave: () => ({ before: writeToSomebody }),
  },
  {
    id: 'ozeki-others-in-conversation',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-PAGE-7',
    sentence:
      'Before every fourth call somebody on another device writes to a conversation of a pair and reads what is there.',
    behave: () => ({ before: writeWithinPairs }),
  },
  {
    id: 'ozeki-instance-stale-refused',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-CLEAR-1',
    sentence: 'Requests that name an instance from before a clear are refused.',
    behave: (base) => ({
      conversationOf(call) {
        const conversation = base.conversationOf(call);
        const { instance } = call.body;
        if (instance !== undefined && instance !== conversation.instance) {
          throw new Refusal('input', 'The conversation has another instance by now');
        }
        return conversation;
      },
    }),
  },
  {
    id: 'ozeki-conversations-several',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-4',
    sentence: 'Those who share a conversation share two groups as well, which are listed first.',
    behave: () => ({ before: once(addRooms) }),
  },
  {
    id: 'ozeki-conversations-reordered',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-9',
    sentence: 'Each List shows the conversations in another order.',
    behave: (base) => ({
      conversationsOf(call, user) {
        const all = base.conversationsOf(call, user);
        const turn = call.count % Math.max(1, all.length);
        return [...all.slice(turn), ...all.slice(0, turn)];
      },
    }),
  },
  {
    id: 'ozeki-notifications-late',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    sentence: 'Notifications reach their queue 200 ms after the change.',
    behave: (base) => ({
      notify(...args) {
        setTimeout(() => base.notify(...args), 200).unref();
      },
    }),
  },
  {
    id: 'ozeki-friends-without-partner',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-AVAIL-1',
    sentence: 'Those who share a conversation are no friends of each other.',
    behave: () => ({ before: once(endFriendships) }),
  },
  {
    id: 'ozeki-json-members-reversed',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-2',
    sentence: 'The members of every JSON object come in the reverse order.',
    on: ['*'],
    answer: (answer) => ({ ...answer, body: reversed(answer.body) }),
  },
  {
    id: 'ozeki-set-cookie',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-1',
    sentence: 'Answers set a session cookie and forbid caching.',
    on: ['*'],
    answer(answer, call) {
      const cookie = `PHPSESSID=${md5(`cookie ${call.total}`)}; Path=/; HttpOnly`;
      return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie, 'cache-control': 'no-store' } };
    },
  },
  {
    id: 'ozeki-get-not-found',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'Methods other than POST are HTTP 404 with the status word NOTFOUND.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.kind === 'method' ? refusalOf(404, 'NOTFOUND', refusal) : base.refuse(call, refusal),
    }),
  },
  {
    id: 'ozeki-get-not-allowed',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'Methods other than POST are HTTP 405 with an Allow header.',
    behave: (base) => ({
      refuse(call, refusal) {
        if (refusal.kind !== 'method') return base.refuse(call, refusal);
        const answer = refusalOf(405, 'ERROR', refusal);
        return { ...answer, headers: { ...answer.headers, allow: 'POST' } };
      },
    }),
  },
  {
    id: 'ozeki-order-of-arrival',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-4',
    sentence: 'Messages are ordered by their arrival, so that one with an earlier Created stands among the new ones.',
    behave: () => ({ order: (_call, entries) => [...entries].sort((a, b) => a.arrival - b.arrival) }),
  },
  {
    id: 'ozeki-validity-long',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-DOWN-2',
    sentence: 'The messages that are there at the start are valid until the end of the year 9999.',
    behave: () => ({
      before: once((call) => {
        for (const { messages } of call.state.conversations.values()) {
          for (const message of messages) message.validUntil = END_OF_9999;
        }
      }),
    }),
  },
  {
    id: 'ozeki-report-ids-mixed',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-2',
    sentence: 'Some reports have ids of 32 hex digits, others UUIDs.',
    behave: (base) => ({
      reportId: (unique) => (md5(unique) < '8' ? md5(unique) : base.reportId(unique)),
    }),
  },
  {
    id: 'ozeki-limit-ten',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-7',
    sentence: 'A limit above 10 is taken as 10.',
    behave: () => ({ largestPage: () => 10 }),
  },
  {
    id: 'ozeki-pages-bare',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-DOWN-2',
    sentence: 'Partial download gives ID, Type and Created of a message and no more, as in the documented answer.',
    behave: (base) => ({
      showMessage(call, message) {
        const { ID, Type, Created, ...rest } = base.showMessage(call, message);
        return call.action === 'downloadpartial' ? { ID, Type, Created } : { ID, Type, Created, ...rest };
      },
    }),
  },
  {
    id: 'ozeki-download-reports-bare',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-2',
    sentence: 'Download gives the ID of a report and no more, as in the documented answer.',
    behave: (base) => ({
      showReport(call, report) {
        const shown = base.showReport(call, report);
        return call.action === 'download' ? { ID: shown.ID } : shown;
      },
    }),
  },
  {
    id: 'ozeki-same-id-refused',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-5',
    sentence: 'A message whose ID is known is refused.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        if (conversation.messages.some(({ id }) => id === upload.id)) {
          throw new Refusal('input', 'There is a message of this ID already');
        }
        return base.store(call, conversation, sender, upload);
      },
    }),
  },
  {
    id: 'ozeki-input-stored-as-sent',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-2',
    sentence: 'Change Color and Hide store whatever they are sent, of any type, and List shows it.',
    warns: ['OZ-FLAG-7-COLOR'],
    behave: (base) => ({
      checkMembers(call) {
        const { color: _color, hideid: _hideid, ...body } = call.body;
        base.checkMembers({ ...call, body });
      },
      readFlags(call) {
        const { color, hideid } = call.body as Record<string, string>;
        if (call.action === 'hide' && hideid !== undefined) return { hideid };
        if (call.action === 'setlistitembackgroundcolor' && color !== undefined)
          return { listitembackgroundcolor: color };
        return base.readFlags(call);
      },
    }),
  },
  {
    id: 'ozeki-writes-unhide',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-FLAG-2-HIDE',
    sentence: 'A conversation that was hidden shows again with the next message.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        for (const [id, flags] of conversation.flags) conversation.flags.set(id, { ...flags, hideid: '' });
        return base.store(call, conversation, sender, upload);
      },
    }),
  },
];

const END_OF_9999 = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

const STATUS_OF: Record<RefusalKind, number> = {
  method: 405,
  body: 400,
  size: 413,
  action: 400,
  credentials: 401,
  stranger: 403,
  conversation: 404,
  input: 400,
};

function refusalOf(status: number, word: string, refusal: Refusal): Answer {
  return jsonAnswer(status, { status: word, errormessage: refusal.message });
}

function refuseWithoutLogin(call: Call, user: User, station: string): void {
  if (call.state.sessions.get(station)?.userId === user.id) return;
  throw new Refusal('credentials', 'This station has not logged in');
}

function endingSession<T>(call: Call, check: () => T): T {
  try {
    return check();
  } catch (error) {
    call.state.sessions.delete(call.request.headers.get('Ozeki-Station') ?? '');
    throw error;
  }
}

function isPositive(limit: unknown): boolean {
  return limit === undefined || (typeof limit === 'number' && limit >= 1);
}

function isJson(answer: Answer): boolean {
  return answer.headers['content-type']?.toLowerCase().startsWith('application/json') ?? false;
}

function withContentType(value: string): (answer: Answer) => Answer {
  return (answer) => (isJson(answer) ? { ...answer, headers: { ...answer.headers, 'content-type': value } } : answer);
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

function messageOfOthers(call: Call) {
  const created = Math.floor(call.behaviour.now(call) / 1000);
  const key = `others ${call.state.seed} ${call.total}`;
  const data = bytesFrom(key, 48).toString('base64');
  return { id: uuidFrom(key), type: 'Message', created, validUntil: created + 604_800, data };
}

/** Runs before the first call that the stub gets, and then no more. */
function once(run: (call: Call) => void): (call: Call) => void {
  return (call) => {
    if (call.total === 1) run(call);
  };
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

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
