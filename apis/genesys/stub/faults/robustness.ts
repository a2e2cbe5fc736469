import { type Answer, cutOff, htmlAnswer, jsonAnswer, written } from '../../../../src/stub/answer.js';
import { everyNth, onAnswer } from '../../../../src/stub/mutation.js';
import { genesysActionNames, genesysActions } from '../../actions.js';
import type { Json } from '../model.js';
import { faultsOf, instead, on, onEach, refused, row, skip } from '../rows.js';

const TRACE = 'java.lang.NullPointerException\n\tat com.genesyslab.wme.webapi.ChatResource.post(ChatResource.java:214)';
const WARNING = 'WARN  c.g.wme.webapi.ChatResource - slow answer of the routing server\n';

export const robustnessFaults = faultsOf({
  'GE-COM-1': {
    'every-fifteenth-broken': row('Every fifteenth answer is JSON that breaks off.').by(
      everyNth(
        15,
        written((json) => json.slice(0, -1)),
      ),
    ),
    ...onEach(
      genesysActionNames,
      'bom-before-json',
      (action) => `${genesysActions[action].page} sends a byte order mark before its JSON.`,
      () => onAnswer(written((json) => `\ufeff${json}`)),
    ),
    ...onEach(
      genesysActionNames,
      'warning-before-json',
      (action) => `${genesysActions[action].page} sends a line of its log before its JSON.`,
      () => onAnswer(written((json) => WARNING + json)),
    ),
    'getmessages-cut-off': on
      .getmessages('The connection breaks in the middle of the answer of Get Messages.')
      .by(onAnswer(cutOff)),
  },
  'GE-COM-6': {
    'alias-optional': on
      .starttyping('Start Typing serves callers who leave the alias out.')
      .by(skip('requireMember', ({ action }, member) => action === 'starttyping' && member === 'alias')),
    'tenant-optional': on
      .complete('Complete serves callers who leave the tenantName out.')
      .by(skip('requireMember', ({ action }, member) => action === 'complete' && member === 'tenantName')),
    'text-optional': on
      .sendmessage('Send Message without a text sends an empty one.')
      .by(
        instead('readText', (usual, { body }, member) => (member === 'text' && body.text === undefined ? '' : usual())),
      ),
    'nickname-optional': on
      .requestchat('Request Chat without a nickname opens a chat for "anonymous".')
      .by(
        instead('readText', (usual, { action, body }, member) =>
          action === 'requestchat' && member === 'nickname' && body.nickname === undefined ? 'anonymous' : usual(),
        ),
      ),
    'alias-missing-but-done': on
      .sendmessage('Send Message without an alias is refused, and the text shows all the same.')
      .by(
        instead('requireMember', (usual, call, member) => {
          const { action, behaviour, body, chat } = call;
          if (action === 'sendmessage' && member === 'alias' && body.alias === undefined && chat !== undefined)
            behaviour.say(call, chat, behaviour.readText(call, 'text'));
          usual();
        }),
      ),
    'chat-ends-at-missing-member': row(
      'A call without alias or tenantName leaves the chat in a state that serves nobody.',
    ).by(
      instead('requireMember', (usual, call, member) => {
        const isName = member === 'alias' || member === 'tenantName';
        if (isName && call.body[member] === undefined && call.chat !== undefined) call.behaviour.end(call, call.chat);
        usual();
      }),
    ),
    'pushurl-missing-crash': on
      .sendurl('Send Url without a pushUrl is answered by HTTP 500.')
      .by(refused((_refusal, { body }) => body.pushUrl === undefined, crash)),
  },
  'GE-COM-7': {
    'malformed-crash': row('Malformed JSON is answered by a stack trace and HTTP 500.').by(
      refused(
        ({ kind }) => kind === 'body',
        () => htmlAnswer(500, TRACE),
      ),
    ),
    'unknown-chat-trace': row('An unknown chatId is answered by HTTP 404 with a stack trace.').by(
      refused(
        ({ kind }) => kind === 'chat',
        () => jsonAnswer(404, { statusCode: 2, debug: TRACE }),
      ),
    ),
    'unknown-operation-served': row('An unknown operation is answered with success.').by(
      refused(
        ({ kind }, { body }) => kind === 'operation' && body.operationName !== undefined,
        () => jsonAnswer(200, { statusCode: 0 }),
      ),
    ),
    'array-served': row('An array for a body is taken for its first item.').by(
      instead('readBody', (usual, call) => {
        const read = parsed(call.request.text);
        if (!Array.isArray(read)) return usual();
        return usual({ ...call, request: { ...call.request, text: JSON.stringify(read[0] ?? null) } });
      }),
    ),
    'number-for-text-served': on
      .sendmessage('A number for a text is sent as its digits.')
      .by(takingFor((body) => (typeof body.text === 'number' ? { text: String(body.text) } : {}))),
    'userdata-text-served': on
      .updateuserdata('A text for userData is answered with success.')
      .by(
        takingFor(({ userData }, action) =>
          action === 'updateuserdata' && typeof userData === 'string' ? { userData: {} } : {},
        ),
      ),
    'first-name-object-served': on
      .requestchat('An object for a firstName is answered with success.')
      .by(takingFor(({ firstName }) => (typeof firstName === 'object' ? { firstName: '' } : {}))),
    'position-trace': on.getmessages('A word for a transcriptPosition is answered by a stack trace.').by(
      refused(
        ({ kind }, { body }) => kind === 'input' && typeof body.transcriptPosition === 'string',
        () => jsonAnswer(400, { statusCode: 2, debug: TRACE }),
      ),
    ),
    'large-text-crash': on
      .sendmessage('A text of 1 MiB makes the server fail.')
      .by(refused(({ kind }) => kind === 'size', crash)),
    'bad-input-page': row('Bad input is answered by an HTML page under HTTP 200.').by(
      refused(
        ({ kind }) => kind === 'input',
        () => htmlAnswer(200, 'Sorry'),
      ),
    ),
  },
  'GE-MSG-10': {
    'position-negative-crash': row('A negative transcriptPosition makes the server fail.').by(
      refused((_refusal, { body }) => Number(body.transcriptPosition) < 0, crash),
    ),
    'position-from-the-end': row('A negative transcriptPosition counts from the end.').by(
      positionRead(
        (position) => position < 0,
        (position, events) => Math.max(1, events + 1 + position),
      ),
    ),
    'position-overflow': row('A huge transcriptPosition overflows, and the whole transcript is answered.').by(
      positionRead(
        (position) => position > 2 ** 31 - 1,
        () => 1,
      ),
    ),
    'position-zero-empty': row('The transcriptPosition 0 is answered with no event.').by(
      positionRead(
        (position) => position === 0,
        (_position, events) => events + 1,
      ),
    ),
  },
});

function crash(): Answer {
  return jsonAnswer(500, { statusCode: 2 });
}

/** Reads members for others before their types are looked at. */
function takingFor(members: (body: Json, action: string) => Json) {
  return instead('checkMembers', (usual, call) => {
    call.body = { ...call.body, ...members(call.body, call.action) };
    usual();
  });
}

/** Reads some transcriptPositions in another way; `events` is how many there are. */
function positionRead(isMeant: (position: number) => boolean, read: (position: number, events: number) => number) {
  return instead('readPosition', (usual, { body, chat }) => {
    const position = body.transcriptPosition;
    return typeof position === 'number' && isMeant(position) ? read(position, chat?.events.length ?? 0) : usual();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
