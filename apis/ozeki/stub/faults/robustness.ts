import { type Answer, cutOff, htmlAnswer, jsonAnswer, written } from '../../../../src/stub/answer.js';
import { everyNth, everywhere, type Mutation, onAnswer, onRefusal } from '../../../../src/stub/mutation.js';
import { change, drop, set } from '../../../../src/stub/operators.js';
import { ozekiActionNames } from '../../actions.js';
import type { Call } from '../call.js';
import type { Queue, Refusal, RefusalKind } from '../model.js';
import { faultsOf, instead, nameOf, type OzekiBehave, on, onEach, refused, row, together } from '../rows.js';

const MEGABYTE = 1_000_000;
const TRACE = '/srv/ozeki/chat.php:41\nStack trace:\n#0 /srv/ozeki/index.php(12): Chat->serve()\n#1 {main}';

const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key "color" in <b>/srv/ozeki/chat.php</b> on line <b>41</b><br />\n';

export const robustnessFaults = faultsOf({
  'OZ-COM-1': {
    'every-fifteenth-page': row('Every fifteenth answer is an HTML page with HTTP 500.').by(
      everyNth(15, () => htmlAnswer(500, 'Internal Server Error')),
    ),
  },
  'OZ-COM-2': {
    'every-fifteenth-broken': row('Every fifteenth answer is JSON that breaks off.').by(
      everyNth(
        15,
        written((json) => json.slice(0, -1)),
      ),
    ),
    'every-fifteenth-empty': row('Every fifteenth answer has an empty body.').by(
      everyNth(
        15,
        written(() => ''),
      ),
    ),
    ...onEach(
      ozekiActionNames,
      'bom-before-json',
      (action) => `${nameOf(action)} sends a byte order mark before its JSON.`,
      () => onAnswer(written((json) => `\ufeff${json}`)),
    ),
    ...onEach(
      ozekiActionNames,
      'warning-before-json',
      (action) => `${nameOf(action)} sends a warning of the interpreter before its JSON.`,
      () => onAnswer(written((json) => WARNING + json)),
    ),
    'list-cut-off': on.list('The connection breaks in the middle of the answer of List.').by(onAnswer(cutOff)),
  },
  'OZ-COM-13': {
    'refusals-500': row('Every refusal has the HTTP status 500.').by(refused(() => true, asServerError)),
    'strangers-500': on
      .download('Download of a conversation in which the caller takes no part has the HTTP status 500.')
      .by(refused(({ kind }) => kind === 'outsider', asServerError)),
    'refusals-stack-trace': row('Refusals carry the stack trace of the server.').by(
      onRefusal(change('/errormessage', (message) => `${message} in ${TRACE}`)),
    ),
    'refusals-status-ok': row('Refusals say "OK" beside their errormessage.').by(onRefusal(set('/status', 'OK'))),
    'refusals-status-missing': row('Refusals have no status.').by(onRefusal(drop('/status'))),
    'refusals-page-200': row('Refusals are HTML pages with the HTTP status 200.').by(
      onRefusal((_answer, { refusal }) => htmlAnswer(200, refusal?.message ?? '')),
    ),
    'refusals-no-message': row('Refusals have an empty errormessage.').by(onRefusal(set('/errormessage', ''))),
    'stranger-told-participants': row('An outsider is refused, and told who takes part in the conversation.').by(
      refused(
        ({ kind }) => kind === 'outsider',
        (answer, { conversation }) =>
          jsonAnswer(answer.status, { ...(answer.body as object), participantids: conversation?.participants }),
      ),
    ),
    'stranger-told-lastmessage': row(
      'An outsider is refused in a sentence that holds the data of the last message.',
    ).by(
      refused(
        ({ kind }) => kind === 'outsider',
        (answer, { refusal, conversation }) => {
          const errormessage = `${refusal?.message}: ${conversation?.messages.at(-1)?.data ?? ''}`;
          return jsonAnswer(answer.status, { status: 'ERROR', errormessage });
        },
      ),
    ),
    'notification-of-everything': on
      .notification('A station that has never logged in is notified of every conversation of the server.')
      .by(notifiedUnknown(({ state }) => ({ conversationchangedof: [...state.conversations.keys()] }))),
    'notification-of-everybody': on
      .notification('A station that has never logged in is told of everybody that they are available.')
      .by(notifiedUnknown(({ state }) => ({ friendavailabilitesof: [...state.users.keys()] }))),
    'notification-of-all-lists': on
      .notification('A station that has never logged in is told that every List has changed.')
      .by(notifiedUnknown(({ state }) => ({ conversationlistchangedof: [...state.conversations.keys()] }))),
    'notification-of-first-session': on
      .notification('A station that has never logged in gets what waits for the one that logged in first.')
      .by(notifiedUnknown(({ state }) => [...state.sessions.values()][0]?.queue)),
    'notification-of-named-user': on
      .notification('A station that has never logged in gets what waits for the user whom an Ozeki-User header names.')
      .by(
        notifiedUnknown(({ state, request }) => {
          const named = request.headers.get('Ozeki-User');
          return [...state.sessions.values()].find(({ userId }) => userId === named)?.queue;
        }),
      ),
  },
  'OZ-COM-14': {
    'malformed-crash': row('Malformed JSON is answered by a stack trace and HTTP 500.').by(
      refused(({ kind }) => kind === 'body', crash),
    ),
    'malformed-breaks-server': row('Malformed JSON is refused in order, and the next ten calls of anybody fail.').by(
      onAnswer((answer, { refusal, state, total }) => {
        const key = 'ozeki-malformed-breaks-server';
        if (refusal?.kind === 'body') state.notes.set(key, total + 10);
        return refusal?.kind !== 'body' && total <= Number(state.notes.get(key) ?? 0) ? crash() : answer;
      }),
    ),
    'empty-body-crash': row('An empty body is answered by HTTP 500.').by(refused(isEmptyBody, crash)),
    'empty-body-ok': row('An empty body is answered "OK".').by(refused(isEmptyBody, ok)),
    'array-body-ok': row('An array for a body is answered "OK".').by(refused(isArrayBody, ok)),
    'array-body-crash': row('An array for a body is answered by HTTP 500.').by(refused(isArrayBody, crash)),
    'get-ok': row('GET is answered "OK".').by(refused(({ kind }) => kind === 'method', ok)),
    'unknown-action-ok': row('An unknown action is answered "OK".').by(refused(({ kind }) => kind === 'action', ok)),
    'unknown-action-crash': row('An unknown action is answered by HTTP 500.').by(
      refused(({ kind }) => kind === 'action', crash),
    ),
    'conversationid-missing-crash': on
      .download('Download without a conversationid is answered by HTTP 500.')
      .by(refused((_refusal, { body }) => body.conversationid === undefined, crash)),
    'mute-conversationid-missing-crash': on
      .mute('Mute without a conversationid is answered by HTTP 500.')
      .by(refused((_refusal, { body }) => body.conversationid === undefined, crash)),
    'conversationid-number-crash': row('A number for a conversationid is answered by HTTP 500.').by(
      refused((_refusal, { body }) => typeof body.conversationid === 'number', crash),
    ),
    'add-empty-message-crash': on
      .add('Add of a message without an ID is answered by HTTP 500.')
      .by(refused(({ message }) => message === 'The message has no ID', crash)),
    'add-bad-date-crash': on
      .add('Add of a message whose Created is no date is answered by HTTP 500.')
      .by(refused(({ kind, message }) => kind === 'input' && message.includes('Created'), crash)),
    'hide-hideid-missing-crash': on
      .hide('Hide without a hideid is answered by HTTP 500.')
      .by(refused((_refusal, { body }) => body.hideid === undefined, crash)),
    'viewed-unknown-crash': on
      .viewed('Report of messages that are not there is answered by HTTP 500.')
      .by(refused(({ message }) => message.includes('none of these'), crash)),
    'messageids-text-crash': on
      .viewed('Report with a string for its messageids is answered by HTTP 500.')
      .by(refused((_refusal, { body }) => typeof body.messageids === 'string', crash)),
    'unknown-conversation-ok': row('An unknown conversation is answered "OK", without messages.').by(
      refused(({ kind }) => kind === 'conversation', ok),
    ),
    'unknown-conversation-crash': row('An unknown conversation is answered by HTTP 500.').by(
      refused(({ kind }) => kind === 'conversation', crash),
    ),
    'large-body-crash': on.add('A body of a megabyte is answered by HTTP 500.').by(ofLargeBodies(crash)),
    'large-body-hangs-up': on
      .add('The connection is cut at a body of a megabyte.')
      .by(ofLargeBodies((answer) => ({ ...answer, drop: true }))),
    'large-data-cut': on
      .add('Add cuts data of more than half a megabyte, and answers "OK".')
      .by(
        instead('store', (usual, call, conversation, sender, upload) =>
          usual(call, conversation, sender, { ...upload, data: upload.data.slice(0, MEGABYTE / 2) }),
        ),
      ),
  },
  'OZ-PAGE-8': {
    'limit-text-crash': limitCrash('a string', (limit) => typeof limit === 'string'),
    'limit-zero-crash': limitCrash('0', (limit) => limit === 0),
    'limit-negative-crash': limitCrash('a negative number', (limit) => typeof limit === 'number' && limit < 0),
    'limit-huge-crash': limitCrash('a huge number', (limit) => typeof limit === 'number' && limit > 10_000),
  },
  'OZ-FLAG-7-COLOR': {
    'colour-name-accepted': colourAccepted('the name of a colour', /^[a-z]+$/),
    'colour-short-accepted': colourAccepted('a colour of two or three digits', /^#[0-9a-f]{2,3}$/),
    'colour-digits-accepted': colourAccepted('digits beyond f', /^#[g-z]{6}$/),
    'colour-empty-accepted': colourAccepted('an empty colour', /^$/),
    'colour-refused-but-stored': row('Change Color refuses a colour that is none, and stores it all the same.').by(
      colourRefusedButSet((color) => color),
    ),
    'colour-refused-but-reset': row(
      'Change Color refuses a colour that is none, and sets the colour back to white.',
    ).by(colourRefusedButSet(() => '#ffffff')),
  },
  'OZ-WORK-2': {
    'workspace-taken-accepted': workspaceAccepted('a name that is taken', (name, { state }) =>
      state.workspaces.has(name),
    ),
    'workspace-empty-accepted': workspaceAccepted('an empty name', (name) => name === ''),
    'workspace-any-text-accepted': workspaceAccepted(
      'names that are no host names',
      (name, { state }) => name !== '' && !state.workspaces.has(name),
    ),
  },
});

/** Notification serves a station that has never logged in. */
function notifiedUnknown(told: (call: Call) => Partial<Queue> | undefined): OzekiBehave {
  const isUnknown = (call: Call, station: string) => !call.state.sessions.has(station);
  return together(
    instead('userOfStation', (usual, call, station) => {
      const [first] = call.state.users.values();
      return first !== undefined && isUnknown(call, station) ? first : usual();
    }),
    instead('fetchQueue', (usual, call, station) =>
      isUnknown(call, station) ? { ...usual(), ...told(call) } : usual(),
    ),
  );
}

function isEmptyBody({ kind }: { kind: RefusalKind }, { request }: Call): boolean {
  return kind === 'body' && request.text === '';
}

function isArrayBody(_refusal: Refusal, { request }: Call): boolean {
  return request.text.trimStart().startsWith('[');
}

function asServerError(answer: Answer): Answer {
  return { ...answer, status: 500 };
}

function crash(): Answer {
  return htmlAnswer(500, 'PHP Fatal error: Uncaught TypeError in /srv/ozeki/index.php:41 Stack trace: #0 {main}');
}

function ok(): Answer {
  return jsonAnswer(200, { status: 'OK', errormessage: '', messages: [], reports: [] });
}

function ofLargeBodies(change: (answer: Answer) => Answer): Mutation<Call> {
  return everywhere(onAnswer((answer, { request }) => (request.text.length > MEGABYTE ? change(answer) : answer)));
}

function limitCrash(what: string, isMeant: (limit: unknown) => boolean) {
  return row(`Partial download answers HTTP 500 where the limit is ${what}.`).by(
    onAnswer((answer, { body }) => (isMeant(body.limit) ? crash() : answer)),
  );
}

function colourAccepted(what: string, colours: RegExp) {
  return row(`Change Color accepts ${what}.`).by(
    instead('readFlags', (usual, { action, body: { color } }) => {
      const isMeant = action === 'setlistitembackgroundcolor' && typeof color === 'string' && colours.test(color);
      return isMeant ? { listitembackgroundcolor: color } : usual();
    }),
  );
}

function colourRefusedButSet(colour: (given: string) => string): OzekiBehave {
  return instead('readFlags', (usual, call) => {
    try {
      return usual();
    } catch (error) {
      const { action, conversation, caller, body } = call;
      if (action === 'setlistitembackgroundcolor' && typeof body.color === 'string' && conversation && caller)
        call.behaviour.setFlags(call, conversation, caller, { listitembackgroundcolor: colour(body.color) });
      throw error;
    }
  });
}

function workspaceAccepted(what: string, isMeant: (name: string, call: Call) => boolean) {
  return row(`Workspace registration accepts ${what}.`).by(
    instead('readWorkspace', (usual, call) => {
      const { workspacename } = call.body;
      const name = typeof workspacename === 'string' ? workspacename.toLowerCase() : undefined;
      return name !== undefined && isMeant(name, call) ? name : usual();
    }),
  );
}
