import { htmlAnswer, jsonAnswer } from '../../../../src/stub/answer.js';
import { Refusal } from '../model.js';
import { fault, type GenesysFault } from '../mutation.js';

const TRACE = 'java.lang.NullPointerException\n\tat com.genesyslab.wme.webapi.ChatResource.post(ChatResource.java:214)';

export const robustnessFaults: readonly GenesysFault[] = [
  fault({
    id: 'genesys-every-fifteenth-broken',
    action: '*',
    requirement: 'GE-COM-1',
    sentence: 'Every fifteenth answer is JSON that breaks off.',
    on: ['*'],
    answer: (answer, call) =>
      call.total % 15 === 0 ? { ...answer, write: (body) => answer.write(body).slice(0, -1) } : answer,
  }),
  fault({
    id: 'genesys-getmessages-cut-off',
    action: 'getmessages',
    requirement: 'GE-COM-1',
    sentence: 'The connection breaks in the middle of the answer of Get Messages.',
    answer: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-length': '1000000' } }),
  }),
  fault({
    id: 'genesys-alias-optional',
    action: 'starttyping',
    requirement: 'GE-COM-6',
    sentence: 'Start Typing serves callers who leave the alias out.',
    behave: (base) => ({
      requireMember(call, member) {
        if (call.action !== 'starttyping' || member !== 'alias') base.requireMember(call, member);
      },
    }),
  }),
  fault({
    id: 'genesys-tenant-optional',
    action: 'complete',
    requirement: 'GE-COM-6',
    sentence: 'Complete serves callers who leave the tenantName out.',
    behave: (base) => ({
      requireMember(call, member) {
        if (call.action !== 'complete' || member !== 'tenantName') base.requireMember(call, member);
      },
    }),
  }),
  fault({
    id: 'genesys-text-optional',
    action: 'sendmessage',
    requirement: 'GE-COM-6',
    sentence: 'Send Message without a text sends an empty one.',
    behave: (base) => ({
      readText: (call, member) =>
        member === 'text' && call.body.text === undefined ? '' : base.readText(call, member),
    }),
  }),
  fault({
    id: 'genesys-nickname-optional',
    action: 'requestchat',
    requirement: 'GE-COM-6',
    sentence: 'Request Chat without a nickname opens a chat for "anonymous".',
    behave: (base) => ({
      readText: (call, member) =>
        call.action === 'requestchat' && member === 'nickname' && call.body.nickname === undefined
          ? 'anonymous'
          : base.readText(call, member),
    }),
  }),
  fault({
    id: 'genesys-alias-missing-but-done',
    action: 'sendmessage',
    requirement: 'GE-COM-6',
    sentence: 'Send Message without an alias is refused, and the text shows all the same.',
    behave: (base) => ({
      requireMember(call, member) {
        if (
          call.action === 'sendmessage' &&
          member === 'alias' &&
          call.body.alias === undefined &&
          call.chat !== undefined
        )
          base.say(call, call.chat, base.readText(call, 'text'));
        base.requireMember(call, member);
      },
    }),
  }),
  fault({
    id: 'genesys-chat-ends-at-missing-member',
    action: '*',
    requirement: 'GE-COM-6',
    sentence: 'A call without alias or tenantName leaves the chat in a state that serves nobody.',
    behave: (base) => ({
      requireMember(call, member) {
        const isName = member === 'alias' || member === 'tenantName';
        if (isName && call.body[member] === undefined && call.chat !== undefined) base.end(call, call.chat);
        base.requireMember(call, member);
      },
    }),
  }),
  fault({
    id: 'genesys-pushurl-missing-crash',
    action: 'sendurl',
    requirement: 'GE-COM-6',
    sentence: 'Send Url without a pushUrl is answered by HTTP 500.',
    behave: (base) => ({
      refuse(call, refusal) {
        const isMissing = call.action === 'sendurl' && call.body.pushUrl === undefined;
        return isMissing ? jsonAnswer(500, { statusCode: 2 }) : base.refuse(call, refusal);
      },
    }),
  }),
  fault({
    id: 'genesys-malformed-crash',
    action: '*',
    requirement: 'GE-COM-7',
    sentence: 'Malformed JSON is answered by a stack trace and HTTP 500.',
    behave: (base) => ({
      refuse: (call, refusal) => (refusal.kind === 'body' ? htmlAnswer(500, TRACE) : base.refuse(call, refusal)),
    }),
  }),
  fault({
    id: 'genesys-unknown-chat-trace',
    action: '*',
    requirement: 'GE-COM-7',
    sentence: 'An unknown chatId is answered by HTTP 404 with a stack trace.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.kind === 'chat' ? jsonAnswer(404, { statusCode: 2, debug: TRACE }) : base.refuse(call, refusal),
    }),
  }),
  fault({
    id: 'genesys-unknown-operation-served',
    action: '*',
    requirement: 'GE-COM-7',
    sentence: 'An unknown operation is answered with success.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.kind === 'operation' && call.body.operationName !== undefined
          ? jsonAnswer(200, { statusCode: 0 })
          : base.refuse(call, refusal),
    }),
  }),
  fault({
    id: 'genesys-array-served',
    action: '*',
    requirement: 'GE-COM-7',
    sentence: 'An array for a body is taken for its first item.',
    behave: (base) => ({
      readBody(call) {
        const read: unknown = tryParse(call.request.text);
        if (!Array.isArray(read)) return base.readBody(call);
        return base.readBody({ ...call, request: { ...call.request, text: JSON.stringify(read[0] ?? null) } });
      },
    }),
  }),
  fault({
    id: 'genesys-number-for-text-served',
    action: 'sendmessage',
    requirement: 'GE-COM-7',
    sentence: 'A number for a text is sent as its digits.',
    behave: (base) => ({
      checkMembers(call) {
        if (typeof call.body.text === 'number') call.body = { ...call.body, text: String(call.body.text) };
        base.checkMembers(call);
      },
    }),
  }),
  fault({
    id: 'genesys-userdata-text-served',
    action: 'updateuserdata',
    requirement: 'GE-COM-7',
    sentence: 'A text for userData is answered with success.',
    behave: (base) => ({
      checkMembers(call) {
        if (call.action === 'updateuserdata' && typeof call.body.userData === 'string')
          call.body = { ...call.body, userData: {} };
        base.checkMembers(call);
      },
    }),
  }),
  fault({
    id: 'genesys-large-text-crash',
    action: 'sendmessage',
    requirement: 'GE-COM-7',
    sentence: 'A text of 1 MiB makes the server fail.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.kind === 'size' ? jsonAnswer(500, { statusCode: 2 }) : base.refuse(call, refusal),
    }),
  }),
  fault({
    id: 'genesys-bad-input-page',
    action: '*',
    requirement: 'GE-COM-7',
    sentence: 'Bad input is answered by an HTML page under HTTP 200.',
    behave: (base) => ({
      refuse: (call, refusal) => (refusal.kind === 'input' ? htmlAnswer(200, 'Sorry') : base.refuse(call, refusal)),
    }),
  }),
  fault({
    id: 'genesys-position-negative-crash',
    action: 'getmessages',
    requirement: 'GE-MSG-10',
    sentence: 'A negative transcriptPosition makes the server fail.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        Number(call.body.transcriptPosition) < 0 ? jsonAnswer(500, { statusCode: 2 }) : base.refuse(call, refusal),
    }),
  }),
  fault({
    id: 'genesys-position-from-the-end',
    action: 'getmessages',
    requirement: 'GE-MSG-10',
    sentence: 'A negative transcriptPosition counts from the end.',
    behave: (base) => ({
      readPosition(call) {
        const position = call.body.transcriptPosition;
        const events = call.chat?.events.length ?? 0;
        return typeof position === 'number' && position < 0
          ? Math.max(1, events + 1 + position)
          : base.readPosition(call);
      },
    }),
  }),
  fault({
    id: 'genesys-position-overflow',
    action: 'getmessages',
    requirement: 'GE-MSG-10',
    sentence: 'A huge transcriptPosition overflows, and the whole transcript is answered.',
    behave: (base) => ({
      readPosition(call) {
        const position = call.body.transcriptPosition;
        return typeof position === 'number' && position > 2 ** 31 - 1 ? 1 : base.readPosition(call);
      },
    }),
  }),
  fault({
    id: 'genesys-position-zero-empty',
    action: 'getmessages',
    requirement: 'GE-MSG-10',
    sentence: 'The transcriptPosition 0 is answered with no event.',
    behave: (base) => ({
      readPosition(call) {
        if (call.body.transcriptPosition !== 0) return base.readPosition(call);
        if (call.chat === undefined) throw new Refusal('chat', 'There is no such chat');
        return call.chat.events.length + 1;
      },
    }),
  }),
];

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
