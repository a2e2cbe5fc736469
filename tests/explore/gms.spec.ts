import { contentOf } from '../../apis/chatserver/model/files.js';
import { judgeBy, rules } from '../../apis/gms/model/index.js';
import { type Missing, type Open, testModel } from './rules.js';
import { answerTo, type Change, itemsIn, type Transcript } from './transcript.js';

type Json = Record<string, unknown>;

const act = (what: string, members: Json = {}, by = 'alice') => [{ do: what, by, members }];
const read = (from: unknown, by = 'alice') => [{ do: 'refresh', by, from }];
const file = (name: string, description: string, by = 'alice') => [{ do: 'fileupload', by, file: name, description }];
const reach = (what: string, back: number, by = 'alice') => [{ do: what, by, back }];
const tried = { message: 'said by somebody else', nickname: 'Somebody else', pushUrl: 'http://example.test/else' };
const intrude = (action: string) => [{ do: 'intrude', by: 'bob', action, members: tried }];

const sequences = {
  talk: [
    act('starttyping', { message: 'more' }),
    act('stoptyping', { message: 'more' }),
    act('sendmessage', { message: 'first words of alice' }),
    act('updatenickname', { nickname: 'New Nickname' }),
    act('sendmessage', { message: 'second words of alice' }),
    act('pushurl', { pushUrl: 'http://example.test/a' }),
    act('customnotice', { message: 'noted' }),
    act('updatedata', { userData: { key1: 'value1' } }),
    act('sendmessage', { message: 'word bob of its own' }, 'bob'),
    act('sendmessage', { message: 'greetings from bob' }, 'bob'),
    read('start'),
    read('behind'),
  ],
  over: [
    act('sendmessage', { message: 'last words of alice' }),
    read('start'),
    act('disconnect'),
    act('sendmessage', { message: 'after the end' }),
    [{ do: 'requestchat', by: 'alice', members: { nickname: 'Alice' } }],
  ],
  filed: [
    file('a', 'first file'),
    file('b', 'second file'),
    reach('filedownload', 1),
    reach('filedelete', 1),
    reach('filedownload', 1),
    file('c', 'file of bob', 'bob'),
    [{ do: 'filedownload', by: 'bob', back: 1, of: 'other' }],
  ],
  renamed: [file('a', 'first file'), act('updatenickname', { nickname: 'New Nickname' }), read('start')],
  asked: [
    act('sendmessage', { message: 'first words of alice', messageType: 'urgent' }),
    read('start'),
    [{ do: 'readreceipt', by: 'alice', members: {}, from: { back: 0 } }],
    [{ do: 'sendmessage', by: 'alice', members: { message: 'second words of alice' }, from: { back: 1 } }],
  ],
  intruded: [act('sendmessage', { message: 'hello' }), read('start'), intrude('sendmessage'), intrude('refresh')],
};

let hints = 0;
const refusal = () => ({ statusCode: 2 });
const events = (body: Json) => (body.messages === undefined ? [] : itemsIn(body, 'messages'));
const ofClient = (body: Json, type: string) =>
  events(body).filter((event) => event.type === type && (event.from as Json).type === 'Client');
const ofOthers = (body: Json) => events(body).filter(({ from }) => (from as Json).type !== 'Client');

/** Every transcript of alice shows this. */
const shown = (to: (body: Json, made: Transcript['made']) => void): Change => ({
  of: 'alice refresh',
  all: true,
  to: (body, made) => {
    to(body, made);
    return undefined;
  },
});
const without = (isLost: (event: Json) => boolean) =>
  shown((body) => {
    body.messages = events(body)
      .filter((event) => !isLost(event))
      .map((event, i) => ({ ...event, index: Number(events(body)[0]?.index) + i }));
  });
const isText = (text: string) => (event: Json) => event.text === text;
const again = (event: Json | undefined, body: Json) => {
  const last = events(body).at(-1);
  if (event && last) events(body).push({ ...event, index: Number(last.index) + 1, utcTime: last.utcTime });
};

const announced = 'a new nickname, a pushed URL, a notice and a file show';
const texts = 'each text comes back once, unchanged, in the order of sending';
const over = 'a chat is over when its client ended it, and not before';

const missing: Missing[] = [
  {
    rule: 'a documented call on an open chat is served',
    in: 'talk',
    requirement: 'GMS-COM-2',
    of: 'alice sendmessage',
    to: refusal,
  },
  {
    rule: 'a documented call on an open chat is served',
    in: 'talk',
    requirement: 'GMS-URL-1',
    of: 'alice pushurl',
    to: refusal,
  },
  {
    rule: 'who lacks the credentials of a chat gets nothing',
    in: 'intruded',
    requirement: 'GMS-COM-4',
    of: 'bob sendmessage',
    to: () => ({ statusCode: 0 }),
  },
  {
    rule: 'what somebody without the credentials tried does not show',
    in: 'intruded',
    requirement: 'GMS-COM-4',
    of: 'alice refresh',
    to(body) {
      const [own] = ofClient(body, 'Message');
      again(own && { ...own, text: 'said by somebody else' }, body);
      return body;
    },
    back: 2,
  },
  {
    rule: 'each chat has an id of its own',
    in: 'over',
    requirement: 'GMS-REQ-4',
    of: 'alice requestchat',
    to: (body, made) => ({ ...body, chatId: answerTo(made, 'requestchat').chatId }),
  },
  {
    rule: 'each chat has a key of its own',
    in: 'over',
    requirement: 'GMS-REQ-4-SHOULD',
    of: 'alice requestchat',
    to: (body, made) => ({ ...body, secureKey: answerTo(made, 'requestchat').secureKey }),
  },
  {
    rule: 'an event stays as it was first seen',
    in: 'talk',
    requirement: 'GMS-REF-4',
    of: 'alice refresh',
    back: 2,
    to(body) {
      const [joined] = events(body);
      if (joined) joined.utcTime = Number(joined.utcTime) - 1;
      return body;
    },
  },
  {
    rule: 'no event that was seen is left out',
    in: 'talk',
    requirement: 'GMS-REF-2',
    of: 'alice refresh',
    back: 2,
    to: (body) => ({ ...body, messages: events(body).slice(0, 2) }),
  },
  {
    rule: 'no event that was seen is left out',
    in: 'talk',
    requirement: 'GMS-REF-1',
    of: 'alice refresh',
    back: 1,
    to: (body) => ({ ...body, messages: events(body).slice(1) }),
  },
  { rule: texts, in: 'talk', requirement: 'GMS-SEND-1', ...without(isText('second words of alice')) },
  {
    rule: 'typing shows, with its text',
    in: 'talk',
    requirement: 'GMS-TYPE-1-START',
    ...without(({ type }) => type === 'TypingStarted'),
  },
  {
    rule: 'typing shows, with its text',
    in: 'talk',
    requirement: 'GMS-TYPE-1-STOP',
    ...shown((body) => {
      for (const event of ofClient(body, 'TypingStopped')) event.text = 'other';
    }),
  },
  { rule: announced, in: 'talk', requirement: 'GMS-NICK-1', ...without(({ type }) => type === 'NicknameUpdated') },
  { rule: announced, in: 'talk', requirement: 'GMS-URL-1', ...without(isText('http://example.test/a')) },
  { rule: announced, in: 'filed', requirement: 'GMS-FILE-2', ...without(({ type }) => type === 'FileUploaded') },
  { rule: announced, in: 'filed', requirement: 'GMS-FILE-3', ...without(({ type }) => type === 'FileDeleted') },
  { rule: announced, in: 'talk', requirement: 'GMS-NOTE-1', ...without(isText('noted')) },
  {
    rule: 'nothing of these shows more often than it was caused',
    in: 'talk',
    requirement: 'GMS-URL-1',
    ...shown((body) => again(events(body).find(isText('http://example.test/a')), body)),
  },
  {
    rule: 'events of the client bear the nickname of their time',
    in: 'talk',
    requirement: 'GMS-NICK-1',
    ...shown((body) => {
      for (const event of events(body).filter(isText('second words of alice')))
        event.from = { ...(event.from as Json), nickname: 'Alice' };
    }),
  },
  {
    rule: over,
    in: 'talk',
    requirement: 'GMS-REF-6',
    ...shown((body) => {
      body.chatEnded = true;
    }),
  },
  {
    rule: over,
    in: 'over',
    requirement: 'GMS-DONE-1',
    ...shown((body) => {
      body.chatEnded = false;
    }),
  },
  {
    rule: 'no chat shows what was said in another',
    in: 'talk',
    requirement: 'GMS-REF-4',
    ...shown((body) => {
      for (const event of ofOthers(body).slice(-1)) event.text = 'word bob of its own';
    }),
  },
  {
    rule: 'an event is of the time of its chat',
    in: 'talk',
    requirement: 'GMS-REF-5',
    ...shown((body) => {
      for (const event of events(body).slice(-1)) event.utcTime = Number(event.utcTime) + 3_600_000;
    }),
  },
  {
    rule: 'the client stays the same participant',
    in: 'talk',
    requirement: 'GMS-NICK-1',
    ...shown((body) => {
      for (const event of events(body).filter(isText('second words of alice')))
        event.from = { ...(event.from as Json), participantId: 77 };
    }),
  },
  {
    rule: 'a text is of the kind that its sender named',
    in: 'asked',
    requirement: 'GMS-SEND-2',
    ...shown((body) => {
      for (const event of ofClient(body, 'Message')) event.messageType = 'text';
    }),
  },
  {
    rule: 'whoever goes on where an answer says sees every event',
    in: 'talk',
    requirement: 'GMS-REF-3',
    of: 'alice refresh',
    back: 2,
    to: (body) => ({
      ...body,
      messages: events(body).slice(0, -1),
    }),
  },
  {
    rule: 'no event that was seen is left out',
    in: 'asked',
    requirement: 'GMS-SEND-3',
    of: 'alice sendmessage',
    to: (body) => ({ ...body, messages: events(body).slice(-1) }),
  },
  {
    rule: 'each file has an id of its own',
    in: 'filed',
    requirement: 'GMS-FILE-2',
    of: 'alice fileupload',
    to: (body, made) => ({ ...body, userData: answerTo(made, 'fileupload').userData }),
  },
  {
    rule: 'a file comes back byte for byte',
    in: 'filed',
    requirement: 'GMS-FILE-2-DOWNLOAD',
    of: 'alice filedownload',
    back: 1,
    text: 'other bytes',
  },
  {
    rule: 'a file that was taken away is gone',
    in: 'filed',
    requirement: 'GMS-FILE-3',
    of: 'alice filedownload',
    to: () => ({ statusCode: 0 }),
  },
  {
    rule: "no chat has another chat's file",
    in: 'filed',
    requirement: 'GMS-FILE-4',
    of: 'bob filedownload',
    back: 1,
    text: contentOf('first file'),
  },
  {
    rule: 'time never goes back',
    in: 'talk',
    requirement: 'GMS-REF-5',
    ...shown((body) => {
      for (const event of events(body).filter(({ index }) => index === 3)) event.utcTime = 1_000_000_000_000;
    }),
  },
  {
    rule: 'a read from beyond the last event is an empty success',
    in: 'talk',
    requirement: 'GMS-REF-7',
    of: 'alice refresh',
    to: refusal,
  },
  {
    rule: 'a chat that is over takes no text',
    in: 'over',
    requirement: 'GMS-DONE-1',
    of: 'alice sendmessage',
    to: () => ({ statusCode: 0, chatEnded: false }),
  },
];

const open: Open[] = [
  {
    ruling: 'data of an event that no page names, and that changes',
    in: 'filed',
    ...shown((body) => {
      for (const event of ofClient(body, 'FileUploaded')) (event.userData as Json).hint = String(hints++);
    }),
  },
  {
    ruling: 'a file that shows once a server is through with it, under the nickname of then',
    in: 'renamed',
    ...shown((body) => {
      for (const { from } of ofClient(body, 'FileUploaded')) (from as Json).nickname = 'New Nickname';
    }),
  },
  {
    ruling: 'a read from behind is to be tried again',
    in: 'talk',
    of: 'alice refresh',
    to: () => ({ statusCode: 1 }),
  },
  {
    ruling: 'others say in one chat what clients say in another',
    in: 'talk',
    ...shown((body) => {
      for (const event of ofOthers(body)) event.text = 'greetings from bob';
    }),
  },
  {
    ruling: 'Refresh after Disconnect is refused',
    in: 'over',
    of: 'alice refresh',
    all: true,
    to: (body) => (body.chatEnded === true ? { statusCode: 2 } : body),
  },
  {
    ruling: 'Send Message after Disconnect is answered, and says that the chat is over',
    in: 'over',
    of: 'alice sendmessage',
    to: () => ({ statusCode: 0, chatEnded: true }),
  },
  {
    ruling: 'messages left out where there is nothing new',
    in: 'talk',
    ...shown((body) => {
      if (events(body).length === 0) delete body.messages;
    }),
  },
  {
    ruling: 'the event of a nickname says nothing',
    in: 'talk',
    ...shown((body) => {
      for (const event of ofClient(body, 'NicknameUpdated')) delete event.text;
    }),
  },
  {
    ruling: 'what others in the chat say',
    in: 'talk',
    ...shown((body) => {
      for (const event of ofOthers(body)) event.text = 'something else that nobody of us said';
    }),
  },
  { ruling: 'another alias', in: 'talk', of: 'alice pushurl', to: (body) => ({ ...body, alias: '118' }) },
];

testModel('gms', { rules, judgeBy, sequences, missing, open });
