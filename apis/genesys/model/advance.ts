import type { Exchange } from '../../../src/exchange/index.js';
import { isOdd } from '../../../src/explore/values.js';
import { objectOf, objectsOf } from '../../../src/passive/json.js';
import { type GenesysActionName, genesysOutcome, genesysPath } from '../actions.js';
import { type Chat, chatsOf, type Event, type Own, type State, withChat } from './state.js';

/** One answer in the state that it came to, read once for every rule. */
export interface Seen {
  exchange: Exchange;
  action: GenesysActionName;
  outcome: ReturnType<typeof genesysOutcome>;
  asked: Record<string, unknown>;
  body: Record<string, unknown>;
  before: State;
  after: State;
  /** The chat that the address names, before the call. */
  chat?: Chat;
  /** The same chat after it. */
  next?: Chat;
  /** Whether the caller has the credentials of the chat. */
  isEntitled: boolean;
  /** The events of the answer. */
  events: readonly Event[];
  /** From which index on was asked; 1 where left out. */
  position: number;
}

/** Longer nicknames may be refused. */
const longestNickname = 64;

/** Whether a server may refuse what a call brings, though it is of the documented form. */
export function mayRefuse(action: string, members: Readonly<Record<string, unknown>>): boolean {
  const { text, nickname, userData } = members;
  if (typeof text === 'string' && isOdd(text)) return true;
  if (typeof nickname === 'string' && (isOdd(nickname) || nickname.length > longestNickname)) return true;
  return action === 'updateuserdata' && Object.keys(objectOf(userData) ?? {}).length === 0;
}

/** Reads an answer, and what it makes of the state. */
export function read(before: State, exchange: Exchange): Seen {
  const action = exchange.action as GenesysActionName;
  const isNew = action === 'requestchat';
  const named = chatsOf(before).find(({ id }) => !isNew && exchange.request.url.endsWith(genesysPath(action, id)));
  const chat = named && aged(named, exchange.startedAt);
  const asked = objectOf(exchange.request.json) ?? {};
  const body = objectOf(exchange.response.json) ?? {};
  const outcome = genesysOutcome(exchange);
  const isEntitled = chat === undefined || (asked.userId === chat.userId && asked.secureKey === chat.secureKey);
  const position = typeof asked.transcriptPosition === 'number' ? asked.transcriptPosition : 1;
  const seen = { exchange, action, outcome, asked, body, before, chat, isEntitled, events: eventsIn(body), position };
  if (isNew) return { ...seen, after: outcome === 'served' ? opened(seen, before) : before };
  if (chat === undefined) return { ...seen, after: before };
  const next = isEntitled ? moved(seen, chat) : tried(seen, chat);
  return { ...seen, next, after: withChat(before, next) };
}

/** Without a poll for so long a server may have ended a chat: 45 seconds is the default. */
const longestIdleMs = 30_000;

function aged(chat: Chat, now: number): Chat {
  return chat.is === 'open' && now - chat.polledAt > longestIdleMs ? { ...chat, is: 'doubtful' } : chat;
}

/** The events in the answer of Get Messages or Request Chat; those without an index are left out. */
export function eventsIn(body: Record<string, unknown>): Event[] {
  return objectsOf(body.messages).flatMap((event): Event[] => {
    const { index, type, text, utcTime } = event;
    const { nickname, participantId, type: kind } = objectOf(event.from) ?? {};
    return typeof index === 'number'
      ? [{ index, type, text, utcTime, from: { nickname, participantId, type: kind } }]
      : [];
  });
}

type Parts = Omit<Seen, 'after' | 'next'>;

function opened({ exchange, asked, body, events }: Parts, before: State): State {
  const { actor } = exchange;
  const old = before.chats[actor];
  const chat: Chat = {
    id: String(body.chatId),
    actor,
    userId: String(body.userId),
    secureKey: String(body.secureKey),
    names: [String(asked.nickname)],
    own: [],
    events,
    is: 'open',
    types: false,
    polledAt: exchange.startedAt,
    tried: [],
  };
  return {
    chats: { ...before.chats, [actor]: chat },
    past: old === undefined ? before.past : [...before.past, old],
  };
}

/** Somebody without the right to it called: it must stay as it is. */
function tried({ asked }: Parts, chat: Chat): Chat {
  const texts = [asked.text, asked.nickname, asked.pushUrl].filter((text) => typeof text === 'string');
  return { ...chat, is: chat.is === 'over' ? 'over' : 'doubtful', tried: [...chat.tried, ...texts] };
}

function moved(seen: Parts, chat: Chat): Chat {
  const { action, outcome, asked, events } = seen;
  if (action === 'getmessages') {
    const polledAt = seen.exchange.startedAt;
    return outcome === 'served' ? { ...chat, polledAt, events: merged(chat.events, events) } : chat;
  }
  if (outcome === 'refused') return chat;
  // An answer that means neither leaves open what was done.
  const isSure = outcome === 'served' && chat.is === 'open';
  const own = (type: Own['type'], text: unknown, more: Partial<Own> = {}): readonly Own[] => [
    ...chat.own,
    { type, text: typeof text === 'string' ? text : '', names: chat.names, optional: !isSure, ...more },
  ];
  switch (action) {
    case 'sendmessage':
      return { ...chat, own: own('Message', asked.text), types: undefined };
    case 'starttyping':
      return {
        ...chat,
        own: own('TypingStarted', asked.text, { optional: !isSure || chat.types !== false }),
        types: true,
      };
    case 'stoptyping':
      return {
        ...chat,
        own: own('TypingStopped', asked.text, { optional: !isSure || chat.types !== true }),
        types: false,
      };
    case 'sendurl':
      return { ...chat, own: own('Notice', asked.pushUrl) };
    case 'updatenickname':
      return renamed(chat, String(asked.nickname), isSure, own);
    case 'updateuserdata':
      return asked.text === undefined ? chat : { ...chat, own: own('Message', asked.text, { optional: true }) };
    default:
      return { ...chat, is: isSure ? 'over' : 'doubtful' };
  }
}

function renamed(
  chat: Chat,
  name: string,
  isSure: boolean,
  own: (type: Own['type'], text: unknown, more: Partial<Own>) => readonly Own[],
): Chat {
  const isTaken = isSure && !mayRefuse('updatenickname', { nickname: name });
  const either = [...new Set([...chat.names, name])];
  return {
    ...chat,
    names: isTaken ? [name] : either,
    // The Notice may come before the change or behind it; a name that is no other need not be told.
    own: own('Notice', name, { names: either, ofRename: true, optional: !isTaken || chat.names.includes(name) }),
  };
}

function merged(known: readonly Event[], shown: readonly Event[]): readonly Event[] {
  const indexes = new Set(known.map(({ index }) => index));
  const fresh = shown.filter(({ index }) => !indexes.has(index));
  return fresh.length === 0 ? known : [...known, ...fresh].sort((a, b) => a.index - b.index);
}
