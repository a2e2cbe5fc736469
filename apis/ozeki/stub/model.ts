import { RefusalOf } from '../../../src/stub/answer.js';

/** The nineteen documented actions, by the names that the files of an action bear. */
export type OzekiAction =
  | 'login'
  | 'useravailable'
  | 'friends'
  | 'viewed'
  | 'notification'
  | 'list'
  | 'downloadpartial'
  | 'add'
  | 'clear'
  | 'favorite'
  | 'unfavorite'
  | 'setlistitembackgroundcolor'
  | 'download'
  | 'mute'
  | 'unmute'
  | 'hide'
  | 'unhide'
  | 'blocklist'
  | 'workspaceregister';

/** A JSON object, of a request or of an answer. */
export type Json = Record<string, unknown>;

/** What a person logs in with. */
export interface Account {
  email: string;
  apikey: string;
  station: string;
  signature: string;
  /** In a target: ids of conversations that List must give. */
  conversations?: string[];
}

/** A user of the chat server. */
export interface User extends Account {
  /** md5 of the address. Lower case whatever the answers show. */
  id: string;
  fullname: string;
  nick: string;
  /** Base64 of a DER RSA public key. */
  publicKey: string;
  availability: string;
  /** Ids of the user's friends. */
  friends: Set<string>;
}

/** Something with a place in a conversation's history. */
export interface Entry {
  id: string;
  type: string;
  /** Unix seconds, UTC. */
  created: number;
  /** The order of arrival over the whole stub. */
  arrival: number;
}

export interface Message extends Entry {
  /** Id of the user who sent it. */
  from: string;
  /** Unix seconds, UTC. */
  validUntil: number;
  data: string;
}

export interface Report extends Entry {
  messageId: string;
  /** Id of the user on whose device it came about. */
  by: string;
}

/** What one user has set on one conversation. */
export interface Flags {
  ismuted: boolean;
  isfavorite: boolean;
  /** '' when not hidden. */
  hideid: string;
  listitembackgroundcolor: string;
}

export interface Conversation {
  id: string;
  isgroup: boolean;
  /** Ids of the users, ascending. */
  participants: string[];
  /** In order of arrival. */
  messages: Message[];
  reports: Report[];
  /** Unix seconds of the newest message; a clear leaves it. */
  lastAccess: number;
  instance: string;
  /** How often it was cleared. */
  clears: number;
  /** By user id; a user without an entry has set nothing. */
  flags: Map<string, Flags>;
}

/** What waits for one station until it fetches its notifications. */
export interface Queue {
  friendavailabilitesof: string[];
  conversationchangedof: string[];
  conversationlistchangedof: string[];
}

/** A station that has logged in. */
export interface Session {
  userId: string;
  queue: Queue;
}

/** Why a call is refused: not POST, unreadable, too big, no such action, who are you, not yours, no such conversation, bad input. */
export type RefusalKind = 'method' | 'body' | 'size' | 'action' | 'credentials' | 'outsider' | 'conversation' | 'input';

/** Refuses a call. */
export class Refusal extends RefusalOf<RefusalKind> {}
