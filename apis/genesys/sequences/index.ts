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
import { chatIdOf } from '../recognise.js';
import { createCredentials } from './credentials.js';

/** An event as a read showed it first. */
interface Event extends Moment {
  /** What is documented of it, as JSON. */
  content: string;
  place: string;
}

interface Chat {
  events: Map<number, Event>;
  /** The highest index seen. */
  highest: number;
  /** When Complete was served. */
  completed?: Moment & { place: string };
}

const keptChats = 500;
const keptEvents = 2000;
const keptInAll = 40_000;
const longContent = 600;
const keptKeys = 10_000;

/** Judges Genesys exchanges by those before them: what polling gave, chats that are over, ids of chats. */
export function genesysSequences(): Sequences {
  let kept = 0;
  const chats = createBounded<string, Chat>(keptChats, ({ events }) => {
    kept -= events.size;
  });
  const opened = createBounded<string, string>(keptKeys);
  const keys = createBounded<string, string>(keptKeys);
  const credentials = createCredentials();

  const chatOf = (exchange: RecordedExchange, chatId: string): Chat => {
    const key = `${exchange.server}\n${chatId}`;
    const chat = chats.get(key) ?? { events: new Map(), highest: 0 };
    chats.set(key, chat);
    return chat;
  };

  /** Takes note of the events of an answer; gives those that are not what they were. */
  const readInto = (chat: Chat, events: readonly Members[], exchange: RecordedExchange): Observation[] => {
    const judged = events.flatMap((event): Finding[][] => {
      const index = event.index as number;
      const content = contentOf(event);
      const before = chat.events.get(index);
      chat.highest = Math.max(chat.highest, index);
      if (before !== undefined) {
        const message = `an event is not what it was in ${before.place}`;
        return [before.content === content ? [] : [changed(content, before.content, message, index)]];
      }
      if (chat.events.size >= keptEvents) return [];
      chat.events.set(index, { ...momentOf(exchange), content, place: exchange.place });
      kept += 1;
      if (kept > keptInAll) chats.forgetOldest();
      return [];
    });
    return judged.length === 0 ? [] : [{ requirement: 'GE-MSG-4', findings: judged.flat().slice(0, 3) }];
  };

  const requested = (exchange: RecordedExchange): Observation[] => {
    const body = membersOf(exchange.response.json);
    const chatId = textOf(body.chatId);
    if (chatId === undefined) return [];
    const judged: Observation[] = [];
    const before = opened.get(`${exchange.server}\n${chatId}`);
    opened.set(`${exchange.server}\n${chatId}`, exchange.place);
    const same: Finding = {
      message: `Request Chat gives a chatId that ${before} got before`,
      path: '/chatId',
      expected: 'a chat of its own',
      found: chatId,
    };
    judged.push({ requirement: 'GE-REQ-3', findings: before === undefined ? [] : [same] });
    const key = textOf(body.secureKey);
    if (key !== undefined && !maskPattern.test(key)) {
      const owner = keys.get(`${exchange.server}\n${key}`);
      keys.set(`${exchange.server}\n${key}`, chatId);
      if (owner !== undefined && owner !== chatId)
        judged.push({
          requirement: 'GE-REQ-3-SHOULD',
          findings: [{ message: 'two chats have the same secureKey', path: '/secureKey', expected: 'one of its own' }],
        });
    }
    return [...judged, ...readInto(chatOf(exchange, chatId), eventsOf(exchange), exchange)];
  };

  const polled = (exchange: RecordedExchange, chat: Chat, outcome: Outcome): Observation[] => {
    const over = chat.completed !== undefined && isBefore(chat.completed, exchange);
    const judged: Observation[] = [];
    if (outcome !== 'served') return over && outcome === 'refused' ? [{ requirement: 'GE-MSG-8', findings: [] }] : [];
    const body = membersOf(exchange.response.json);
    if (over) {
      const message = `chatEnded is not true though ${chat.completed?.place} completed the chat`;
      judged.push({ requirement: 'GE-MSG-8', findings: equal(body.chatEnded, true, message, '/chatEnded') });
    }
    const asked = membersOf(exchange.request.json).transcriptPosition;
    const position = asked === undefined ? 1 : asked;
    if (exchange.intent !== 'call' || typeof position !== 'number' || !(position >= 1)) return judged;
    const events = eventsOf(exchange);
    const lost = lostFindings(chat, events, position, exchange);
    const isPoll = position === chat.highest + 1;
    if (isPoll && chat.highest > 0) {
      judged.push({ requirement: 'GE-MSG-7', findings: pollFindings(events, position) });
      if (events.length === 0) {
        const message = 'from beyond the last event there is no empty array';
        judged.push({ requirement: 'GE-MSG-7-SHOULD', findings: equal(body.messages, [], message, '/messages') });
      }
    } else if (lost !== undefined) {
      judged.push({ requirement: 'GE-MSG-7', findings: lost });
      judged.push({ requirement: asked === undefined ? 'GE-MSG-2' : 'GE-MSG-1', findings: lost });
    }
    return [...judged, ...readInto(chat, events, exchange)];
  };

  const ofChat = (exchange: RecordedExchange, chat: Chat, outcome: Outcome): Observation[] => {
    if (exchange.action === 'getmessages') return polled(exchange, chat, outcome);
    if (exchange.action === 'complete' && outcome === 'served' && exchange.intent === 'call')
      chat.completed ??= { ...momentOf(exchange), place: exchange.place };
    if (exchange.action !== 'sendmessage' || chat.completed === undefined || !isBefore(chat.completed, exchange))
      return [];
    const served: Finding = {
      message: `Send Message is served though ${chat.completed.place} completed the chat`,
      path: '/statusCode',
      expected: 'a refusal',
      found: 'statusCode 0',
    };
    return outcome === 'broken'
      ? []
      : [{ requirement: 'GE-DONE-1-SHOULD', findings: outcome === 'served' ? [served] : [] }];
  };

  return (exchange, outcome) => {
    const chatId = chatIdOf(exchange.request.url);
    const judged = credentials(exchange, outcome, chatId);
    if (exchange.action === 'requestchat')
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

function contentOf({ index, type, text, utcTime, from }: Members): string {
  const { nickname, participantId, type: kind } = membersOf(from);
  const content = JSON.stringify({ index, type, text, utcTime, from: { nickname, participantId, type: kind } });
  return content.length > longContent ? `${content.slice(0, longContent)}… (${content.length} characters)` : content;
}

function changed(found: string, expected: string, message: string, index: number): Finding {
  return { message, path: '/messages', expected, found: `of index ${index}: ${found}` };
}
