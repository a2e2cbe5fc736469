import { htmlAnswer, jsonAnswer } from '../../../src/stub/answer.js';
import { md5 } from '../../../src/stub/random.js';
import { type Call, type Event, type Json, type Participant, Refusal, type RefusalKind } from './model.js';
import { type GenesysVariant, onEvents, onSuccess, variant } from './mutation.js';

const AGENT: Participant = { nickname: 'Agent Smith', participantId: 3, type: 'Agent' };

/** Conforming servers that differ from the ordinary stub; a suite that accuses one of a MUST is wrong. */
export const variants: readonly GenesysVariant[] = [
  variant({
    id: 'genesys-agent-joins',
    action: 'getmessages',
    requirement: 'GE-MSG-3',
    sentence: 'An Agent joins each chat at once, writes, types, and answers each event of the client.',
    behave: (base) => ({
      arrive(call, chat) {
        base.arrive(call, chat);
        base.append(call, chat, AGENT, 'ParticipantJoined');
        base.append(call, chat, AGENT, 'Message', 'How can I help?');
      },
      interject(call, chat) {
        base.append(call, chat, AGENT, 'TypingStarted');
        base.append(call, chat, AGENT, 'TypingStopped');
        base.append(call, chat, AGENT, 'Message', 'I see.');
      },
    }),
  }),
  variant({
    id: 'genesys-others-at-any-time',
    action: 'getmessages',
    requirement: 'GE-MSG-7',
    sentence: 'Somebody writes into every open chat before each call.',
    behave: (base) => ({
      before(call) {
        for (const chat of call.state.chats.filter(({ isEnded }) => !isEnded))
          base.append(call, chat, base.external(), 'Message', `call ${call.total}`);
      },
    }),
  }),
  variant({
    id: 'genesys-nobody-else',
    action: 'getmessages',
    requirement: 'GE-MSG-2',
    sentence: 'Nobody else ever joins a chat.',
    behave: () => ({ arrive: () => {}, interject: () => {} }),
  }),
  variant({
    id: 'genesys-others-leave',
    action: 'getmessages',
    requirement: 'GE-MSG-3',
    sentence: 'The External participant leaves when an Agent has come; kinds of events show that no example has.',
    behave: (base) => ({
      arrive(call, chat) {
        base.arrive(call, chat);
        base.append(call, chat, AGENT, 'ParticipantJoined');
        base.append(call, chat, base.external(), 'ParticipantLeft');
        base.append(call, chat, AGENT, 'FileUploaded', '');
      },
    }),
  }),
  variant({
    id: 'genesys-request-answers-all',
    action: 'requestchat',
    requirement: 'GE-REQ-2',
    sentence: 'Request Chat also answers what others did at once.',
    behave: () => ({ firstEvents: (_call, chat) => chat.events.length }),
  }),
  variant({
    id: 'genesys-identity-fresh',
    action: '*',
    requirement: 'GE-COM-4',
    sentence: 'Each answer on a chat carries a userId and a secureKey of its own, and those of Request Chat go on.',
    warns: ['GE-COM-4'],
    on: ['*'],
    answer: (answer, call) =>
      call.action === 'requestchat' || call.action === 'complete'
        ? answer
        : onSuccess((body) => ({ ...body, ...freshIdentity(call) }))(answer, call),
  }),
  variant({
    id: 'genesys-refusals-by-status',
    action: '*',
    requirement: 'GE-COM-5',
    sentence: 'Refusals have the HTTP status of their reason: 400, 401, 404, 405, 410 or 413.',
    behave: (base) => ({
      refuse: (call, refusal) => ({ ...base.refuse(call, refusal), status: STATUS_OF[refusal.kind] }),
    }),
  }),
  variant({
    id: 'genesys-refusals-recoverable',
    action: '*',
    requirement: 'GE-COM-2',
    sentence: 'Refusals have statusCode 1 and say why.',
    behave: () => ({
      refuse: (_call, { message }) => jsonAnswer(200, { statusCode: 1, errors: [{ advice: message }] }),
    }),
  }),
  variant({
    id: 'genesys-refusals-html',
    action: '*',
    requirement: 'GE-COM-1',
    sentence: 'Refusals are HTML pages with the HTTP status of their reason.',
    behave: () => ({ refuse: (_call, { kind, message }) => htmlAnswer(STATUS_OF[kind], message) }),
  }),
  variant({
    id: 'genesys-refusals-with-members',
    action: '*',
    requirement: 'GE-COM-5',
    sentence: 'Refusals carry an empty array of messages and the alias that was sent.',
    behave: () => ({
      refuse: (call) => jsonAnswer(200, { statusCode: 2, messages: [], alias: call.body.alias, chatEnded: false }),
    }),
  }),
  variant({
    id: 'genesys-try-again',
    action: '*',
    requirement: 'GE-COM-2',
    sentence: 'Every ninth call is not carried out but answered with statusCode 1, and served when it comes again.',
    behave: (base) => ({
      checkMethod(call) {
        base.checkMethod(call);
        const key = `genesys-try-again ${call.request.url.pathname} ${call.request.text}`;
        const isSecondTry = call.state.notes.delete(key);
        if (isSecondTry || call.total % 9 !== 0) return;
        call.state.notes.set(key, true);
        throw new Refusal('method', 'Busy');
      },
      refuse: (call, refusal) =>
        refusal.message === 'Busy' ? jsonAnswer(200, { statusCode: 1 }) : base.refuse(call, refusal),
    }),
  }),
  variant({
    id: 'genesys-beyond-null',
    action: 'getmessages',
    requirement: 'GE-MSG-7',
    sentence: 'From beyond the last event, messages is null.',
    warns: ['GE-MSG-7-SHOULD'],
    answer: onSuccess((body) => ((body.messages as Event[]).length === 0 ? { ...body, messages: null } : body)),
  }),
  variant({
    id: 'genesys-beyond-missing',
    action: 'getmessages',
    requirement: 'GE-MSG-7',
    sentence: 'From beyond the last event, messages is left out.',
    warns: ['GE-MSG-7-SHOULD'],
    answer: onSuccess((body) => ((body.messages as Event[]).length === 0 ? { ...body, messages: undefined } : body)),
  }),
  variant({
    id: 'genesys-beyond-refused',
    action: 'getmessages',
    requirement: 'GE-MSG-7',
    sentence: 'A read from beyond the last event is refused.',
    warns: ['GE-MSG-7-SHOULD'],
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        if (found.length === 0) throw new Refusal('input', 'There is nothing new');
        return found;
      },
    }),
  }),
  variant({
    id: 'genesys-positions-clamped',
    action: 'getmessages',
    requirement: 'GE-MSG-10',
    sentence: 'A transcriptPosition below 1 is read as 1, a string as the number it holds or else as 1.',
    behave: (base) => ({
      readPosition(call) {
        const number = Math.trunc(Number(call.body.transcriptPosition ?? 1));
        call.body = { ...call.body, transcriptPosition: Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, number || 1)) };
        return base.readPosition(call);
      },
    }),
  }),
  variant({
    id: 'genesys-position-huge-clamped',
    action: 'getmessages',
    requirement: 'GE-MSG-10',
    sentence: 'A huge transcriptPosition is read as the last one.',
    behave: (base) => ({
      readPosition(call) {
        const position = call.body.transcriptPosition;
        if (typeof position === 'number' && position > 1_000_000) return call.chat?.events.length ?? 1;
        return base.readPosition(call);
      },
    }),
  }),
  variant({
    id: 'genesys-typing-hidden',
    action: 'starttyping',
    requirement: 'GE-TYPE-1-START',
    sentence: 'Typing does not show in the own transcript.',
    warns: ['GE-TYPE-1-START', 'GE-TYPE-1-STOP'],
    behave: () => ({ type: () => {} }),
  }),
  variant({
    id: 'genesys-no-notices',
    action: 'updatenickname',
    requirement: 'GE-NICK-1',
    sentence: 'Neither a changed nickname nor a pushed URL shows as a Notice.',
    warns: ['GE-NICK-1-SHOULD', 'GE-URL-1'],
    behave: () => ({
      rename(_call, chat, nickname) {
        chat.client.nickname = nickname;
      },
      push: () => {},
    }),
  }),
  variant({
    id: 'genesys-notice-under-old-name',
    action: 'updatenickname',
    requirement: 'GE-NICK-1',
    sentence: 'The Notice of a changed nickname comes under the old one.',
    behave: (base) => ({
      rename(call, chat, nickname) {
        base.append(call, chat, chat.client, 'Notice', nickname);
        chat.client.nickname = nickname;
      },
    }),
  }),
  variant({
    id: 'genesys-words-of-its-own',
    action: 'getmessages',
    requirement: 'GE-MSG-9',
    sentence: 'Those who join, and Notices, come with a sentence of the server.',
    warns: ['GE-NICK-1-SHOULD', 'GE-URL-1'],
    behave: (base) => ({
      append(call, chat, from, type, text) {
        if (type === 'ParticipantJoined')
          return base.append(call, chat, from, type, `${from.nickname} has joined the conversation`);
        base.append(call, chat, from, type, type === 'Notice' ? `The client has changed something: ${text}` : text);
      },
    }),
  }),
  variant({
    id: 'genesys-agent-quotes',
    action: 'getmessages',
    requirement: 'GE-MSG-9',
    sentence: 'An Agent quotes what the client of the chat said last, in full and in part.',
    behave: (base) => ({
      interject(call, chat) {
        const said = chat.events.findLast(({ from }) => from.type === 'Client')?.text ?? '';
        base.append(call, chat, AGENT, 'Message', `You said: ${said}`);
        base.append(call, chat, AGENT, 'Message', said.slice(0, 24));
      },
    }),
  }),
  variant({
    id: 'genesys-texts-rationed',
    action: 'sendmessage',
    requirement: 'GE-MSG-2',
    sentence: 'More than eighty texts a second into one chat are answered with statusCode 1.',
    behave: (base) => ({
      say(call, chat, text) {
        const since = base.now(call) - 1000;
        const recent = chat.events.filter(({ from, utcTime }) => from.type === 'Client' && utcTime > since);
        if (recent.length >= 80) throw new Refusal('input', 'Not so fast');
        base.say(call, chat, text);
      },
      refuse: (call, refusal) =>
        refusal.message === 'Not so fast' ? jsonAnswer(200, { statusCode: 1 }) : base.refuse(call, refusal),
    }),
  }),
  variant({
    id: 'genesys-few-chats',
    action: '*',
    requirement: 'GE-REQ-3',
    sentence: 'No more than six chats may be open; who asks for another is answered with statusCode 1.',
    behave: (base) => ({
      open(call) {
        if (call.state.chats.filter(({ isEnded }) => !isEnded).length >= 6) throw new Refusal('input', 'Full');
        return base.open(call);
      },
      refuse: (call, refusal) =>
        refusal.message === 'Full' ? jsonAnswer(200, { statusCode: 1 }) : base.refuse(call, refusal),
    }),
  }),
  variant({
    id: 'genesys-over-refused',
    action: 'getmessages',
    requirement: 'GE-MSG-8',
    sentence: 'After Complete, the transcript is refused with statusCode 2.',
    behave: () => ({
      checkOpen(_call, chat) {
        if (chat.isEnded) throw new Refusal('ended', 'The chat is over');
      },
    }),
  }),
  variant({
    id: 'genesys-over-gone',
    action: 'getmessages',
    requirement: 'GE-MSG-8',
    sentence: 'After Complete, the chat is gone: HTTP 404 with a page in HTML.',
    behave: (base) => ({
      chatOf(call) {
        const chat = base.chatOf(call);
        if (chat.isEnded) throw new Refusal('chat', 'There is no such chat');
        return chat;
      },
      refuse: (call, refusal) =>
        refusal.kind === 'chat' ? htmlAnswer(404, refusal.message) : base.refuse(call, refusal),
    }),
  }),
  variant({
    id: 'genesys-complete-twice',
    action: 'complete',
    requirement: 'GE-DONE-1',
    sentence: 'Complete is served however often it comes.',
    behave: (base) => ({
      checkOpen(call, chat) {
        if (call.action !== 'complete') base.checkOpen(call, chat);
      },
    }),
  }),
  variant({
    id: 'genesys-complete-envelope',
    action: 'complete',
    requirement: 'GE-COM-3',
    sentence: 'Complete answers empty members beside its statusCode, and others leave at the end.',
    behave: (base) => ({
      end(call, chat) {
        base.append(call, chat, base.external(), 'ParticipantLeft');
        base.end(call, chat);
      },
    }),
    answer: onSuccess((body) => ({ ...body, alias: '', tenantName: '', userId: '', secureKey: '' })),
  }),
  variant({
    id: 'genesys-extra-members',
    action: '*',
    requirement: 'GE-COM-1',
    sentence:
      'Every object of every answer has members that no page documents, and they change from one answer to the next.',
    on: ['*'],
    answer: (answer, call) => ({ ...answer, body: withExtras(answer.body, call.total) }),
  }),
  variant({
    id: 'genesys-content-type-charset',
    action: '*',
    requirement: 'GE-COM-1',
    sentence: 'The content type is written Application/JSON;charset=UTF-8.',
    on: ['*'],
    answer: (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-type': 'Application/JSON;charset=UTF-8' },
    }),
  }),
  variant({
    id: 'genesys-json-pretty',
    action: '*',
    requirement: 'GE-COM-1',
    sentence: 'The JSON is laid out over lines, with characters beyond ASCII escaped.',
    on: ['*'],
    answer: (answer) => ({ ...answer, write: (body) => escaped(JSON.stringify(body, null, 2)) }),
  }),
  variant({
    id: 'genesys-created',
    action: 'requestchat',
    requirement: 'GE-COM-1',
    sentence: 'Request Chat answers HTTP 201.',
    warns: ['GE-COM-1-SHOULD'],
    answer: (answer, call) => (call.refusal === undefined ? { ...answer, status: 201 } : answer),
  }),
  variant({
    id: 'genesys-chatid-odd',
    action: 'requestchat',
    requirement: 'GE-REQ-1',
    sentence: 'Chat ids hold characters that mean something in addresses, and letters beyond ASCII.',
    behave: () => ({ chatId: (_call, number) => `~chat:${number}@é (50%)+#?&=;` }),
  }),
  variant({
    id: 'genesys-chatid-digits',
    action: 'requestchat',
    requirement: 'GE-REQ-1',
    sentence: 'Chat ids are small numbers.',
    behave: () => ({ chatId: (_call, number) => String(number) }),
  }),
  variant({
    id: 'genesys-userid-of-person',
    action: 'requestchat',
    requirement: 'GE-COM-5',
    sentence: 'All chats of one nickname have the same userId.',
    behave: (base) => ({ userId: (call) => md5(`person ${call.body.nickname}`).slice(0, base.userId(call, 1).length) }),
  }),
  variant({
    id: 'genesys-key-long',
    action: 'requestchat',
    requirement: 'GE-REQ-3',
    sentence: 'The secureKey is a UUID.',
    warns: ['GE-REQ-3-SHOULD'],
    behave: (base) => ({
      secureKey: (call, number) => `${base.secureKey(call, number)}-${md5(base.secureKey(call, number)).slice(0, 19)}`,
    }),
  }),
  variant({
    id: 'genesys-alias-same',
    action: 'requestchat',
    requirement: 'GE-COM-3',
    sentence: 'All chats have the same alias, of twenty digits.',
    behave: () => ({ alias: () => '00000000000000000117' }),
  }),
  variant({
    id: 'genesys-participants-odd',
    action: 'getmessages',
    requirement: 'GE-COM-1',
    sentence: 'Participants have ids such as 0 and -7, and the other one is a Bot.',
    warns: ['GE-COM-1-FROM-SHOULD'],
    on: ['requestchat', 'getmessages'],
    answer: onEvents((event) => ({
      ...event,
      from:
        event.from.type === 'Client'
          ? { ...event.from, participantId: 0 }
          : { ...event.from, participantId: -7, type: 'Bot' },
    })),
  }),
  variant({
    id: 'genesys-times-in-whole-seconds',
    action: 'getmessages',
    requirement: 'GE-MSG-5',
    sentence: 'utcTime is cut to the second, so that neighbours share it.',
    behave: (base) => ({ stamp: (call, chat) => Math.floor(base.stamp(call, chat) / 1000) * 1000 }),
  }),
  variant({
    id: 'genesys-clock-ahead',
    action: 'getmessages',
    requirement: 'GE-MSG-5',
    sentence: 'The clock of the server is a minute ahead.',
    behave: (base) => ({ now: (call) => base.now(call) + 60_000 }),
  }),
  variant({
    id: 'genesys-events-late',
    action: 'getmessages',
    requirement: 'GE-MSG-6',
    sentence: 'An event shows a tenth of a second after its call was answered.',
    behave: (base) => ({
      eventsOf: (call, chat) =>
        base.eventsOf(call, chat).filter(({ index, utcTime }) => index === 1 || base.now(call) - utcTime > 100),
    }),
  }),
  variant({
    id: 'genesys-events-slow',
    action: 'getmessages',
    requirement: 'GE-MSG-2',
    sentence: 'Events come to show one after the other, each a while after the one before it.',
    behave: (base) => ({
      eventsOf(call, chat) {
        let free = 0;
        return base.eventsOf(call, chat).filter(({ index, utcTime }) => {
          free = Math.max(free, utcTime) + (index === 1 ? 0 : 25);
          return index === 1 || base.now(call) >= free;
        });
      },
    }),
  }),
  variant({
    id: 'genesys-large-text-served',
    action: 'sendmessage',
    requirement: 'GE-COM-7',
    sentence: 'Texts of up to 2 MiB are taken.',
    warns: ['GE-COM-7'],
    behave: () => ({ largestText: () => 2 * 1024 * 1024 }),
  }),
  variant({
    id: 'genesys-large-text-refused',
    action: 'sendmessage',
    requirement: 'GE-MSG-6',
    sentence: 'Texts of more than 8 KiB are refused.',
    behave: () => ({ largestText: () => 8 * 1024 }),
  }),
  variant({
    id: 'genesys-slow',
    action: '*',
    requirement: 'GE-COM-1',
    sentence: 'Each answer takes 15 ms.',
    on: ['*'],
    answer: (answer) => ({ ...answer, delayMs: 15 }),
  }),
];

const STATUS_OF: Record<RefusalKind, number> = {
  method: 405,
  body: 400,
  size: 413,
  operation: 400,
  credentials: 401,
  chat: 404,
  ended: 410,
  input: 400,
};

function freshIdentity(call: Call): Json {
  const hash = md5(`identity ${call.state.seed} ${call.total}`);
  return { userId: hash.slice(0, 16).toUpperCase(), secureKey: hash.slice(16) };
}

function withExtras(value: unknown, total: number): unknown {
  if (Array.isArray(value)) return value.map((item) => withExtras(item, total));
  if (typeof value !== 'object' || value === null) return value;
  const copies = Object.entries(value).map(([key, member]) => [key, withExtras(member, total)]);
  return { ...Object.fromEntries(copies), serverHint: { build: total, tags: [] } };
}

function escaped(json: string): string {
  return json.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
