import type { Answer } from '../../../src/stub/answer.js';
import type { AnswerHook } from '../../../src/stub/mutation.js';
import type { Channel, ChannelType, Json, Message, Parting, Refusal, RelationAction, User } from './model.js';

/** Everything a Relation stub remembers, with the behaviour it was made with. */
export interface RelationState {
  seed: number;
  /** The clock, epoch milliseconds. */
  now: () => number;
  behaviour: RelationBehaviour;
  /** Changes made to answers just before they are sent, in order. */
  answerHooks: readonly AnswerHook<Call>[];
  apiKey: string;
  /** By relationId. */
  users: Map<string, User>;
  /** Tokens that were good once. */
  expired: Set<string>;
  /** By uuid. */
  channels: Map<string, Channel>;
  /** The relationIds whom somebody follows, by the relationId of that user. */
  follows: Map<string, Set<string>>;
  /** Whose the tokens are that Auth has given. */
  issued: Map<string, string>;
  /** Calls so far, by action. */
  counts: Map<string, number>;
  /** Numbers for `arrival`. */
  next: () => number;
  /** For faults and variants that must remember something from one call to the next; keys are their ids. */
  notes: Map<string, unknown>;
}

/** One request on its way through the stub. */
export interface Call {
  action: RelationAction | 'unknown';
  request: { method: string; url: URL; headers: Headers; text: string };
  /** The JSON of a POST, the query of a GET; `{}` until it has been read. */
  members: Json;
  /** Set once the caller is known. */
  caller?: User;
  /** Set when the call is refused. */
  refusal?: Refusal;
  /** What it has taken along from its arrival. */
  taken: unknown;
  /** This call's number among those of its action, from 1. */
  count: number;
  /** This call's number among all calls, from 1. */
  total: number;
  state: RelationState;
  behaviour: RelationBehaviour;
}

/** A message as somebody wants it sent. */
export interface Draft {
  type: string;
  content: string;
  sendUuid: string;
  quoteId?: string;
  mentioned: readonly string[];
}

/**
 * Every decision that a server could take wrongly, each a small function.
 * The functions call each other through `call.behaviour`, so that a change of one is felt by all who use it.
 */
export interface RelationBehaviour
  extends SetupBehaviour,
    AccessBehaviour,
    InputBehaviour,
    MessageBehaviour,
    UserBehaviour,
    GroupBehaviour,
    ChatBehaviour,
    AnswerBehaviour {}

/** What the server knows before the first call, its clock and its ids. */
export interface SetupBehaviour {
  /** Messages in the channel at the start. */
  history(): number;
  /** The types of the messages at the start, in turn; SYS messages come from the system. */
  types(): readonly string[];
  /** The server's clock, epoch milliseconds. */
  now(call: Call): number;
  /** What becomes `createAt` of a message that arrived then, both in epoch milliseconds. */
  createAt(state: RelationState, arrivedAt: number): number;
  /** The id of a message that arrived then; `arrival` is a number that no other message has. */
  newId(arrivedAt: number, arrival: number): string;
  /** Who sends system messages. */
  systemId(channelUuid: string): string;
  /** Runs as soon as a call comes in, before its body is read: what a call takes along from then is as old when it is served. */
  onArrival(state: RelationState): unknown;
  /** Runs before each call is looked at. */
  before(call: Call): void;
}

/** Who calls, and what they may touch. Each function throws a Refusal to refuse. */
export interface AccessBehaviour {
  checkApiKey(call: Call, apiKey: string | null): void;
  /** The user of an `Authorization` header. */
  userOf(call: Call, authorization: string | null): User;
  /** Is this the token of the user? */
  sameToken(call: Call, token: string, user: User): boolean;
  /** May the user read this channel, and tell what of it was read? */
  authoriseReading(call: Call, channel: Channel, user: User): void;
  /** May the user send to this channel? */
  authoriseSending(call: Call, channel: Channel, user: User): void;
  /** May the user hide this message? */
  authoriseHiding(call: Call, message: Message, user: User): void;
}

/** Reading what the caller sends. Each function throws a Refusal to refuse. */
export interface InputBehaviour {
  /** The JSON object of a POST, the query of a GET. */
  readMembers(call: Call): Json;
  /** Refuses a call that names neither a channel nor a receiver. */
  checkReceiver(call: Call): void;
  /** The channel that `channelUuid`, else `toRelationId`, names. */
  channelOf(call: Call, user: User): Channel;
  /** The channel of the caller and somebody else alone; Send opens it where there is none. */
  directChannel(call: Call, user: User, relationId: string): Channel;
  /** The `limit` of List, after any clamping. */
  readLimit(call: Call): number;
  /** The largest page the server gives. */
  largestPage(call: Call): number;
  /** The `maxCreateAt` of List, epoch milliseconds; infinite when there is none. */
  readMaxCreateAt(call: Call): number;
  /** The message of a Send. */
  readDraft(call: Call): Draft;
  /** The `total` of Read. */
  readTotal(call: Call): number;
  /** The message of a Hide. */
  messageOf(call: Call, user: User): Message;
}

/** Storing, ordering, paging, showing, counting and hiding messages. */
export interface MessageBehaviour {
  /** Stores a message, or finds the one of that sender and sendUuid. */
  store(call: Call, channel: Channel, sender: User, draft: Draft): Message;
  /** The `data` of Send. */
  showSent(call: Call, message: Message): Json;
  /** The messages of a channel that the caller may see, in any order. */
  messagesOf(call: Call, channel: Channel, user: User): Message[];
  /** The server's own order, newest first. */
  order(call: Call, messages: readonly Message[]): Message[];
  /** Whether a message is not newer than the bound. */
  isWithin(call: Call, message: Message, maxCreateAt: number): boolean;
  /** The page of List, of messages in the server's order. */
  page(call: Call, ordered: readonly Message[], maxCreateAt: number, limit: number): Message[];
  /** A MessageInfo. */
  showMessage(call: Call, message: Message): Json;
  /** The `createAt` of a MessageInfo. */
  showCreateAt(call: Call, message: Message): unknown;
  /** The `quote` of a MessageInfo. */
  showQuote(call: Call, message: Message): unknown;
  /** The unread messages of one channel. */
  unreadIn(call: Call, channel: Channel, user: User): Message[];
  /** The `data` of Unread count. */
  countUnread(call: Call, user: User): Json;
  /** Carries out Read; gives its `data`. */
  markRead(call: Call, channel: Channel, user: User, total: number): unknown;
  /** Carries out Hide. */
  hide(call: Call, message: Message, user: User): void;
}

/** Who users are, and what Auth gives them. Each function throws a Refusal to refuse. */
export interface UserBehaviour {
  /** The user of an `I-Authorization` header. */
  addressOwner(call: Call, authorization: string | null): User;
  /** A token that is good from now on. */
  newToken(call: Call, user: User): string;
  /** Whom User Info is asked for. */
  userAsked(call: Call, user: User): User;
  /** A UserInfo. */
  showUser(call: Call, user: User): Json;
  /** Carries out Follow or Unfollow. */
  setFollow(call: Call, user: User, other: User, isOn: boolean): void;
}

/** A group as somebody wants it made. */
export interface GroupDraft {
  name: string;
  type: ChannelType;
  /** The relationIds that are named. */
  named: readonly string[];
}

/** Making groups, who may do what to them, and how they are shown. Each function throws a Refusal to refuse. */
export interface GroupBehaviour {
  readGroup(call: Call): GroupDraft;
  newUuid(call: Call): string;
  /** The relationIds of the members of a new group. */
  firstMembers(call: Call, user: User, draft: GroupDraft): string[];
  /** Makes a group. */
  open(call: Call, user: User, draft: GroupDraft): Channel;
  /** Tells in a new group that it was made. */
  tellOpened(call: Call, channel: Channel, user: User): void;
  /** The group that `channelUuid` names. */
  groupOf(call: Call): Channel;
  /** May the user see the group and its members? */
  authoriseSeeing(call: Call, channel: Channel, user: User): void;
  /** May the user see the announcement? */
  authoriseNews(call: Call, channel: Channel, user: User): void;
  /** May the user change the group? */
  authoriseRuling(call: Call, channel: Channel, user: User): void;
  authoriseJoining(call: Call, channel: Channel, user: User): void;
  /** May its members change at all? */
  authoriseParting(call: Call, channel: Channel, user: User): void;
  enter(call: Call, channel: Channel, relationId: string): void;
  part(call: Call, channel: Channel, relationId: string, how: Parting): void;
  dismiss(call: Call, channel: Channel): void;
  crown(call: Call, channel: Channel, relationId: string): void;
  setNews(call: Call, channel: Channel, announcement: string, pinAnnouncement: boolean): void;
  isAdmin(call: Call, channel: Channel, relationId: string): boolean;
  /** A ChannelDetailInfo. */
  showGroup(call: Call, channel: Channel, user: User): Json;
  showMembers(call: Call, channel: Channel): unknown[];
  showNews(call: Call, channel: Channel): Json;
}

/** The list of chats, and what its owner does to them. */
export interface ChatBehaviour {
  /** The chats of a user, in any order. */
  chatsOf(call: Call, user: User): Channel[];
  /** Whether a chat fits the keyword. */
  fits(call: Call, channel: Channel, user: User, keyword: string): boolean;
  orderChats(call: Call, chats: readonly Channel[]): Channel[];
  /** The chats behind a cursor. */
  behind(call: Call, chats: readonly Channel[], cursor: string): readonly Channel[];
  /** The `data` of a page. */
  showChats(call: Call, page: readonly Channel[], user: User, isLast: boolean): Json;
  /** A ChannelInfo. */
  showChat(call: Call, channel: Channel, user: User): Json;
  nameOf(call: Call, channel: Channel, user: User): string;
  statusOf(call: Call, channel: Channel, user: User): unknown;
  lastOf(call: Call, channel: Channel, user: User): Message | undefined;
  setFlag(call: Call, channel: Channel, user: User, flag: 'pin' | 'mute', isOn: boolean): void;
  hideChat(call: Call, channel: Channel, user: User): void;
}

/** The form of what is sent back. */
export interface AnswerBehaviour {
  /** The answer of a call that was served. */
  succeed(call: Call, data: unknown): Answer;
  /** The answer of a call that was refused. */
  refuse(call: Call, refusal: Refusal): Answer;
  /** The code of a refusal. */
  codeOf(call: Call, refusal: Refusal): string;
  /** The `desc` of an answer; `words` say what happened, for codes without a documented text. */
  textOf(call: Call, code: string, words: string): string;
}
