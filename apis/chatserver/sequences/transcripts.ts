import type { Finding } from '../../../src/exchange/index.js';
import type { Outcome } from '../../../src/exchange/outcome.js';
import type { Observation } from '../../../src/passive/types.js';
import type { Sequences } from '../../../src/recording/api.js';
import { maskPattern } from '../../../src/recording/body.js';
import { createBounded } from '../../../src/recording/bounded.js';
import {
  isBefore,
  type Members,
  type Moment,
  membersOf,
  momentOf,
  objectsOf,
  textOf,
} from '../../../src/recording/members.js';
import type { RecordedExchange } from '../../../src/recording/types.js';
import { equal, firstFew } from '../../../src/rules/index.js';
import { type Dialect, positionOf } from '../dialect.js';
import { isAboutFile } from '../events.js';
import { createCredentials } from './credentials.js';
import { createTexts, type Texts } from './texts.js';

/** An event as a read showed it first. */
interface Event extends Moment {
  /** What is documented of it, as JSON, but for its data. */
  content: string;
  /** Of its data what is about a file: it may have members that no page names, and they may change each time. */
  data: Members;
  place: string;
}

interface Chat {
  events: Map<number, Event>;
  /** The highest index seen. */
  highest: number;
  /** When its client ended it. */
  ended?: Moment & { place: string };
  texts: Texts;
}

const keptChats = 500;
const keptEvents = 2000;
const keptInAll = 40_000;
const longContent = 600;
const keptKeys = 10_000;

/** The requirements of an API that several exchanges decide, by what each of them is about. */
export interface SequenceIds {
  wrongKey: string;
  wrongUser: string;
  ownId: string;
  ownKey: string;
  /** That an event stays as it was. */
  same: string;
  /** That nothing is left out of a read that names a position, of one that names none, and of polls. */
  fromPosition: string;
  whole: string;
  polling: string;
  /** A poll that finds nothing new. */
  behind: string;
  /** What a read and a text meet in a chat that is over. */
  over: string;
  late: string;
  /** That a text comes back as it was sent. */
  texts: string;
}

/** Judges exchanges of an API by those before them: what polling gave, chats that are over, ids of chats. */
export function transcriptSequences(dialect: Dialect, ids: SequenceIds): Sequences {
  const { actions, operations, hasOneFormat } = dialect;
  let kept = 0;
  const chats = createBounded<string, Chat>(keptChats, ({ events }) => {
    kept -= events.size;
  });
  const opened = createBounded<string, string>(keptKeys);
  const keys = createBounded<string, string>(keptKeys);
  const credentials = createCredentials(actions.open, { userId: ids.wrongUser, secureKey: ids.wrongKey });

  const chatOf = (exchange: RecordedExchange, chatId: string): Chat => {
    const key = `${exchange.server}\n${chatId}`;
    const chat = chats.get(key) ?? { events: new Map(), highest: 0, texts: createTexts(dialect, ids.texts) };
    chats.set(key, chat);
    return chat;
  };

  /** Takes note of the events of an answer; gives those that are not what they were. */
  const readInto = (chat: Chat, events: readonly Members[], exchange: RecordedExchange): Observation[] => {
    const judged = events.flatMap((event): Finding[][] => {
      const index = event.index as number;
      const content = contentOf(event);
      const data = ofFile(membersOf(event.userData));
      const before = chat.events.get(index);
      chat.highest = Math.max(chat.highest, index);
      if (before !== undefined) {
        const message = `an event is not what it was in ${before.place}`;
        if (before.content !== content) return [[changed(content, before.content, message, index)]];
        const other = Object.keys(data).find((name) => name in before.data && before.data[name] !== data[name]);
        if (other === undefined) return [[]];
        const show = (value: unknown) => JSON.stringify({ userData: { [other]: value } });
        return [[changed(show(data[other]), show(before.data[other]), message, index)]];
      }
      if (chat.events.size >= keptEvents) return [];
      chat.events.set(index, { ...momentOf(exchange), content, data, place: exchange.place });
      kept += 1;
      if (kept > keptInAll) chats.forgetOldest();
      return [];
    });
    return judged.length === 0 ? [] : [{ requirement: ids.same, findings: judged.flat().slice(0, 3) }];
  };

  const requested = (exchange: RecordedExchange): Observation[] => {
    const body = membersOf(exchange.response.json);
    const chatId = textOf(body.chatId);
    if (chatId === undefined) return [];
    const judged: Observation[] = [];
    const before = opened.get(`${exchange.server}\n${chatId}`);
    opened.set(`${exchange.server}\n${chatId}`, exchange.place);
    const same: Finding = {
      message: `${actions.open} gives a chatId that ${before} got before`,
      path: '/chatId',
      expected: 'a chat of its own',
      found: chatId,
    };
    judged.push({ requirement: ids.ownId, findings: before === undefined ? [] : [same] });
    const key = textOf(body.secureKey);
    if (key !== undefined && !maskPattern.test(key)) {
      const owner = keys.get(`${exchange.server}\n${key}`);
      keys.set(`${exchange.server}\n${key}`, chatId);
      if (owner !== undefined && owner !== chatId)
        judged.push({
          requirement: ids.ownKey,
          findings: [{ message: 'two chats have the same secureKey', path: '/secureKey', expected: 'one of its own' }],
        });
    }
    return [...judged, ...readInto(chatOf(exchange, chatId), eventsOf(exchange), exchange)];
  };

  const polled = (exchange: RecordedExchange, chat: Chat, outcome: Outcome): Observation[] => {
    const over = chat.ended !== undefined && isBefore(chat.ended, exchange);
    const judged: Observation[] = [];
    if (outcome !== 'served') return over && outcome === 'refused' ? [{ requirement: ids.over, findings: [] }] : [];
    const body = membersOf(exchange.response.json);
    if (over) {
      const message = `chatEnded is not true though ${chat.ended?.place} ended the chat`;
      judged.push({ requirement: ids.over, findings: equal(body.chatEnded, true, message, '/chatEnded') });
    }
    const asked = membersOf(exchange.request.json);
    const isWhole = asked.transcriptPosition === undefined;
    const position = isWhole ? 1 : positionOf(asked);
    if (exchange.intent !== 'call' || position === undefined || !(position >= 1)) return judged;
    const events = eventsOf(exchange);
    const lost = lostFindings(chat, events, position, exchange);
    const isPoll = position === chat.highest + 1;
    if (isPoll && chat.highest > 0) {
      judged.push({ requirement: ids.polling, findings: pollFindings(events, position) });
      if (events.length === 0) {
        const message = 'from beyond the last event there is no empty array';
        const shown = hasOneFormat ? (body.messages ?? []) : body.messages;
        judged.push({ requirement: ids.behind, findings: equal(shown, [], message, '/messages') });
      }
    } else if (lost !== undefined) {
      judged.push({ requirement: ids.polling, findings: lost });
      judged.push({ requirement: isWhole ? ids.whole : ids.fromPosition, findings: lost });
    }
    return [...judged, ...chat.texts.read(exchange, events), ...readInto(chat, events, exchange)];
  };

  const ofChat = (exchange: RecordedExchange, chat: Chat, outcome: Outcome): Observation[] => {
    if (exchange.action === actions.read) return polled(exchange, chat, outcome);
    const shownBefore = () =>
      Math.max(0, ...[...chat.events].filter(([, event]) => isBefore(event, exchange)).map(([index]) => index));
    if (exchange.action === operations.say.action) chat.texts.sent(exchange, outcome, shownBefore);
    if (exchange.action === actions.end && outcome === 'served' && exchange.intent === 'call')
      chat.ended ??= { ...momentOf(exchange), place: exchange.place };
    if (exchange.action !== operations.say.action || chat.ended === undefined || !isBefore(chat.ended, exchange))
      return [];
    const served: Finding = {
      message: `${exchange.action} is served though ${chat.ended.place} ended the chat`,
      path: '/statusCode',
      expected: 'a refusal',
      found: 'statusCode 0',
    };
    const isTaken = outcome === 'served' && (!hasOneFormat || membersOf(exchange.response.json).chatEnded === false);
    return outcome === 'broken' ? [] : [{ requirement: ids.late, findings: isTaken ? [served] : [] }];
  };

  return (exchange, outcome) => {
    const chatId = dialect.chatIdOf(exchange.request.url);
    const judged = credentials(exchange, outcome, chatId);
    if (exchange.action === actions.open)
      return outcome === 'served' && exchange.intent === 'call' ? [...judged, ...requested(exchange)] : judged;
    return chatId === undefined ? judged : [...judged, ...ofChat(exchange, chatOf(exchange, chatId), outcome)];
  };
}

/** The events that a read from a position should have given, being there before; `undefined` where none is known. */
function lostFindings(
  { events: known }: Chat,
  events: readonly Members[],
  position: number,
  exchange: RecordedExchange,
): Finding[] | undefined {
  const expected = [...known].filter(([index, event]) => index >= position && isBefore(event, exchange));
  if (expected.length === 0) return undefined;
  const got = new Set(events.map(({ index }) => index));
  const lost = expected.map(([index]) => index).filter((index) => !got.has(index));
  if (lost.length === 0) return [];
  return [
    {
      message: 'events that were there before are left out',
      path: '/messages',
      expected: `all of index ${position} and above`,
      found: `without index ${firstFew(lost.map(String))}`,
    },
  ];
}

function pollFindings(events: readonly Members[], position: number): Finding[] {
  const indexes = events.map(({ index }) => index as number);
  const again = indexes.filter((index) => index < position);
  const expected = `the events from index ${position} on`;
  if (again.length > 0)
    return [{ message: 'polling gives events twice', path: '/messages', expected, found: `again index ${again[0]}` }];
  if (indexes.length === 0 || indexes.includes(position)) return [];
  const found = `index ${Math.min(...indexes)} and above`;
  return [{ message: 'polling leaves out events', path: '/messages', expected, found }];
}

/** The events of an answer that have an index. */
function eventsOf(exchange: RecordedExchange): Members[] {
  return objectsOf(membersOf(exchange.response.json).messages).filter(({ index }) => Number.isSafeInteger(index));
}

/** What in data tells of a file. */
function ofFile(data: Members): Members {
  return Object.fromEntries(
    Object.entries(data).filter(([name, value]) => isAboutFile(name) && `${value}`.length <= longContent),
  );
}

function contentOf({ index, type, text, utcTime, from, messageType }: Members): string {
  const { nickname, participantId, type: kind } = membersOf(from);
  const content = JSON.stringify({
    index,
    type,
    text,
    utcTime,
    from: { nickname, participantId, type: kind },
    messageType,
  });
  return content.length > longContent ? `${content.slice(0, longContent)}… (${content.length} characters)` : content;
}

function changed(found: string, expected: string, message: string, index: number): Finding {
  return { message, path: '/messages', expected, found: `of index ${index}: ${found}` };
}
