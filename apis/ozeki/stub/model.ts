import { type Answer, RefusalOf } from '../../../src/stub/answer.js';
import type { OzekiBehaviour } from './behaviour/index.js';

export type { Answer } from '../../../src/stub/answer.js';

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

/** Everything an Ozeki stub remembers, with the behaviour it was made with. */
export interface OzekiState {
  seed: number;
  /** The clock, epoch milliseconds. */
  now: () => number;
  behaviour: OzekiBehaviour;
  /** Changes made to answers just before they are sent, in order. */
  answerHooks: readonly AnswerHook[];
  users: Map<string, User>;
  conversations: Map<string, Conversation>;
  /** By station id. */
  sessions: Map<string, Session>;
  /** Registered workspaces, lower case, with the id of their owner. */
  workspaces: Map<string, string>;
  /** Calls so far, by action. */
  counts: Map<string, number>;
  /** Numbers for `arrival` and for whatever must be fresh. */
  next: () => number;
  /** For faults and variants that must remember something from one call to the next; keys are their ids. */
  notes: Map<string, unknown>;
}

/** One request on its way through the stub. */
export interface Call {
  action: OzekiAction | 'unknown';
  request: { method: string; url: URL; headers: Headers; text: string };
  /** `{}` until the body has been read. */
  body: Json;
  /** Set once the caller is known. */
  caller?: User;
  /** Set once the conversation is found, before the caller's right to it is looked at. */
  conversation?: Conversation;
  /** Set when the call is refused. */
  refusal?: Refusal;
  /** This call's number among those of its action, from 1. */
  count: number;
  /** This call's number among all calls, from 1. */
  total: number;
  state: OzekiState;
  behaviour: OzekiBehaviour;
}

/** Why a call is refused: not POST, unreadable, too big, no such action, who are you, not yours, no such conversation, bad input. */
export type RefusalKind = 'method' | 'body' | 'size' | 'action' | 'credentials' | 'stranger' | 'conversation' | 'input';

/** Refuses a call. */
export class Refusal extends RefusalOf<RefusalKind> {}

/** Changes one answer just before it is sent. */
export type AnswerHook = (answer: Answer, call: Call) => Answer;
