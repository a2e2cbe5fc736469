import { jsonAnswer } from '../../../../src/stub/answer.js';
import { fault, type GenesysFault, onEvents, onSuccess } from '../mutation.js';

export const shapeFaults: readonly GenesysFault[] = [
  fault({
    id: 'genesys-participantid-string',
    action: 'getmessages',
    requirement: 'GE-COM-1',
    sentence: 'Get Messages gives participantId as a string.',
    answer: onEvents((event) => ({
      ...event,
      from: { ...event.from, participantId: String(event.from.participantId) },
    })),
  }),
  fault({
    id: 'genesys-starttyping-empty',
    action: 'starttyping',
    requirement: 'GE-COM-1',
    sentence: 'Start Typing answers an empty body.',
    answer: (answer, call) => (call.refusal === undefined ? { ...answer, write: () => '' } : answer),
  }),
  fault({
    id: 'genesys-alias-number',
    action: 'stoptyping',
    requirement: 'GE-COM-1',
    sentence: 'Stop Typing gives the alias as a number.',
    answer: onSuccess((body) => ({ ...body, alias: Number(body.alias) })),
  }),
  fault({
    id: 'genesys-messages-object',
    action: 'getmessages',
    requirement: 'GE-COM-1',
    sentence: 'A transcript of a single event is that event, not an array.',
    answer: onSuccess((body) =>
      Array.isArray(body.messages) && body.messages.length === 1 ? { ...body, messages: body.messages[0] } : body,
    ),
  }),
  fault({
    id: 'genesys-chatended-text',
    action: 'getmessages',
    requirement: 'GE-COM-1',
    sentence: 'chatEnded is the text "false".',
    answer: onSuccess((body) => ({ ...body, chatEnded: String(body.chatEnded) })),
  }),
  fault({
    id: 'genesys-sendmessage-as-html',
    action: 'sendmessage',
    requirement: 'GE-COM-1-SHOULD',
    sentence: 'Send Message answers JSON under the content type text/html.',
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } }),
  }),
  fault({
    id: 'genesys-sendurl-accepted',
    action: 'sendurl',
    requirement: 'GE-COM-1-SHOULD',
    sentence: 'Send Url answers HTTP 202.',
    answer: (answer, call) => (call.refusal === undefined ? { ...answer, status: 202 } : answer),
  }),
  fault({
    id: 'genesys-from-lower-case',
    action: 'getmessages',
    requirement: 'GE-COM-1-FROM-SHOULD',
    sentence: 'The type of the others is written in lower case.',
    answer: onEvents((event) =>
      event.from.type === 'Client' ? event : { ...event, from: { ...event.from, type: event.from.type.toLowerCase() } },
    ),
  }),
  fault({
    id: 'genesys-statuscode-string',
    action: '*',
    requirement: 'GE-COM-2',
    sentence: 'statusCode is a string.',
    on: ['*'],
    answer: (answer) => ({
      ...answer,
      body: { ...(answer.body as object), statusCode: String((answer.body as { statusCode: unknown }).statusCode) },
    }),
  }),
  fault({
    id: 'genesys-statuscode-missing',
    action: 'updatenickname',
    requirement: 'GE-COM-2',
    sentence: 'Update Nickname answers no statusCode.',
    answer: onSuccess(({ statusCode: _, ...body }) => body),
  }),
  fault({
    id: 'genesys-refusal-http-code',
    action: '*',
    requirement: 'GE-COM-2',
    sentence: 'The statusCode of a refusal is an HTTP status.',
    behave: () => ({ refuse: () => jsonAnswer(200, { statusCode: 403 }) }),
  }),
  fault({
    id: 'genesys-refusal-of-another-form',
    action: '*',
    requirement: 'GE-COM-2',
    sentence: 'Refusals are HTTP 400 with an object that has no statusCode.',
    behave: () => ({ refuse: (_call, { message }) => jsonAnswer(400, { error: message }) }),
  }),
  fault({
    id: 'genesys-sendurl-not-implemented',
    action: 'sendurl',
    requirement: 'GE-COM-2',
    sentence: 'Send Url is refused whenever it is called.',
    answer: () => jsonAnswer(200, { statusCode: 2 }),
  }),
  fault({
    id: 'genesys-request-without-path',
    action: 'requestchat',
    requirement: 'GE-REQ-1',
    sentence: 'Request Chat leaves the path out.',
    answer: onSuccess(({ path: _, ...body }) => body),
  }),
  fault({
    id: 'genesys-request-path-of-gms',
    action: 'requestchat',
    requirement: 'GE-REQ-1',
    sentence: 'The path of Request Chat is that of another product.',
    answer: onSuccess((body) => ({ ...body, path: `/genesys/2/chat/${body.chatId}` })),
  }),
  fault({
    id: 'genesys-request-path-lower-case',
    action: 'requestchat',
    requirement: 'GE-REQ-1',
    sentence: 'The path of Request Chat holds the chatId in lower case.',
    answer: onSuccess((body) => ({ ...body, path: String(body.path).toLowerCase() })),
  }),
  fault({
    id: 'genesys-request-without-alias',
    action: 'requestchat',
    requirement: 'GE-REQ-1',
    sentence: 'Request Chat leaves the alias out where no emailAddress was given.',
    answer: (answer, call) =>
      call.body.emailAddress === undefined ? onSuccess(({ alias: _, ...body }) => body)(answer, call) : answer,
  }),
  fault({
    id: 'genesys-userdata-bare',
    action: 'updateuserdata',
    requirement: 'GE-DATA-1',
    sentence: 'Update User Data answers a statusCode and nothing else.',
    answer: onSuccess(({ statusCode }) => ({ statusCode })),
  }),
  fault({
    id: 'genesys-userdata-twice-broken',
    action: 'updateuserdata',
    requirement: 'GE-DATA-1',
    sentence: 'Update User Data of a key that is there already is refused.',
    behave: (base) => ({
      attach(call, chat, data) {
        if (Object.keys(data).some((key) => key in chat.userData))
          call.state.notes.set('genesys-userdata-twice-broken', call.total);
        base.attach(call, chat, data);
      },
    }),
    answer: (answer, call) =>
      call.state.notes.get('genesys-userdata-twice-broken') === call.total
        ? jsonAnswer(200, { statusCode: 1 })
        : answer,
  }),
];
