/** What a model knows of a chat server: the chats of a sequence, and what their transcripts showed. Plain data. */
import type { FileLimits, OperationName } from '../dialect.js';
import type { Event } from '../events.js';

export type { Event };

/** What the client of a chat did, which its transcript shows as an event of the client. */
export interface Own {
  operation: OperationName | 'upload' | 'remove';
  /** The type of the event. */
  type: string;
  /** '' where none was sent. */
  text: string;
  /** The event need not hold the text. */
  isTextOpen?: true;
  /** What its sender called its kind. */
  kind?: string;
  /** The event bears one of these nicknames. */
  names: readonly string[];
  /** Whether the event may be left out. */
  optional: boolean;
}

/** A file that a client sent into its chat. */
export interface Sent {
  id: string;
  content: string;
  is: 'there' | 'gone' | 'doubtful';
}

/** A chat in the hands of its client. */
export interface Chat {
  id: string;
  actor: string;
  /** The one that it was opened with. */
  secureKey: string;
  /** Every userId and secureKey that an answer gave for it. */
  given: readonly string[];
  /** The client's nickname is one of these: an odd one may have been taken or not. */
  names: readonly string[];
  /** In the order of the calls. */
  own: readonly Own[];
  /** As first seen, ascending by index. */
  events: readonly Event[];
  /** `over`: its client ended it. `doubtful`: a server may have ended it, over wrong credentials that somebody tried or for want of a poll. */
  is: 'open' | 'over' | 'doubtful';
  /** When its transcript was last asked for, epoch milliseconds. */
  polledAt: number;
  /** Whether its client types; `undefined` where a server may see that one way or the other. */
  types?: boolean;
  files: readonly Sent[];
  /** What the chat lets its client do with files now; left out until the server said so. */
  limits?: FileLimits;
  /** The first indexes that an answer told its client to go on behind without having shown them: from one up to, but not with, the other. */
  skipped?: readonly [number, number];
  /** When it was opened, epoch milliseconds. */
  openedAt: number;
  /** Texts that somebody without the right to it tried to bring into the chat. */
  tried: readonly string[];
}

export interface State {
  /** The chat that each actor opened last. */
  chats: Readonly<Record<string, Chat>>;
  /** Chats that are over and whose client has opened another. */
  past: readonly Chat[];
  clockToleranceMs: number;
}

/** Every chat, those in hand first. */
export function chatsOf({ chats, past }: State): Chat[] {
  return [...Object.values(chats), ...past];
}

/** The state with a chat in place of the one of its id. */
export function withChat(state: State, chat: Chat): State {
  if (state.chats[chat.actor]?.id === chat.id) return { ...state, chats: { ...state.chats, [chat.actor]: chat } };
  return { ...state, past: state.past.map((other) => (other.id === chat.id ? chat : other)) };
}

/** The events of a chat from index 1 on, up to the first that was not seen. */
export function prefixOf({ events }: Chat): readonly Event[] {
  const gap = events.findIndex(({ index }, i) => index !== i + 1);
  return gap === -1 ? events : events.slice(0, gap);
}

/** The highest index that was seen, 0 where none was. */
export function lastIndex({ events }: Chat): number {
  return events.at(-1)?.index ?? 0;
}
