import { contentType, httpStatus, jsonAnswer, written } from '../../../../src/stub/answer.js';
import { onAnswer, onRefusal, onSuccess } from '../../../../src/stub/mutation.js';
import { change, drop, respell, retype, set, where } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import type { Event } from '../model.js';
import { faultsOf, instead, on, row } from '../rows.js';

export const shapeFaults = faultsOf({
  'GE-COM-1': {
    'participantid-string': on
      .getmessages('Get Messages gives participantId as a string.')
      .by(retype('/messages/*/from/participantId', 'string')),
    'starttyping-empty': on.starttyping('Start Typing answers an empty body.').by(onSuccess(written(() => ''))),
    'alias-number': on.stoptyping('Stop Typing gives the alias as a number.').by(retype('/alias', 'number')),
    'messages-object': on
      .getmessages('A transcript of a single event is that event, not an array.')
      .by(change('/messages', (events: Event[]) => (events.length === 1 ? events[0] : events))),
    'chatended-text': on.getmessages('chatEnded is the text "false".').by(retype('/chatEnded', 'string')),
  },
  'GE-COM-1-SHOULD': {
    'sendmessage-as-html': on
      .sendmessage('Send Message answers JSON under the content type text/html.')
      .by(onAnswer(contentType('text/html'))),
    'sendurl-accepted': on.sendurl('Send Url answers HTTP 202.').by(onSuccess(httpStatus(202))),
  },
  'GE-COM-1-FROM-SHOULD': {
    'from-lower-case': on
      .getmessages('The type of the others is written in lower case.')
      .by(respell('/messages/*/from/type', (type) => (type === 'Client' ? type : type.toLowerCase()))),
  },
  'GE-COM-2': {
    'statuscode-string': row('statusCode is a string.').by(onAnswer(retype('/statusCode', 'string'))),
    'statuscode-missing': on.updatenickname('Update Nickname answers no statusCode.').by(drop('/statusCode')),
    'refusal-http-code': row('The statusCode of a refusal is an HTTP status.').by(onRefusal(set('/statusCode', 403))),
    'refusal-of-another-form': row('Refusals are HTTP 400 with an object that has no statusCode.').by(
      onRefusal((_answer, { refusal }) => jsonAnswer(400, { error: refusal?.message })),
    ),
    'sendurl-not-implemented': on
      .sendurl('Send Url is refused whenever it is called.')
      .by(onAnswer(() => jsonAnswer(200, { statusCode: 2 }))),
  },
  'GE-REQ-1': {
    'request-without-path': row('Request Chat leaves the path out.').by(drop('/path')),
    'request-path-of-gms': row('The path of Request Chat is that of another product.').by(
      respell('/path', (path) => path.replace('/api/v2/chats/', '/genesys/2/chat/')),
    ),
    'request-path-lower-case': row('The path of Request Chat holds the chatId in lower case.').by(
      respell('/path', (path) => path.toLowerCase()),
    ),
    'request-without-alias': row('Request Chat leaves the alias out where no emailAddress was given.').by(
      where('/alias', (_alias, { body }: Call) => body.emailAddress === undefined, drop('')),
    ),
  },
  'GE-MSG-12': {
    'joined-as-agent-joined': on
      .getmessages('The joining of somebody else is an event of the type AgentJoined.')
      .by(
        change('/messages/*', (event: Event) =>
          event.from.type !== 'Client' && event.type === 'ParticipantJoined'
            ? { ...event, type: 'AgentJoined' }
            : event,
        ),
      ),
    'end-as-event': on.complete('The end of a chat shows as an event of the type ChatEnded.').by(
      instead('end', (usual, call, chat) => {
        usual();
        call.behaviour.append(call, chat, call.behaviour.external(), 'ChatEnded');
      }),
    ),
    'typing-continued': on.starttyping('A second start of typing is an event of the type TypingContinued.').by(
      instead('type', (usual, call, chat, type) => {
        usual();
        const isSecond = type === 'TypingStarted' && chat.events.filter((event) => event.type === type).length > 1;
        if (isSecond) call.behaviour.append(call, chat, call.behaviour.external(), 'TypingContinued');
      }),
    ),
  },
  'GE-DATA-1': {
    'userdata-bare': row('Update User Data answers a statusCode and nothing else.').by(
      change('', ({ statusCode }: { statusCode: unknown }) => ({ statusCode })),
    ),
    'userdata-twice-broken': row('Update User Data of a key that is there already is refused.').by((base) => {
      const broken = new WeakSet<Call>();
      return {
        attach(call, chat, data) {
          if (Object.keys(data).some((key) => key in chat.userData)) broken.add(call);
          base.attach(call, chat, data);
        },
        succeed: (call, members) =>
          broken.has(call) ? jsonAnswer(200, { statusCode: 1 }) : base.succeed(call, members),
      };
    }),
  },
});
