import type { Answer } from '../../../src/stub/answer.js';
import type { AnswerHook } from '../../../src/stub/mutation.js';
import type {
  Conversation,
  Entry,
  Flags,
  Json,
  Message,
  OzekiAction,
  Queue,
  Refusal,
  Report,
  Session,
  User,
} from './model.js';

/** Everything an Ozeki stub remembers, with the behaviour it was made with. */
export interface OzekiState {
  seed: number;
  /** The clock, epoch milliseconds. */
  now: () => number;
  behaviour: OzekiBehaviour;
  /** Changes made to answers just before they are sent, in order. */
  answerHooks: readonly AnswerHook<Call>[];
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
  /** What it has taken along from its arrival. */
  taken: unknown;
  /** This call's number among those of its action, from 1. */
  count: number;
  /** This call's number among all calls, from 1. */
  total: number;
  state: OzekiState;
  behaviour: OzekiBehaviour;
}

/** The headers that carry credentials. */
export type CredentialHeader = 'Ozeki-Signature' | 'Ozeki-Station' | 'Ozeki-User';

/** A message as uploaded. */
export interface Upload {
  id: string;
  type: string;
  /** Unix seconds, UTC. */
  created: number;
  validUntil: number;
  data: string;
}

/** Where a page ends or a download starts. */
export interface Cursor {
  /** '' when the caller knows none. */
  id: string;
  /** Unix seconds; undefined when the caller gives none. */
  date: number | undefined;
}

/** Which of a conversation's two histories. */
export type Kind = 'messages' | 'reports';

/**
 * Every decision that a server could take wrongly, each a small function.
 * The functions call each other through `call.behaviour`, so that a change of one is felt by all who use it.
 */
export interface OzekiBehaviour
  extends SetupBehaviour,
    AccessBehaviour,
    InputBehaviour,
    MessageBehaviour,
    ConversationBehaviour,
    PeopleBehaviour,
    AnswerBehaviour {}

/** What the server knows before the first call, and its clock. */
export interface SetupBehaviour {
  /** Messages at the start in each conversation of a pair, and in each with the common friend. */
  history(): { pair: number; friend: number };
  /** Does each pair also share a group conversation with the common friend? */
  hasGroups(): boolean;
  /** The `availability` of a user who is not available. */
  away(): string;
  /** The id of a report; `unique` is a text that no other report has. */
  reportId(unique: string): string;
  /** The id of the conversation of these users (ids ascending). */
  conversationId(participants: readonly string[]): string;
  /** The id of the group of these users (ids ascending). */
  groupId(participants: readonly string[]): string;
  /** The server's clock, epoch milliseconds. */
  now(call: Call): number;
  /** Writes a timestamp; `member` is the one it stands in. */
  formatTime(call: Call, seconds: number, member: 'Created' | 'ValidUntil'): string;
  /** Runs as soon as a call comes in, before its body is read: what a call takes along from then is as old when it is served. */
  onArrival(state: OzekiState): unknown;
  /** Runs before each call is looked at. */
  before(call: Call): void;
}

/** Who calls, and what they may touch. Each function throws a Refusal to refuse. */
export interface AccessBehaviour {
  /** The value of a header that the action lists; refuses where it is missing or empty. */
  requireHeader(call: Call, header: CredentialHeader): string;
  /** The user of the `Ozeki-User` header. */
  userOf(call: Call, userId: string): User;
  /** Is this the signature of the user? */
  checkSignature(call: Call, user: User, signature: string): void;
  /** May the user call from this station? */
  checkStation(call: Call, user: User, station: string): void;
  /** The user of Login, by the `apikey` of the body. */
  userOfApikey(call: Call): User;
  /** Ties the station to the user at login. */
  openSession(call: Call, user: User, station: string): void;
  /** The user of Notification, by the station alone. */
  userOfStation(call: Call, station: string): User;
  /** May the user read or change this conversation? */
  authorise(call: Call, conversation: Conversation, user: User): void;
}

/** Reading what the caller sends. Each function throws a Refusal to refuse. */
export interface InputBehaviour {
  /** Refuses methods other than POST. */
  checkMethod(call: Call): void;
  /** The JSON object of the request. */
  readBody(call: Call): Json;
  /** Refuses documented members of the wrong type. */
  checkMembers(call: Call): void;
  /** The conversation that `conversationid` names. */
  conversationOf(call: Call): Conversation;
  /** The message of an Add. */
  readUpload(call: Call): Upload;
  /** One of the four cursors: `lastmessage` and `lastreport` of Partial download, `firstmessage` and `firstreport` of Download. */
  readCursor(call: Call, name: 'lastmessage' | 'lastreport' | 'firstmessage' | 'firstreport'): Cursor;
  /** The `limit` of Partial download, after any clamping. */
  readLimit(call: Call): number;
  /** The largest page the server gives. */
  largestPage(call: Call): number;
  /** Largest `Data` that is stored, bytes. */
  largestData(call: Call): number;
  /** What a flag action changes for the caller. */
  readFlags(call: Call): Partial<Flags>;
  /** The name of a Workspace registration. */
  readWorkspace(call: Call): string;
}

/** Storing, ordering, paging and showing messages and reports. */
export interface MessageBehaviour {
  /** Stores an uploaded message, or finds the one of that ID. */
  store(call: Call, conversation: Conversation, sender: User, upload: Upload): Message;
  /** What Add answers of the message. */
  echo(call: Call, message: Message): Json;
  /** Makes one report on a message. */
  addReport(call: Call, conversation: Conversation, type: 'delivered' | 'viewed', message: Message, by: User): void;
  /** Makes the reports of Report. */
  markViewed(call: Call, conversation: Conversation, viewer: User, messageIds: readonly string[]): void;
  /** The messages that the caller may see now, in any order. */
  messagesOf(call: Call, conversation: Conversation): Message[];
  /** The reports that the caller may see now, in any order. */
  reportsOf(call: Call, conversation: Conversation): Report[];
  /** The server's own order, oldest first. */
  order<T extends Entry>(call: Call, entries: readonly T[], kind: Kind): T[];
  /** The page before the cursor, of entries in the server's order. */
  page<T extends Entry>(call: Call, ordered: readonly T[], cursor: Cursor, limit: number, kind: Kind): T[];
  /** The order in which a page is sent. */
  arrangePage<T extends Entry>(call: Call, page: T[], kind: Kind): T[];
  /** What Download gives, from the first cursor on, of entries in the server's order. */
  since<T extends Entry>(call: Call, ordered: readonly T[], cursor: Cursor, kind: Kind): T[];
  /** A message of Partial download and Download. */
  showMessage(call: Call, message: Message): Json;
  /** A report of Partial download and Download. */
  showReport(call: Call, report: Report): Json;
  /** Empties the conversation. */
  clear(call: Call, conversation: Conversation, user: User): void;
  /** The `instance` of a conversation after a clear. */
  newInstance(call: Call, conversation: Conversation): string;
}

/** The conversation object, and the flags that a user sets on it. */
export interface ConversationBehaviour {
  /** The conversations that List shows the caller. */
  conversationsOf(call: Call, user: User): Conversation[];
  /** The conversation object as this user sees it. */
  showConversation(call: Call, conversation: Conversation, user: User): Json;
  /** The user's entry in `properties`. */
  showProperties(call: Call, conversation: Conversation, user: User): Json;
  /** The newest entry of a history: `lastmessageid`, `lastreportid`. */
  newest(call: Call, entries: readonly Entry[]): Entry | undefined;
  /** The flags of one user. */
  flagsOf(call: Call, conversation: Conversation, userId: string): Flags;
  /** Changes flags of one user. */
  setFlags(call: Call, conversation: Conversation, user: User, change: Partial<Flags>): void;
}

/** Login's answer, friends, availability, the blocklist, notifications, workspaces. */
export interface PeopleBehaviour {
  /** How a user id is shown, wherever one stands. */
  showUserId(call: Call, userId: string): string;
  /** The members of Login's answer. */
  showLogin(call: Call, user: User): Json;
  /** `listeners` of Login. */
  showListeners(call: Call): Json;
  /** `urls` of Login. */
  showUrls(call: Call): Json;
  /** `rsakey` of Login. */
  showRsaKey(call: Call, user: User): string;
  /** The friends that Friends / List shows. */
  friendsOf(call: Call, user: User): User[];
  /** The `friends` map. */
  showFriends(call: Call, friends: readonly User[]): Json;
  /** An entry of `availabilities`. */
  showAvailability(call: Call, friend: User): Json;
  /** Carries out Availability. */
  setAvailable(call: Call, user: User): void;
  /** The members of Blocklist's answer. */
  showBlocked(call: Call, user: User): Json;
  /** Queues an id for every station of these users but the calling one. */
  notify(call: Call, list: keyof Queue, id: string, userIds: readonly string[]): void;
  /** What Notification hands out, taken from the station's queue. */
  fetchQueue(call: Call, station: string): Queue;
  /** Carries out Workspace registration. */
  registerWorkspace(call: Call, user: User, name: string): void;
}

/** The form of what is sent back. */
export interface AnswerBehaviour {
  /** The answer of a call that was served. */
  succeed(call: Call, members: Json): Answer;
  /** The answer of a call that was refused. */
  refuse(call: Call, refusal: Refusal): Answer;
}
