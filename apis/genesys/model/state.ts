/** What the model of the Genesys API knows of a server: the chats of a sequence, and what their transcripts showed. Plain data. */

/** An event of a transcript as it was answered: what is documented of it, unchecked. */
export interface Event {
  index: number;
  type: unknown;
  text: unknown;
  utcTime: unknown;
  from: { nickname: unknown; participantId: unknown; type: unknown };
}

/** What the client of a chat did, which its transcript shows as an event of the client. */
export interface Own {
  type: 'Message' | 'TypingStarted' | 'TypingStopped' | 'Notice';
  /** '' where none was sent. */
  text: string;
  /** The event bears one of these nicknames. */
  names: readonly string[];
  /** Whether the event may be left out. */
  optional: boolean;
  /** Of a Notice: that of a new nickname; else that of a pushed URL. */
  ofRename?: true;
}

/** A chat in the hands of its client. */
export interface Chat {
  id: string;
  actor: string;
  userId: string;
  secureKey: string;
  /** The client's nickname is one of these: an odd one may have been taken or not. */
  names: readonly string[];
  /** In the order of the calls. */
  own: readonly Own[];
  /** As first seen, ascending by index. */
  events: readonly Event[];
  /** `over`: Complete was served. `doubtful`: a server may have ended it, over wrong credentials that somebody tried or for want of a poll. */
  is: 'open' | 'over' | 'doubtful';
  /** When its transcript was last asked for, epoch milliseconds. */
  polledAt: number;
  /** Whether its client types; `undefined` where a server may see that one way or the other. */
  types?: boolean;
  /** Texts that somebody without the right to it tried to bring into the chat. */
  tried: readonly string[];
}

export interface State {
  /** The chat that each actor opened last. */
  chats: Readonly<Record<string, Chat>>;
  /** Chats that are over and whose client has opened another. */
  past: readonly Chat[];
}

export const nothing: State = { chats: {}, past: [] };

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
