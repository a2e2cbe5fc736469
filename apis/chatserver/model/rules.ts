import type { Miss } from '../../../src/explore/model.js';
import { miss, type Rule as RuleOf } from '../../../src/explore/rule.js';
import { isUnique } from '../../../src/explore/values.js';
import { equal, firstFew, shortened, unchanged } from '../../../src/rules/index.js';
import { type OperationName, positionOf } from '../dialect.js';
import { lastingOf } from '../events.js';
import type { Seen } from './advance.js';
import { type Alignment, align, isNamed, isOfKind } from './align.js';
import { fileOf } from './files.js';
import { type Chat, chatsOf, type Event, lastIndex, type Own, prefixOf } from './state.js';

/** A rule of an API of Chat Server. */
export type Rule = RuleOf<Seen>;

/** A rule on whatever a transcript shows, once it was read. */
function ofTranscript(name: string, judge: (chat: Chat, seen: Seen) => Miss[]): Rule {
  return {
    name,
    judge: (seen) =>
      seen.action === seen.dialect.actions.read &&
      seen.outcome === 'served' &&
      seen.isEntitled &&
      seen.next !== undefined
        ? judge(seen.next, seen)
        : [],
  };
}

/** A rule on whatever an answer shows of a transcript: that of a read, and where the API has it, of a text sent with a position. */
function ofShown(name: string, judge: (chat: Chat, seen: Seen) => Miss[]): Rule {
  const ofRead = ofTranscript(name, judge);
  return {
    name,
    judge: (seen) => {
      const { dialect, action, outcome, isEntitled, asked, next } = seen;
      const isAnswer =
        dialect.hasOneFormat && action === dialect.operations.say.action && positionOf(asked) !== undefined;
      if (!isAnswer) return ofRead.judge(seen);
      return outcome === 'served' && isEntitled && next?.is === 'open' ? judge(next, seen) : [];
    },
  };
}

/** The requirements of an API that the rules find missed, by what each of them is about. */
export interface RuleIds {
  served: string;
  /** By action, where that an action is served is for a requirement of its own to say. */
  servedBy?: Readonly<Record<string, string>>;
  access: string;
  ownId: string;
  ownKey: string;
  /** That an event stays as it was. */
  same: string;
  /** That nothing is left out of a read that names a position, and of one that names none. */
  fromPosition: string;
  whole: string;
  texts: string;
  /** That polling yields each text. */
  polling: string;
  /** Typing, a pushed URL, a notice where the API has such, and the event of a new nickname. */
  shown: Readonly<Record<Exclude<OperationName, 'say' | 'note'>, string>> & {
    note?: string;
    upload?: string;
    remove?: string;
  };
  oneFormat?: OneFormatIds;
  /** That a participant stays the same. */
  participant: string;
  /** The nickname on later events. */
  nickname: string;
  /** What is said of the end while a chat is open, and once it is over. */
  open: string;
  over: string;
  foreign: string;
  time: string;
  /** A read from behind the last event. */
  behind: string;
  /** A text behind the end. */
  late: string;
}

/** The requirements of an API whose answers are all of one format. */
export interface OneFormatIds {
  /** That a text bears what its sender called its kind. */
  kind: string;
  /** That an answer to a text shows the transcript from the position asked for on. */
  answered: string;
  /** That nothing is lost where the client goes on from the position that an answer names. */
  goesOn: string;
}

/** The rules on what only answers of one format show. */
const oneFormatRules = (ids: OneFormatIds): readonly Rule[] => [
  ofTranscript('a text is of the kind that its sender named', (chat) => {
    return messages(chat)
      .pairs.filter(({ own, event }) => !isOfKind(own, event))
      .slice(0, 1)
      .map(({ own, event }) =>
        miss(
          ids.kind,
          {
            message: `event ${event.index}, a text, is not of the messageType that it was sent with`,
            path: '/messages',
            expected: JSON.stringify(own.kind),
            found: JSON.stringify(event.messageType) ?? 'none',
          },
          // The event may go with an earlier text, and that of this one be on its way.
          true,
        ),
      );
  }),
  ofTranscript('whoever goes on where an answer says sees every event', ({ skipped, events }) => {
    const lost = skipped && events.find(({ index }) => index >= skipped[0] && index < skipped[1]);
    if (skipped === undefined || lost === undefined) return [];
    return [
      miss(ids.goesOn, {
        message: `an answer that showed nothing beyond index ${skipped[0] - 1} had its client go on from ${skipped[1]}`,
        path: '/messages',
        expected: `nextPosition ${skipped[0]}`,
        found: `event ${lost.index}, which the client never gets`,
      }),
    ];
  }),
];

/** The rules of the contract, under the requirements of one API. */
export const rulesOf = (ids: RuleIds): readonly Rule[] => [
  ...(ids.oneFormat === undefined ? [] : oneFormatRules(ids.oneFormat)),
  {
    name: 'a documented call on an open chat is served',
    judge: (seen) => {
      const { exchange, outcome, action, isEntitled, chat } = seen;
      // Of calls at the same time another may have taken the file away.
      if (fileOf(seen)?.is === 'gone') return [];
      return exchange.intent === 'call' && outcome !== 'served' && isEntitled && chat?.is !== 'doubtful'
        ? [
            miss(ids.servedBy?.[action] ?? ids.served, {
              message: `${action}, called as documented, is not served`,
              expected: 'statusCode 0',
              found: answerOf(exchange),
            }),
          ]
        : [];
    },
  },
  {
    name: 'who lacks the credentials of a chat gets nothing',
    judge: ({ outcome, events, isEntitled, exchange }) =>
      !isEntitled && (outcome === 'served' || events.length > 0)
        ? [
            miss(ids.access, {
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
        miss(ids.access, {
          message: 'what was tried with the credentials of another chat was carried out',
          path: '/messages',
          expected: 'no event of the client that the client did not cause',
          found: shortened(JSON.stringify(text), 120),
        }),
      ),
  ),
  {
    name: 'each chat has an id of its own',
    judge: ({ dialect, action, outcome, body, before }) =>
      action === dialect.actions.open && outcome === 'served' && chatsOf(before).some(({ id }) => id === body.chatId)
        ? [
            miss(ids.ownId, {
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
    judge: ({ dialect, action, outcome, body, before }) =>
      action === dialect.actions.open &&
      outcome === 'served' &&
      chatsOf(before).some(({ secureKey }) => secureKey === body.secureKey)
        ? [
            miss(ids.ownKey, {
              message: 'two chats have the same secureKey',
              path: '/secureKey',
              expected: 'a key of its own',
              found: 'the same',
            }),
          ]
        : [],
  },
  ofShown('an event stays as it was first seen', (_chat, { chat, events }) =>
    (chat as Chat).events
      .flatMap((event) => {
        const now = events.find(({ index }) => index === event.index);
        return now === undefined
          ? []
          : equal(lastingOf(now), lastingOf(event), `event ${event.index} is not what it was`, '/messages').map(
              (finding) => miss(ids.same, finding),
            );
      })
      .slice(0, 1),
  ),
  ofShown('no event that was seen is left out', (_chat, { dialect, action, chat, events, position, asked }) => {
    const shown = new Set(events.map(({ index }) => index));
    const lost = (chat as Chat).events
      .filter(({ index }) => index >= position && !shown.has(index))
      .map(({ index }) => String(index));
    if (lost.length === 0) return [];
    const ofRead = asked.transcriptPosition === undefined ? ids.whole : ids.fromPosition;
    const requirement = action === dialect.actions.read ? ofRead : (ids.oneFormat?.answered ?? ofRead);
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
    if (stray !== undefined) return [strayMiss(chat, stray, ids.texts)];
    if (missing.length === 0) return [];
    return [
      miss(
        seen.position === 1 ? ids.texts : ids.polling,
        {
          message: `${missing.length} of the texts sent do not show`,
          path: '/messages',
          expected: texts(chat.own.filter(({ operation, optional }) => operation === 'say' && !optional)),
          found: texts(ownEvents(chat, 'Message')),
        },
        true,
      ),
    ];
  }),
  ofTranscript('typing shows, with its text', (chat) => {
    const { missing, stray } = typing(chat);
    const requirement = (type: unknown) => ids.shown[type === 'TypingStopped' ? 'stop' : 'start'];
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
  ofTranscript('a new nickname, a pushed URL, a notice and a file show', (chat) => {
    const [lost] = announcements(chat).flatMap(({ missing }) => missing);
    if (lost === undefined) return [];
    return [
      miss(
        ids.shown[lost.operation as Announced] ?? '',
        {
          message: `${announced[lost.operation as Announced]} does not show as ${lost.type}`,
          path: '/messages',
          expected: JSON.stringify(lost.text),
          found: texts(ownEvents(chat, lost.type)),
        },
        true,
      ),
    ];
  }),
  ofTranscript('nothing of these shows more often than it was caused', (chat) => {
    const often = chat.own.find((own) => {
      // What holds no text may be the server's own.
      if (!(own.operation in announced) || (own.text === '' && own.isTextOpen !== true)) return false;
      const same = (other: { type: unknown; text: unknown }) =>
        other.type === own.type && (own.isTextOpen === true || other.text === own.text);
      return ownEvents(chat, own.type).filter(same).length > chat.own.filter(same).length;
    });
    if (often === undefined) return [];
    return [
      miss(ids.shown[often.operation as Announced] ?? '', {
        message: `a ${often.type} shows more often than it was caused`,
        path: '/messages',
        expected: 'one event for each call',
        found: JSON.stringify(often.text),
      }),
    ];
  }),
  ofTranscript('events of the client bear the nickname of their time', (chat) =>
    [...messages(chat).pairs, ...typing(chat).pairs, ...announcements(chat).flatMap(({ pairs }) => pairs)]
      .filter(({ own, event }) => !isNamed(own, event))
      .slice(0, 1)
      .map(({ own, event }) =>
        miss(
          ids.nickname,
          {
            message: `event ${event.index}, a ${event.type}, does not bear the client's nickname`,
            path: '/messages',
            expected: own.names.map((name) => JSON.stringify(name)).join(' or '),
            found: JSON.stringify(event.from.nickname) ?? 'nothing',
          },
          // The event may go with an earlier act, and that of this one be on its way.
          true,
        ),
      ),
  ),
  ofTranscript('a chat is over when its client ended it, and not before', (chat, { body }) => {
    if (chat.is === 'doubtful') return [];
    const wanted = chat.is === 'over';
    return equal(
      body.chatEnded,
      wanted,
      wanted ? 'chatEnded is not true though the chat was ended' : 'chatEnded is not false though the chat is open',
      '/chatEnded',
    ).map((finding) => miss(wanted ? ids.over : ids.open, finding, true));
  }),
  ofTranscript('no chat shows what was said in another', (chat, { after }) => {
    const others = chatsOf(after).filter(({ id }) => id !== chat.id);
    const own = new Set(chat.own.map(({ text }) => text));
    const foreign = new Set(
      others
        .flatMap(({ own: theirs }) => theirs.map(({ text }) => text))
        .filter((text) => text.length >= 12 && !own.has(text)),
    );
    // Of what others say, only a text that nobody comes upon by chance is somebody else's: agents have texts for everyone.
    const found = chat.events.find(
      ({ text, from }) => typeof text === 'string' && foreign.has(text) && (from.type === 'Client' || isUnique(text)),
    );
    if (found === undefined) return [];
    return [
      miss(ids.foreign, {
        message: 'a chat shows an event of another chat',
        path: '/messages',
        expected: 'events of this chat alone',
        found: shortened(JSON.stringify(found), 200),
      }),
    ];
  }),
  ofTranscript('the client stays the same participant', (chat) => {
    const [first, ...others] = ownEvents(chat);
    const other = others.find(({ from }) => from.participantId !== first?.from.participantId);
    if (other === undefined) return [];
    return [
      miss(ids.participant, {
        message: `event ${other.index} gives the client another participantId`,
        path: '/messages',
        expected: String(first?.from.participantId),
        found: String(other.from.participantId),
      }),
    ];
  }),
  ofTranscript('an event is of the time of its chat', ({ openedAt }, { before, events, exchange }) => {
    const from = openedAt - before.clockToleranceMs;
    const to = exchange.startedAt + exchange.durationMs + before.clockToleranceMs;
    const odd = events.find(({ utcTime }) => Number(utcTime) < from || Number(utcTime) > to);
    if (odd === undefined) return [];
    return [
      miss(ids.time, {
        message: `the utcTime of event ${odd.index} is not of the time of its chat`,
        path: '/messages',
        expected: `from ${from} to ${to}`,
        found: String(odd.utcTime),
      }),
    ];
  }),
  ofTranscript('time never goes back', (chat) => {
    const times = prefixOf(chat).map(({ utcTime }) => utcTime);
    const at = times.findIndex((time, i) => i > 0 && Number(time) < Number(times[i - 1]));
    if (at === -1) return [];
    return [
      miss(ids.time, {
        message: 'utcTime goes back from one event to the next',
        path: '/messages',
        expected: `${times[at - 1]} or later`,
        found: `${times[at]} at index ${at + 1}`,
      }),
    ];
  }),
  {
    name: 'a read from beyond the last event is an empty success',
    judge: ({ dialect, action, outcome, chat, position, body, isEntitled }) => {
      if (action !== dialect.actions.read || chat?.is !== 'open' || !isEntitled || position <= lastIndex(chat))
        return [];
      // That asks for another try.
      if (body.statusCode === 1) return [];
      const isOmitted = dialect.hasOneFormat && body.messages === undefined;
      const isEmpty = outcome === 'served' && (Array.isArray(body.messages) || isOmitted);
      return isEmpty
        ? []
        : [
            miss(ids.behind, {
              message: 'a read from beyond the last event is not answered with an empty array',
              expected: 'statusCode 0 and an array',
              found: outcome === 'served' ? `messages ${JSON.stringify(body.messages) ?? 'left out'}` : 'a refusal',
            }),
          ];
    },
  },
  {
    name: 'a chat that is over takes no text',
    judge: ({ dialect, action, outcome, chat, isEntitled, body }) =>
      action === dialect.operations.say.action &&
      chat?.is === 'over' &&
      isEntitled &&
      outcome === 'served' &&
      (!dialect.hasOneFormat || body.chatEnded === false)
        ? [
            miss(ids.late, {
              message: 'a text is taken though the chat is over',
              path: '/statusCode',
              expected: 'a refusal',
              found: 'statusCode 0',
            }),
          ]
        : [],
  },
];

/** The requirements that the rules of an API name. */
export function requirementsOf({ shown, servedBy = {}, oneFormat, ...others }: RuleIds): string[] {
  return [...new Set([others, shown, servedBy, { ...oneFormat }].flatMap((ids) => Object.values<string>(ids)))];
}

/** The client's own events, as far as they are known without a gap. */
function ownEvents(chat: Chat, ...types: string[]): Event[] {
  return prefixOf(chat).filter(
    ({ from, type }) => from.type === 'Client' && (types.length === 0 || types.includes(String(type))),
  );
}

function messages(chat: Chat): Alignment {
  return align(
    chat.own.filter(({ operation }) => operation === 'say'),
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

/** What shows that is neither a text nor typing, in words. */
const announced = {
  rename: 'a new nickname',
  push: 'a pushed URL',
  note: 'a notice',
  upload: 'a file',
  remove: 'the deletion of a file',
} as const;
type Announced = keyof typeof announced;

/** By the type of event: a server may have further ones of its own. */
function announcements(chat: Chat): Alignment[] {
  const done = chat.own.filter(({ operation }) => operation in announced);
  return [...new Set(done.map(({ type }) => type))].map((type) =>
    align(
      done.filter((own) => own.type === type),
      ownEvents(chat, type),
      () => true,
    ),
  );
}

function strayMiss(chat: Chat, stray: Event, requirement: string): Miss {
  const sent = chat.own.filter(({ operation }) => operation === 'say');
  const shown = ownEvents(chat, 'Message');
  const at = shown.indexOf(stray);
  const wasSent = sent.some(({ text }) => text === stray.text);
  const meant = sent.find(({ text }) => !shown.some((event) => event.text === text));
  if (!wasSent && meant !== undefined) {
    const [finding] = unchanged(stray.text, meant.text, 'a text', '/messages');
    if (finding !== undefined) return miss(requirement, finding);
  }
  return miss(requirement, {
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
