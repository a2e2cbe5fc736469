import { htmlAnswer, jsonAnswer } from '../../../../src/stub/answer.js';
import { faultsOf, instead, on, refused, row, skip } from '../rows.js';

const TRACE = 'java.lang.NullPointerException\n\tat com.genesyslab.gms.chat.ChatResource.post(ChatResource.java:214)';

export const robustnessFaults = faultsOf({
  'GMS-COM-6': {
    'text-optional': on
      .sendmessage('Send Message without a message sends an empty one.')
      .by(
        instead('readText', (usual, { body }, member) =>
          member === 'message' && body.message === undefined ? '' : usual(),
        ),
      ),
    'name-optional': on
      .requestchat('Request Chat without any name opens a chat for "anonymous".')
      .by(
        instead('readName', (usual, { body }) =>
          body.nickname === undefined && body.firstName === undefined ? 'anonymous' : usual(),
        ),
      ),
    'last-name-optional': on
      .requestchat('Request Chat is content with a first name.')
      .by(
        instead('readName', (usual, { body }) =>
          (body.nickname ?? body.lastName ?? body.firstName) ? String(body.nickname ?? body.firstName) : usual(),
        ),
      ),
    'pushurl-missing-crash': on.pushurl('Push URL without a pushUrl is answered by HTTP 500.').by(
      refused(
        (_refusal, { body }) => body.pushUrl === undefined,
        () => jsonAnswer(500, { statusCode: 2 }),
      ),
    ),
    'json-trace': row('A body in JSON is answered by a stack trace.').by(
      refused(
        ({ kind }) => kind === 'body',
        () => jsonAnswer(400, { statusCode: 2, debug: TRACE }),
      ),
    ),
    'json-served': on.sendmessage('A body in JSON is read as if it were a form.').by(
      instead('readForm', (usual, { request }) => {
        const text = request.bytes.toString();
        return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : usual();
      }),
    ),
    'unknown-chat-trace': row('An unknown chatId is answered by HTTP 500 with a stack trace.').by(
      refused(
        ({ kind }) => kind === 'chat',
        () => htmlAnswer(500, TRACE),
      ),
    ),
    'unknown-service-served': row('Any name of a service is taken.').by(skip('checkService', () => true)),
    'chat-by-key-alone': row('The chat is found by the secureKey, whatever the address names.').by(
      instead('chatOf', (usual, { state, chatId, body }) => {
        const isNamed = state.chats.some(({ id }) => id === chatId);
        const keyed = state.chats.find(({ secureKey }) => secureKey === body.secureKey);
        return isNamed ? usual() : (keyed ?? usual());
      }),
    ),
    'large-text-crash': on.sendmessage('A message of 1 MiB makes the server fail.').by(
      refused(
        ({ kind }) => kind === 'size',
        () => jsonAnswer(500, { statusCode: 2 }),
      ),
    ),
    'bad-input-ends-chat': row('A call without a field that it needs ends the chat.').by(
      instead('refuse', (usual, call, { kind }) => {
        if (kind === 'input' && call.chat !== undefined) call.behaviour.end(call, call.chat);
        return usual();
      }),
    ),
  },
  'GMS-FILE-3-LIMITS': {
    'file-of-any-type': row('Files of any type are taken.').by(
      skip('checkFile', (_call, _chat, { bytes }) => bytes.length <= 64 * 1024),
    ),
    'file-of-any-size': row('Files of any size are taken.').by(
      skip('checkFile', (_call, _chat, { name }) => /\.(png|jpg|jpeg|pdf|zip)$/.test(name)),
    ),
    'file-too-large-crash': row('A file that is too large makes the server fail.').by(
      refused(
        ({ kind }) => kind === 'limit',
        () => jsonAnswer(500, { statusCode: 2 }),
      ),
    ),
  },
});
