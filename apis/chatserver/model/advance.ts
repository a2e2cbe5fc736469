import type { Exchange } from '../../../src/exchange/index.js';
import type { Outcome } from '../../../src/exchange/outcome.js';
import { isOdd } from '../../../src/explore/values.js';
import { objectOf } from '../../../src/passive/json.js';
import { type Dialect, operationOf, positionOf } from '../dialect.js';
import { type Event, eventsIn } from '../events.js';
import { withFiles } from './files.js';
import { type Chat, chatsOf, lastIndex, type Own, type State, withChat } from './state.js';

/** One answer in the state that it came to, read once for every rule. */
export interface Seen {
  dialect: Dialect;
  exchange: Exchange;
  action: string;
  outcome: Outcome;
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
export function mayRefuse(dialect: Dialect, action: string, members: Readonly<Record<string, unknown>>): boolean {
  const { nickname, userData } = members;
  const text = members[dialect.operations.say.member];
  if (typeof text === 'string' && isOdd(text)) return true;
  if (typeof nickname === 'string' && (isOdd(nickname) || nickname.length > longestNickname)) return true;
  return action === dialect.actions.attach && Object.keys(objectOf(userData) ?? {}).length === 0;
}

/** Reads an answer, and what it makes of the state. */
export function read(dialect: Dialect, before: State, exchange: Exchange): Seen {
  const { action } = exchange;
  const isNew = action === dialect.actions.open;
  const about = dialect.chatIdOf(exchange.request.url);
  const named = chatsOf(before).find(({ id }) => !isNew && id === about);
  const chat = named && aged(named, exchange.startedAt);
  const asked = objectOf(exchange.request.json) ?? {};
  const body = objectOf(exchange.response.json) ?? {};
  const outcome = dialect.outcome(exchange);
  const isGiven = (value: unknown) => chat?.given.some((given) => given === value) === true;
  const isEntitled = chat === undefined || (isGiven(asked.userId) && isGiven(asked.secureKey));
  const position = positionOf(asked) ?? 1;
  const seen = {
    dialect,
    exchange,
    action,
    outcome,
    asked,
    body,
    before,
    chat,
    isEntitled,
    events: eventsIn(body),
    position,
  };
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

type Parts = Omit<Seen, 'after' | 'next'>;

function opened({ exchange, asked, body, events }: Parts, before: State): State {
  const { actor } = exchange;
  const old = before.chats[actor];
  const chat: Chat = {
    id: String(body.chatId),
    actor,
    secureKey: String(body.secureKey),
    given: [String(body.userId), String(body.secureKey)],
    names: firstNames(String(asked.nickname), events),
    own: [],
    events,
    openedAt: exchange.startedAt,
    files: [],
    is: 'open',
    types: false,
    polledAt: exchange.startedAt,
    tried: [],
  };
  return {
    ...before,
    chats: { ...before.chats, [actor]: chat },
    past: old === undefined ? before.past : [...before.past, old],
  };
}

/** Where the nickname asked for is none, a server may make one of the other names. */
function firstNames(asked: string, [joined]: readonly Event[]): string[] {
  return asked.trim() === '' && joined !== undefined ? [asked, String(joined.from.nickname)] : [asked];
}

/** Somebody without the right to it called: it must stay as it is. */
function tried({ asked, dialect }: Parts, chat: Chat): Chat {
  const texts = Object.values(dialect.operations)
    .map(({ member }) => asked[member])
    .filter((text) => typeof text === 'string');
  return { ...chat, is: chat.is === 'over' ? 'over' : 'doubtful', tried: [...chat.tried, ...texts] };
}

function moved(seen: Parts, chat: Chat): Chat {
  const { dialect, action, outcome, asked, events } = seen;
  const kept = outcome === 'served' ? renewed(seen, chat) : chat;
  if (action === dialect.actions.read) {
    const polledAt = seen.exchange.startedAt;
    return outcome === 'served'
      ? { ...kept, polledAt, ...skipped(seen, kept), events: merged(kept.events, events) }
      : kept;
  }
  const filed = withFiles(seen, kept);
  if (filed !== undefined && filed.operation === undefined) return filed.chat;
  if (outcome === 'refused') return chat;
  // An answer that means neither leaves open what was done.
  const isSure = outcome === 'served' && chat.is === 'open';
  if (action === dialect.actions.end) return { ...kept, is: isSure ? 'over' : 'doubtful' };
  const operation = operationOf(dialect, action);
  const text = asked[operation?.member ?? dialect.operations.say.member];
  const own = (name: Own['operation'], more: Partial<Own> = {}): readonly Own[] => [
    ...chat.own,
    {
      operation: name,
      text: typeof text === 'string' ? text : '',
      ...shownAs(dialect, name),
      names: chat.names,
      optional: !isSure,
      ...more,
    },
  ];
  if (filed?.operation !== undefined) return { ...filed.chat, own: own(filed.operation) };
  if (operation === undefined) return text === undefined ? kept : { ...kept, own: own('say', { optional: true }) };
  switch (operation.name) {
    case 'say': {
      const { messageType } = asked;
      const kind = typeof messageType === 'string' && { kind: messageType };
      return { ...kept, own: own('say', { ...kind }), types: undefined };
    }
    case 'start':
      return { ...kept, own: own('start', { optional: !isSure || chat.types !== false }), types: true };
    case 'stop':
      return { ...kept, own: own('stop', { optional: !isSure || chat.types !== true }), types: false };
    case 'rename':
      return renamed(seen, kept, isSure, own);
    default:
      return { ...kept, own: own(operation.name) };
  }
}

/** How what a client did shows. */
function shownAs({ operations, files }: Dialect, name: Own['operation']): Pick<Own, 'type' | 'isTextOpen'> {
  if (name === 'upload' || name === 'remove') return { type: files?.types[name] ?? '', isTextOpen: true };
  return { type: operations[name]?.type ?? '', ...(operations[name]?.isTextOpen && { isTextOpen: true }) };
}

/** What an answer would have its client go on behind, without having shown it. */
function skipped({ body, events, position }: Parts, chat: Chat): Pick<Chat, 'skipped'> {
  const next = body.nextPosition;
  const shown = events.map(({ index }) => index);
  const due = 1 + (shown.length > 0 ? Math.max(...shown) : Math.max(position - 1, lastIndex(chat)));
  return chat.skipped === undefined && typeof next === 'number' && next > due ? { skipped: [due, next] } : {};
}

/** The chat with the credentials that an answer gave anew. */
function renewed({ dialect, body }: Parts, chat: Chat): Chat {
  const fresh = (['userId', 'secureKey'] as const)
    .filter((name) => dialect.renewed.includes(name))
    .flatMap((name) => (typeof body[name] === 'string' ? [body[name]] : []))
    .filter((value) => !chat.given.includes(value));
  return fresh.length === 0 ? chat : { ...chat, given: [...chat.given, ...fresh] };
}

function renamed(
  { dialect, action, asked }: Parts,
  chat: Chat,
  isSure: boolean,
  own: (operation: 'rename', more: Partial<Own>) => readonly Own[],
): Chat {
  const name = String(asked.nickname);
  const isTaken = isSure && !mayRefuse(dialect, action, { nickname: name });
  const either = [...new Set([...chat.names, name])];
  // The event may come before the change or behind it; a name that is no other need not be told.
  const all = own('rename', { names: either, optional: !isTaken || chat.names.includes(name) });
  return {
    ...chat,
    names: isTaken ? [name] : either,
    // What is done to a file may show only once a server is through with it, under the nickname of then.
    own: all.map((each) =>
      each.operation === 'upload' || each.operation === 'remove' ? { ...each, names: [...each.names, name] } : each,
    ),
  };
}

function merged(known: readonly Event[], shown: readonly Event[]): readonly Event[] {
  const indexes = new Set(known.map(({ index }) => index));
  const fresh = shown.filter(({ index }) => !indexes.has(index));
  return fresh.length === 0 ? known : [...known, ...fresh].sort((a, b) => a.index - b.index);
}
