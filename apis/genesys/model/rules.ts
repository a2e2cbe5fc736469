import type { Finding } from '../../../src/exchange/index.js';
import type { Miss } from '../../../src/explore/model.js';
import { equal, firstFew, shortened, unchanged } from '../../../src/rules/index.js';
import type { Seen } from './advance.js';
import { type Alignment, align, isNamed } from './align.js';
import { type Chat, chatsOf, type Event, lastIndex, type Own, prefixOf } from './state.js';

/** One rule of the contract: what an answer must be, seen from all that went before. */
export interface Rule {
  /** In words. */
  name: string;
  judge(seen: Seen): Miss[];
}

/** A rule on whatever a transcript shows, once it was read. */
function ofTranscript(name: string, judge: (chat: Chat, seen: Seen) => Miss[]): Rule {
  return {
    name,
    judge: (seen) =>
      seen.action === 'getmessages' && seen.outcome === 'served' && seen.isEntitled && seen.next !== undefined
        ? judge(seen.next, seen)
        : [],
  };
}

const miss = (requirement: string, finding: Finding, mayLag?: true): Miss => ({
  requirement,
  ...finding,
  ...(mayLag && { mayLag }),
});

export const rules: readonly Rule[] = [
  {
    name: 'a documented call on an open chat is served',
    judge: ({ exchange, outcome, action, isEntitled, chat }) =>
      exchange.intent === 'call' && outcome !== 'served' && isEntitled && chat?.is !== 'doubtful'
        ? [
            miss('GE-COM-2', {
              message: `${action}, called as documented, is not served`,
              expected: 'statusCode 0',
              found: answerOf(exchange),
            }),
          ]
        : [],
  },
  {
    name: 'who lacks the credentials of a chat gets nothing',
    judge: ({ outcome, events, isEntitled, exchange }) =>
      !isEntitled && (outcome === 'served' || events.length > 0)
        ? [
            miss('GE-COM-5', {
              message: 'a call with the credentials of another chat is served',
              expected: 'neither statusCode 0 nor a message',
              found: answerOf(exchange),
            }),
          ]
        : [],
  },
  ofTranscript('what somebody without the credentials tried does not show', (chat) =>
    ownEvents(chat)
      .filter(
        ({ text }) =>
          typeof text === 'string' && chat.tried.includes(text) && !chat.own.some((own) => own.text === text),
      )
      .slice(0, 1)
      .map(({ text }) =>
        miss('GE-COM-5', {
          message: 'what was tried with the credentials of another chat was carried out',
          path: '/messages',
          expected: 'no event of the client that the client did not cause',
          found: shortened(JSON.stringify(text), 120),
        }),
      ),
  ),
  {
    name: 'each chat has an id of its own',
    judge: ({ action, outcome, body, before }) =>
      action === 'requestchat' && outcome === 'served' && chatsOf(before).some(({ id }) => id === body.chatId)
        ? [
            miss('GE-REQ-3', {
              message: 'two chats have the same chatId',
              path: '/chatId',
              expected: 'an id of its own',
              found: String(body.chatId),
            }),
          ]
        : [],
  },
  {
    name: 'each chat has a key of its own',
    judge: ({ action, outcome, body, before }) =>
      action === 'requestchat' &&
      outcome === 'served' &&
      chatsOf(before).some(({ secureKey }) => secureKey === body.secureKey)
        ? [
            miss('GE-REQ-3-SHOULD', {
              message: 'two chats have the same secureKey',
              path: '/secureKey',
              expected: 'a key of its own',
              found: 'the same',
            }),
          ]
        : [],
  },
  ofTranscript('an event stays as it was first seen', (_chat, { chat, events }) =>
    (chat as Chat).events
      .flatMap((event) => {
        const now = events.find(({ index }) => index === event.index);
        return now === undefined
          ? []
          : equal(now, event, `event ${event.index} is not what it was`, '/messages').map((finding) =>
              miss('GE-MSG-4', finding),
            );
      })
      .slice(0, 1),
  ),
  ofTranscript('no event that was seen is left out', (_chat, { chat, events, position, asked }) => {
    const shown = new Set(events.map(({ index }) => index));
    const lost = (chat as Chat).events
      .filter(({ index }) => index >= position && !shown.has(index))
      .map(({ index }) => String(index));
    if (lost.length === 0) return [];
    const requirement = asked.transcriptPosition === undefined ? 'GE-MSG-2' : 'GE-MSG-1';
    return [
      miss(
        requirement,
        {
          message: `${lost.length} events that were there are left out`,
          path: '/messages',
          expected: `every event from index ${position} on`,
          found: `left out: index ${firstFew(lost)}`,
        },
        true,
      ),
    ];
  }),
  ofTranscript('each text comes back once, unchanged, in the order of sending', (chat, seen) => {
    const { missing, stray } = messages(chat);
    if (stray !== undefined) return [strayMiss(chat, stray)];
    if (missing.length === 0) return [];
    const asked = seen.asked.transcriptPosition;
    return [
      miss(
        asked === undefined || asked === 1 ? 'GE-MSG-6' : 'GE-MSG-7',
        {
          message: `${missing.length} of the texts sent do not show`,
          path: '/messages',
          expected: texts(chat.own.filter(({ type, optional }) => type === 'Message' && !optional)),
          found: texts(ownEvents(chat, 'Message')),
        },
        true,
      ),
    ];
  }),
  ofTranscript('typing shows, with its text', (chat) => {
    const { missing, stray } = typing(chat);
    const requirement = (type: unknown) => (type === 'TypingStopped' ? 'GE-TYPE-1-STOP' : 'GE-TYPE-1-START');
    const first = missing[0];
    if (stray !== undefined)
      return [
        miss(requirement(stray.type), {
          message: `a ${stray.type} shows that the client did not cause so`,
          path: '/messages',
          expected: texts(chat.own.filter(({ type }) => type === stray.type)),
          found: JSON.stringify(stray.text ?? ''),
        }),
      ];
    if (first === undefined) return [];
    return [
      miss(
        requirement(first.type),
        {
          message: `${missing.length} typing notifications do not show`,
          path: '/messages',
          expected: `${first.type} ${JSON.stringify(first.text)}`,
          found: 'no such event',
        },
        true,
      ),
    ];
  }),
  ofTranscript('a new nickname and a pushed URL show as a Notice', (chat) => {
    const lost = notices(chat).missing[0];
    if (lost === undefined) return [];
    return [
      miss(
        lost.ofRename ? 'GE-NICK-1-SHOULD' : 'GE-URL-1',
        {
          message: `${lost.ofRename ? 'a new nickname' : 'a pushed URL'} does not show as a Notice`,
          path: '/messages',
          expected: JSON.stringify(lost.text),
          found: texts(ownEvents(chat, 'Notice')),
        },
        true,
      ),
    ];
  }),
  ofTranscript('no Notice shows more often than it was caused', (chat) => {
    const often = ownEvents(chat, 'Notice').find(({ text }) => {
      const caused = chat.own.filter((own) => own.type === 'Notice' && own.text === text).length;
      return caused > 0 && ownEvents(chat, 'Notice').filter((other) => other.text === text).length > caused;
    });
    if (often === undefined) return [];
    const isName = chat.own.some(({ text, ofRename }) => ofRename && text === often.text);
    return [
      miss(isName ? 'GE-NICK-1-SHOULD' : 'GE-URL-1', {
        message: 'a Notice shows more often than it was caused',
        path: '/messages',
        expected: 'one event for each call',
        found: JSON.stringify(often.text),
      }),
    ];
  }),
  ofTranscript('events of the client bear the nickname of their time', (chat) =>
    [...messages(chat).pairs, ...typing(chat).pairs, ...notices(chat).pairs]
      .filter(({ own, event }) => !isNamed(own, event))
      .slice(0, 1)
      .map(({ own, event }) =>
        miss('GE-NICK-1', {
          message: `event ${event.index}, a ${event.type}, does not bear the client's nickname`,
          path: '/messages',
          expected: own.names.map((name) => JSON.stringify(name)).join(' or '),
          found: JSON.stringify(event.from.nickname) ?? 'nothing',
        }),
      ),
  ),
  ofTranscript('a chat is ended when it is completed, and not before', (chat, { body }) => {
    if (chat.is === 'doubtful') return [];
    const wanted = chat.is === 'over';
    return equal(
      body.chatEnded,
      wanted,
      wanted ? 'chatEnded is not true after Complete' : 'chatEnded is not false though the chat is open',
      '/chatEnded',
    ).map((finding) => miss('GE-MSG-8', finding, true));
  }),
  ofTranscript('no chat shows what was said in another', (chat, { after }) => {
    const others = chatsOf(after).filter(({ id }) => id !== chat.id);
    const own = new Set(chat.own.map(({ text }) => text));
    const foreign = new Set(
      others
        .flatMap(({ own: theirs }) => theirs.map(({ text }) => text))
        .filter((text) => text.length >= 12 && !own.has(text)),
    );
    const found = chat.events.find(({ text }) => typeof text === 'string' && foreign.has(text));
    if (found === undefined) return [];
    return [
      miss('GE-MSG-9', {
        message: 'a chat shows an event of another chat',
        path: '/messages',
        expected: 'events of this chat alone',
        found: shortened(JSON.stringify(found), 200),
      }),
    ];
  }),
  ofTranscript('time never goes back', (chat) => {
    const times = prefixOf(chat).map(({ utcTime }) => utcTime);
    const at = times.findIndex((time, i) => i > 0 && Number(time) < Number(times[i - 1]));
    if (at === -1) return [];
    return [
      miss('GE-MSG-5', {
        message: 'utcTime goes back from one event to the next',
        path: '/messages',
        expected: `${times[at - 1]} or later`,
        found: `${times[at]} at index ${at + 1}`,
      }),
    ];
  }),
  {
    name: 'a read from beyond the last event is an empty success',
    judge: ({ action, outcome, chat, position, body, isEntitled }) => {
      if (action !== 'getmessages' || chat?.is !== 'open' || !isEntitled || position <= lastIndex(chat)) return [];
      const isEmpty = outcome === 'served' && Array.isArray(body.messages);
      return isEmpty
        ? []
        : [
            miss('GE-MSG-7-SHOULD', {
              message: 'a read from beyond the last event is not answered with an empty array',
              expected: 'statusCode 0 and an array',
              found: outcome === 'served' ? `messages ${JSON.stringify(body.messages) ?? 'left out'}` : 'a refusal',
            }),
          ];
    },
  },
  {
    name: 'after Complete, Send Message is refused',
    judge: ({ action, outcome, chat, isEntitled }) =>
      action === 'sendmessage' && chat?.is === 'over' && isEntitled && outcome === 'served'
        ? [
            miss('GE-DONE-1-SHOULD', {
              message: 'a text is taken after Complete',
              path: '/statusCode',
              expected: 'a refusal',
              found: 'statusCode 0',
            }),
          ]
        : [],
  },
];

/** The requirements that the rules name. */
export const requirements = [
  'GE-COM-2',
  'GE-COM-5',
  'GE-REQ-3',
  'GE-REQ-3-SHOULD',
  'GE-MSG-1',
  'GE-MSG-2',
  'GE-MSG-4',
  'GE-MSG-5',
  'GE-MSG-6',
  'GE-MSG-7',
  'GE-MSG-7-SHOULD',
  'GE-MSG-8',
  'GE-MSG-9',
  'GE-TYPE-1-START',
  'GE-TYPE-1-STOP',
  'GE-NICK-1',
  'GE-NICK-1-SHOULD',
  'GE-URL-1',
  'GE-DONE-1-SHOULD',
] as const;

/** The client's own events, as far as they are known without a gap. */
function ownEvents(chat: Chat, ...types: string[]): Event[] {
  return prefixOf(chat).filter(
    ({ from, type }) => from.type === 'Client' && (types.length === 0 || types.includes(String(type))),
  );
}

function messages(chat: Chat): Alignment {
  return align(
    chat.own.filter(({ type }) => type === 'Message'),
    ownEvents(chat, 'Message'),
  );
}

function typing(chat: Chat): Alignment {
  const types = ['TypingStarted', 'TypingStopped'];
  const done = chat.own.filter(({ type }) => types.includes(type));
  const events = ownEvents(chat, ...types);
  // A server may end the typing by itself, such as when a text is sent.
  const isFree = ({ text }: Event) => (text ?? '') === '';
  const strict = align(done, events, isFree);
  if (strict.stray === undefined) return strict;
  // What shows is right, and something before it is missing.
  const loosened = done.map((own) => ({ ...own, optional: true }));
  const loose = align(loosened, events, isFree);
  if (loose.stray !== undefined) return strict;
  const found = new Set(loose.pairs.map(({ own }) => own));
  return { ...loose, missing: done.filter(({ optional }, i) => !optional && !found.has(loosened[i] as Own)) };
}

function notices(chat: Chat): Alignment {
  return align(
    chat.own.filter(({ type }) => type === 'Notice'),
    ownEvents(chat, 'Notice'),
    () => true,
  );
}

function strayMiss(chat: Chat, stray: Event): Miss {
  const sent = chat.own.filter(({ type }) => type === 'Message');
  const shown = ownEvents(chat, 'Message');
  const at = shown.indexOf(stray);
  const wasSent = sent.some(({ text }) => text === stray.text);
  const meant = sent.find(({ text }) => !shown.some((event) => event.text === text));
  if (!wasSent && meant !== undefined) {
    const [finding] = unchanged(stray.text, meant.text, 'a text', '/messages');
    if (finding !== undefined) return miss('GE-MSG-6', finding);
  }
  return miss('GE-MSG-6', {
    message: wasSent
      ? 'a text shows more often than it was sent, or in another order'
      : 'a Message of the client shows that the client did not send',
    path: '/messages',
    expected: texts(sent),
    found: texts(shown.slice(0, at + 1)),
  });
}

function texts(items: readonly (Own | Event)[]): string {
  return items.length === 0
    ? 'none'
    : firstFew(
        items.map(({ text }) => shortened(JSON.stringify(text ?? ''), 60)),
        12,
      );
}

function answerOf({ response }: Seen['exchange']): string {
  return response.json === undefined
    ? `HTTP ${response.status}, ${response.notJson}`
    : shortened(JSON.stringify(response.json), 120);
}
