import { judgeBy, rules } from '../../apis/genesys/model/index.js';
import { type Missing, type Open, testModel } from './rules.js';
import { answerTo, type Change, itemsIn, type Transcript } from './transcript.js';

type Json = Record<string, unknown>;

const act = (what: string, members: Json = {}, by = 'alice') => [{ do: what, by, members }];
const read = (from: unknown, by = 'alice') => [{ do: 'getmessages', by, from }];
const intrude = (action: string) => [
  {
    do: 'intrude',
    by: 'bob',
    action,
    members: { text: 'said by somebody else', nickname: 'Somebody else', pushUrl: 'http://example.test/else' },
  },
];

const sequences = {
  talk: [
    act('starttyping', { text: 'more' }),
    act('stoptyping', { text: 'more' }),
    act('sendmessage', { text: 'first words of alice' }),
    act('updatenickname', { nickname: 'New Nickname' }),
    act('sendmessage', { text: 'second words of alice' }),
    act('sendurl', { pushUrl: 'http://example.test/a' }),
    act('updateuserdata', { userData: { key1: 'value1' } }),
    act('sendmessage', { text: 'word bob of its own' }, 'bob'),
    act('sendmessage', { text: 'greetings from bob' }, 'bob'),
    read('start'),
    read('behind'),
  ],
  over: [
    act('sendmessage', { text: 'last words of alice' }),
    read('start'),
    act('complete'),
    act('sendmessage', { text: 'after the end' }),
    [{ do: 'requestchat', by: 'alice', members: { nickname: 'Alice' } }],
  ],
  intruded: [act('sendmessage', { text: 'hello' }), read('start'), intrude('sendmessage'), intrude('getmessages')],
};

const refusal = () => ({ statusCode: 2 });
const events = (body: Json) => itemsIn(body, 'messages');
const ofClient = (body: Json, type: string) =>
  events(body).filter((event) => event.type === type && (event.from as Json).type === 'Client');
const ofOthers = (body: Json) => events(body).filter(({ from }) => (from as Json).type !== 'Client');

/** Every transcript of alice shows this. */
const shown = (to: (body: Json, made: Transcript['made']) => void): Change => ({
  of: 'alice getmessages',
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

const missing: Missing[] = [
  {
    rule: 'a documented call on an open chat is served',
    in: 'talk',
    requirement: 'GE-COM-2',
    of: 'alice sendurl',
    to: refusal,
  },
  {
    rule: 'who lacks the credentials of a chat gets nothing',
    in: 'intruded',
    requirement: 'GE-COM-5',
    of: 'bob sendmessage',
    to: () => ({ statusCode: 0 }),
  },
  {
    rule: 'what somebody without the credentials tried does not show',
    in: 'intruded',
    requirement: 'GE-COM-5',
    of: 'alice getmessages',
    to(body) {
      const [own] = ofClient(body, 'Message');
      const last = events(body).at(-1);
      if (own && last)
        events(body).push({
          ...own,
          text: 'said by somebody else',
          index: Number(last.index) + 1,
          utcTime: last.utcTime,
        });
      return body;
    },
    back: 2,
  },
  {
    rule: 'each chat has an id of its own',
    in: 'over',
    requirement: 'GE-REQ-3',
    of: 'alice requestchat',
    to: (body, made) => ({ ...body, chatId: answerTo(made, 'requestchat').chatId }),
  },
  {
    rule: 'each chat has a key of its own',
    in: 'over',
    requirement: 'GE-REQ-3-SHOULD',
    of: 'alice requestchat',
    to: (body, made) => ({ ...body, secureKey: answerTo(made, 'requestchat').secureKey }),
  },
  {
    rule: 'an event stays as it was first seen',
    in: 'talk',
    requirement: 'GE-MSG-4',
    of: 'alice getmessages',
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
    requirement: 'GE-MSG-2',
    of: 'alice getmessages',
    back: 2,
    to: (body) => ({ ...body, messages: events(body).slice(0, 2) }),
  },
  {
    rule: 'no event that was seen is left out',
    in: 'talk',
    requirement: 'GE-MSG-1',
    of: 'alice getmessages',
    back: 1,
    to: (body) => ({ ...body, messages: events(body).slice(1) }),
  },
  {
    rule: 'each text comes back once, unchanged, in the order of sending',
    in: 'talk',
    requirement: 'GE-MSG-6',
    ...without(isText('second words of alice')),
  },
  {
    rule: 'each text comes back once, unchanged, in the order of sending',
    in: 'talk',
    requirement: 'GE-MSG-6',
    ...shown((body) => {
      const [first] = ofClient(body, 'Message');
      if (first?.text === 'first words of alice') first.text = 'first words of Alice';
    }),
  },
  {
    rule: 'typing shows, with its text',
    in: 'talk',
    requirement: 'GE-TYPE-1-START',
    ...without(({ type }) => type === 'TypingStarted'),
  },
  {
    rule: 'typing shows, with its text',
    in: 'talk',
    requirement: 'GE-TYPE-1-STOP',
    ...shown((body) => {
      for (const event of ofClient(body, 'TypingStopped')) event.text = 'other';
    }),
  },
  {
    rule: 'a new nickname, a pushed URL, a notice and a file show',
    in: 'talk',
    requirement: 'GE-NICK-1-SHOULD',
    ...without(isText('New Nickname')),
  },
  {
    rule: 'a new nickname, a pushed URL, a notice and a file show',
    in: 'talk',
    requirement: 'GE-URL-1',
    ...without(isText('http://example.test/a')),
  },
  {
    rule: 'nothing of these shows more often than it was caused',
    in: 'talk',
    requirement: 'GE-URL-1',
    ...shown((body) => {
      const [url] = events(body).filter(isText('http://example.test/a'));
      const last = events(body).at(-1);
      if (url && last) events(body).push({ ...url, index: Number(last.index) + 1, utcTime: last.utcTime });
    }),
  },
  {
    rule: 'events of the client bear the nickname of their time',
    in: 'talk',
    requirement: 'GE-NICK-1',
    ...shown((body) => {
      for (const event of events(body).filter(isText('second words of alice')))
        event.from = { ...(event.from as Json), nickname: 'Alice' };
    }),
  },
  {
    rule: 'a chat is over when its client ended it, and not before',
    in: 'talk',
    requirement: 'GE-MSG-8',
    ...shown((body) => {
      body.chatEnded = true;
    }),
  },
  {
    rule: 'a chat is over when its client ended it, and not before',
    in: 'over',
    requirement: 'GE-MSG-8',
    ...shown((body) => {
      body.chatEnded = false;
    }),
  },
  {
    rule: 'no chat shows what was said in another',
    in: 'talk',
    requirement: 'GE-MSG-9',
    ...shown((body) => {
      for (const event of events(body)
        .filter(({ from }) => (from as Json).type === 'External')
        .slice(-1))
        event.text = 'word bob of its own';
    }),
  },
  {
    rule: 'an event is of the time of its chat',
    in: 'talk',
    requirement: 'GE-MSG-5',
    ...shown((body) => {
      for (const event of events(body).slice(-1)) event.utcTime = Number(event.utcTime) + 3_600_000;
    }),
  },
  {
    rule: 'the client stays the same participant',
    in: 'talk',
    requirement: 'GE-MSG-11',
    ...shown((body) => {
      for (const event of events(body).filter(isText('second words of alice')))
        event.from = { ...(event.from as Json), participantId: 77 };
    }),
  },
  {
    rule: 'time never goes back',
    in: 'talk',
    requirement: 'GE-MSG-5',
    ...shown((body) => {
      for (const event of events(body).filter(({ index }) => index === 3)) event.utcTime = 1_000_000_000_000;
    }),
  },
  {
    rule: 'a read from beyond the last event is an empty success',
    in: 'talk',
    requirement: 'GE-MSG-7-SHOULD',
    of: 'alice getmessages',
    to: refusal,
  },
  {
    rule: 'a chat that is over takes no text',
    in: 'over',
    requirement: 'GE-DONE-1-SHOULD',
    of: 'alice sendmessage',
    to: () => ({ statusCode: 0 }),
  },
];

const open: Open[] = [
  {
    ruling: 'a read from behind is to be tried again',
    in: 'talk',
    of: 'alice getmessages',
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
    ruling: 'Get Messages after Complete is refused',
    in: 'over',
    of: 'alice getmessages',
    all: true,
    to: (body) => (body.chatEnded === true ? { statusCode: 2 } : body),
  },
  {
    ruling: 'what others in the chat say',
    in: 'talk',
    ...shown((body) => {
      for (const event of events(body).filter(({ from }) => (from as Json).type === 'External'))
        event.text = 'something else that nobody of us said';
    }),
  },
  {
    ruling: 'an event of the same millisecond as the one before',
    in: 'talk',
    ...shown((body, made) => {
      const [joined] = events(answerTo(made, 'requestchat'));
      for (const event of events(body)) event.utcTime = joined?.utcTime;
    }),
  },
  { ruling: 'another alias', in: 'talk', of: 'alice sendurl', to: (body) => ({ ...body, alias: '118' }) },
];

testModel('genesys', { rules, judgeBy, sequences, missing, open });
