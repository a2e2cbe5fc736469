import { htmlAnswer, jsonAnswer } from '../../../../src/stub/answer.js';
import type { Answer, Call, Refusal } from '../model.js';
import type { OzekiFault } from '../mutation.js';

export const robustnessFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-every-fifteenth-broken',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-2',
    sentence: 'Every fifteenth answer is JSON that breaks off.',
    answer: everyFifteenth((answer) => ({ ...answer, write: (body) => answer.write(body).slice(0, -1) })),
  },
  {
    id: 'ozeki-every-fifteenth-page',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-1',
    sentence: 'Every fifteenth answer is an HTML page with HTTP 500.',
    answer: everyFifteenth(() => htmlAnswer(500, 'Internal Server Error')),
  },
  {
    id: 'ozeki-every-fifteenth-empty',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-2',
    sentence: 'Every fifteenth answer has an empty body.',
    answer: everyFifteenth((answer) => ({ ...answer, write: () => '' })),
  },
  {
    id: 'ozeki-list-cut-off',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-2',
    sentence: 'The connection breaks in the middle of the answer of List.',
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-length': '1000000' } }),
  },
  {
    id: 'ozeki-refusals-500',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Every refusal has the HTTP status 500.',
    behave: refused(
      () => true,
      (answer) => ({ ...answer, status: 500 }),
    ),
  },
  {
    id: 'ozeki-strangers-500',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-13',
    sentence: 'Download of a conversation in which the caller takes no part has the HTTP status 500.',
    behave: refused(
      ({ kind }, { action }) => kind === 'stranger' && action === 'download',
      (answer) => ({ ...answer, status: 500 }),
    ),
  },
  {
    id: 'ozeki-refusals-stack-trace',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Refusals carry the stack trace of the server.',
    behave: refused(
      () => true,
      (answer, { message }) =>
        jsonAnswer(answer.status, {
          status: 'ERROR',
          errormessage: `${message} in /srv/ozeki/chat.php:41\nStack trace:\n#0 /srv/ozeki/index.php(12): Chat->serve()\n#1 {main}`,
        }),
    ),
  },
  {
    id: 'ozeki-refusals-status-ok',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Refusals say "OK" beside their errormessage.',
    behave: refused(
      () => true,
      (answer, { message }) => jsonAnswer(answer.status, { status: 'OK', errormessage: message }),
    ),
  },
  {
    id: 'ozeki-refusals-status-missing',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Refusals have no status.',
    behave: refused(
      () => true,
      (answer, { message }) => jsonAnswer(answer.status, { errormessage: message }),
    ),
  },
  {
    id: 'ozeki-refusals-page-200',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Refusals are HTML pages with the HTTP status 200.',
    behave: refused(
      () => true,
      (_answer, { message }) => htmlAnswer(200, message),
    ),
  },
  {
    id: 'ozeki-refusals-no-message',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'Refusals have an empty errormessage.',
    behave: refused(
      () => true,
      (answer) => jsonAnswer(answer.status, { status: 'ERROR', errormessage: '' }),
    ),
  },
  {
    id: 'ozeki-stranger-told-participants',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'A stranger is refused, and told who takes part in the conversation.',
    behave: refused(
      ({ kind }) => kind === 'stranger',
      (answer, _refusal, { conversation }) =>
        jsonAnswer(answer.status, { ...(answer.body as object), participantids: conversation?.participants }),
    ),
  },
  {
    id: 'ozeki-stranger-told-lastmessage',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-13',
    sentence: 'A stranger is refused in a sentence that holds the data of the last message.',
    behave: refused(
      ({ kind }) => kind === 'stranger',
      (answer, { message }, { conversation }) =>
        jsonAnswer(answer.status, {
          status: 'ERROR',
          errormessage: `${message}: ${conversation?.messages.at(-1)?.data ?? ''}`,
        }),
    ),
  },
  {
    id: 'ozeki-notification-of-everything',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-COM-13',
    sentence: 'A station that has never logged in is notified of every conversation of the server.',
    behave: (base) => ({
      userOfStation(call, station) {
        const [first] = call.state.users.values();
        return call.state.sessions.has(station) || first === undefined ? base.userOfStation(call, station) : first;
      },
      fetchQueue(call, station) {
        const queue = base.fetchQueue(call, station);
        if (call.state.sessions.has(station)) return queue;
        return { ...queue, conversationchangedof: [...call.state.conversations.keys()] };
      },
    }),
  },
  {
    id: 'ozeki-malformed-crash',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'Malformed JSON is answered by a stack trace and HTTP 500.',
    behave: refused(({ kind }) => kind === 'body', crash),
  },
  {
    id: 'ozeki-malformed-breaks-server',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'Malformed JSON is refused in order, and the next ten calls of anybody fail.',
    behave: refused(
      ({ kind }) => kind === 'body',
      (answer, _refusal, call) => {
        call.state.notes.set(BROKEN_UNTIL, call.total + 10);
        return answer;
      },
    ),
    answer(answer, call) {
      const until = call.state.notes.get(BROKEN_UNTIL) as number | undefined;
      return call.refusal?.kind !== 'body' && until !== undefined && call.total <= until ? crash() : answer;
    },
    on: ['*'],
  },
  {
    id: 'ozeki-empty-body-crash',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'An empty body is answered by HTTP 500.',
    behave: refused(({ kind }, { request }) => kind === 'body' && request.text === '', crash),
  },
  {
    id: 'ozeki-empty-body-ok',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'An empty body is answered "OK".',
    behave: refused(({ kind }, { request }) => kind === 'body' && request.text === '', ok),
  },
  {
    id: 'ozeki-array-body-ok',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'An array for a body is answered "OK".',
    behave: refused((_refusal, { request }) => request.text.trimStart().startsWith('['), ok),
  },
  {
    id: 'ozeki-array-body-crash',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'An array for a body is answered by HTTP 500.',
    behave: refused((_refusal, { request }) => request.text.trimStart().startsWith('['), crash),
  },
  {
    id: 'ozeki-get-ok',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'GET is answered "OK".',
    behave: refused(({ kind }) => kind === 'method', ok),
  },
  {
    id: 'ozeki-unknown-action-ok',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'An unknown action is answered "OK".',
    behave: refused(({ kind }) => kind === 'action', ok),
  },
  {
    id: 'ozeki-unknown-action-crash',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'An unknown action is answered by HTTP 500.',
    behave: refused(({ kind }) => kind === 'action', crash),
  },
  {
    id: 'ozeki-conversationid-missing-crash',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-14',
    sentence: 'Download without a conversationid is answered by HTTP 500.',
    behave: refused((_refusal, { action, body }) => action === 'download' && body.conversationid === undefined, crash),
  },
  {
    id: 'ozeki-mute-conversationid-missing-crash',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-COM-14',
    sentence: 'Mute without a conversationid is answered by HTTP 500.',
    behave: refused((_refusal, { action, body }) => action === 'mute' && body.conversationid === undefined, crash),
  },
  {
    id: 'ozeki-conversationid-number-crash',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'A number for a conversationid is answered by HTTP 500.',
    behave: refused((_refusal, { body }) => typeof body.conversationid === 'number', crash),
  },
  {
    id: 'ozeki-add-empty-message-crash',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-14',
    sentence: 'Add of a message without an ID is answered by HTTP 500.',
    behave: refused(({ message }) => message === 'The message has no ID', crash),
  },
  {
    id: 'ozeki-add-bad-date-crash',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-14',
    sentence: 'Add of a message whose Created is no date is answered by HTTP 500.',
    behave: refused(
      ({ kind, message }, { action }) => action === 'add' && kind === 'input' && /Created/.test(message),
      crash,
    ),
  },
  {
    id: 'ozeki-hide-hideid-missing-crash',
    api: 'ozeki',
    action: 'hide',
    requirement: 'OZ-COM-14',
    sentence: 'Hide without a hideid is answered by HTTP 500.',
    behave: refused((_refusal, { action, body }) => action === 'hide' && body.hideid === undefined, crash),
  },
  {
    id: 'ozeki-viewed-unknown-crash',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-COM-14',
    sentence: 'Report of messages that are not there is answered by HTTP 500.',
    behave: refused(({ message }, { action }) => action === 'viewed' && message.includes('none of these'), crash),
  },
  {
    id: 'ozeki-messageids-text-crash',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-COM-14',
    sentence: 'Report with a string for its messageids is answered by HTTP 500.',
    behave: refused((_refusal, { body }) => typeof body.messageids === 'string', crash),
  },
  {
    id: 'ozeki-unknown-conversation-ok',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'An unknown conversation is answered "OK", without messages.',
    behave: refused(({ kind }) => kind === 'conversation', ok),
  },
  {
    id: 'ozeki-unknown-conversation-crash',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-14',
    sentence: 'An unknown conversation is answered by HTTP 500.',
    behave: refused(({ kind }) => kind === 'conversation', crash),
  },
  {
    id: 'ozeki-large-body-crash',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-14',
    sentence: 'A body of a megabyte is answered by HTTP 500.',
    answer: (answer, { request }) => (request.text.length > MEGABYTE ? crash() : answer),
    on: ['*'],
  },
  {
    id: 'ozeki-large-body-hangs-up',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-14',
    sentence: 'The connection is cut at a body of a megabyte.',
    answer: (answer, { request }) => (request.text.length > MEGABYTE ? { ...answer, drop: true } : answer),
    on: ['*'],
  },
  {
    id: 'ozeki-large-data-cut',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-14',
    sentence: 'Add cuts data of more than half a megabyte, and answers "OK".',
    behave: (base) => ({
      store: (call, conversation, sender, upload) =>
        base.store(call, conversation, sender, { ...upload, data: upload.data.slice(0, MEGABYTE / 2) }),
    }),
  },
  limitCrash('text', 'a string', (limit) => typeof limit === 'string'),
  limitCrash('zero', '0', (limit) => limit === 0),
  limitCrash('negative', 'a negative number', (limit) => typeof limit === 'number' && limit < 0),
  limitCrash('huge', 'a huge number', (limit) => typeof limit === 'number' && limit > 10_000),
  colourAccepted('name', 'the name of a colour', /^[a-z]+$/),
  colourAccepted('short', 'a colour of two or three digits', /^#[0-9a-f]{2,3}$/),
  colourAccepted('digits', 'digits beyond f', /^#[g-z]{6}$/),
  colourAccepted('empty', 'an empty colour', /^$/),
  {
    id: 'ozeki-colour-refused-but-stored',
    api: 'ozeki',
    action: 'setlistitembackgroundcolor',
    requirement: 'OZ-FLAG-7-COLOR',
    sentence: 'Change Color refuses a colour that is none, and stores it all the same.',
    behave: (base) => ({
      readFlags(call) {
        const { color } = call.body;
        try {
          return base.readFlags(call);
        } catch (error) {
          if (typeof color === 'string' && call.conversation !== undefined && call.caller !== undefined) {
            base.setFlags(call, call.conversation, call.caller, { listitembackgroundcolor: color });
          }
          throw error;
        }
      },
    }),
  },
  {
    id: 'ozeki-colour-refused-but-reset',
    api: 'ozeki',
    action: 'setlistitembackgroundcolor',
    requirement: 'OZ-FLAG-7-COLOR',
    sentence: 'Change Color refuses a colour that is none, and sets the colour back to white.',
    behave: (base) => ({
      readFlags(call) {
        try {
          return base.readFlags(call);
        } catch (error) {
          if (call.action === 'setlistitembackgroundcolor' && call.conversation && call.caller) {
            base.setFlags(call, call.conversation, call.caller, { listitembackgroundcolor: '#ffffff' });
          }
          throw error;
        }
      },
    }),
  },
  workspaceAccepted('taken', 'a name that is taken', (name, { state }) => state.workspaces.has(name)),
  workspaceAccepted('empty', 'an empty name', (name) => name === ''),
  workspaceAccepted(
    'any-text',
    'names that are no host names',
    (name, { state }) => name !== '' && !state.workspaces.has(name),
  ),
];

const BROKEN_UNTIL = 'ozeki-malformed-breaks-server';
const MEGABYTE = 1_000_000;

function everyFifteenth(spoil: (answer: Answer) => Answer): OzekiFault['answer'] {
  return (answer, call) => (call.total % 15 === 0 ? spoil(answer) : answer);
}

/** Replaces the refusals of a kind. */
function refused(
  isMeant: (refusal: Refusal, call: Call) => boolean,
  change: (answer: Answer, refusal: Refusal, call: Call) => Answer,
): OzekiFault['behave'] {
  return (base) => ({
    refuse(call, refusal) {
      const answer = base.refuse(call, refusal);
      return isMeant(refusal, call) ? change(answer, refusal, call) : answer;
    },
  });
}

function crash(): Answer {
  return htmlAnswer(500, 'PHP Fatal error: Uncaught TypeError in /srv/ozeki/index.php:41 Stack trace: #0 {main}');
}

function ok(): Answer {
  return jsonAnswer(200, { status: 'OK', errormessage: '', messages: [], reports: [] });
}

function limitCrash(name: string, what: string, isMeant: (limit: unknown) => boolean): OzekiFault {
  return {
    id: `ozeki-limit-${name}-crash`,
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-PAGE-8',
    sentence: `Partial download answers HTTP 500 where the limit is ${what}.`,
    answer: (answer, { body }) => (isMeant(body.limit) ? crash() : answer),
  };
}

function colourAccepted(name: string, what: string, colours: RegExp): OzekiFault {
  return {
    id: `ozeki-colour-${name}-accepted`,
    api: 'ozeki',
    action: 'setlistitembackgroundcolor',
    requirement: 'OZ-FLAG-7-COLOR',
    sentence: `Change Color accepts ${what}.`,
    behave: (base) => ({
      readFlags(call) {
        const { color } = call.body;
        const isMeant =
          call.action === 'setlistitembackgroundcolor' && typeof color === 'string' && colours.test(color);
        return isMeant ? { listitembackgroundcolor: color } : base.readFlags(call);
      },
    }),
  };
}

function workspaceAccepted(name: string, what: string, isMeant: (name: string, call: Call) => boolean): OzekiFault {
  return {
    id: `ozeki-workspace-${name}-accepted`,
    api: 'ozeki',
    action: 'workspaceregister',
    requirement: 'OZ-WORK-2',
    sentence: `Workspace registration accepts ${what}.`,
    behave: (base) => ({
      readWorkspace(call) {
        const { workspacename } = call.body;
        const asked = typeof workspacename === 'string' ? workspacename.toLowerCase() : undefined;
        return asked !== undefined && isMeant(asked, call) ? asked : base.readWorkspace(call);
      },
    }),
  };
}
