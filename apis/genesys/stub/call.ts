import type { Answer } from '../../../src/stub/answer.js';
import type { AnswerHook } from '../../../src/stub/mutation.js';
import type { ChatMember, GenesysActionName } from '../actions.js';
import type { Chat, Event, Json, Participant, Refusal } from './model.js';

/** Everything a Genesys stub remembers, with the behaviour it was made with. */
export interface GenesysState {
  seed: number;
  /** The clock, epoch milliseconds. */
  now: () => number;
  behaviour: GenesysBehaviour;
  /** Changes made to answers just before they are sent, in order. */
  answerHooks: readonly AnswerHook<Call>[];
  /** In the order of their opening. */
  chats: Chat[];
  /** Calls so far, by action. */
  counts: Map<string, number>;
  /** For faults and variants that must remember something from one call to the next; keys are their ids. */
  notes: Map<string, unknown>;
}

/** One request on its way through the stub. */
export interface Call {
  action: GenesysActionName | 'unknown';
  request: { method: string; url: URL; text: string };
  /** The chat that the address names; '' for Request Chat. */
  chatId: string;
  /** `{}` until the body has been read. */
  body: Json;
  /** Set once the chat is found, before the caller's right to it is looked at. */
  chat?: Chat;
  /** Set when the call is refused. */
  refusal?: Refusal;
  /** What it has taken along from its arrival. */
  taken: unknown;
  /** This call's number among those of its action, from 1. */
  count: number;
  /** This call's number among all calls, from 1. */
  total: number;
  state: GenesysState;
  behaviour: GenesysBehaviour;
}

/**
 * Every decision that a server could take wrongly, each a small function.
 * The functions call each other through `call.behaviour`, so that a change of one is felt by all who use it.
 */
export interface GenesysBehaviour
  extends SetupBehaviour,
    AccessBehaviour,
    InputBehaviour,
    TranscriptBehaviour,
    CommandBehaviour,
    AnswerBehaviour {}

/** What the server gives to new chats, what others do in them, and its clock. */
export interface SetupBehaviour {
  /** The server's clock, epoch milliseconds. */
  now(call: Call): number;
  /** The id of the chat with this number, from 1. */
  chatId(call: Call, number: number): string;
  userId(call: Call, number: number): string;
  secureKey(call: Call, number: number): string;
  alias(call: Call, number: number): string;
  /** Whoever else is in a chat from the start. */
  external(): Participant;
  /** What others do when a chat is opened. */
  arrive(call: Call, chat: Chat): void;
  /** What others do behind an event of the client. */
  interject(call: Call, chat: Chat): void;
  /** How long a chat lives whose client does not poll, milliseconds. */
  idleMs(): number;
  /** Runs as soon as a call comes in, before its body is read: what a call takes along from then is as old when it is served. */
  onArrival(state: GenesysState, chatId: string): unknown;
  /** Runs before each call is looked at. */
  before(call: Call): void;
}

/** Which chat a call is about, and whether the caller may. Each function throws a Refusal to refuse. */
export interface AccessBehaviour {
  /** The chat that the address names. */
  chatOf(call: Call): Chat;
  /** Refuses where a member that every action on a chat requires is missing. */
  requireMember(call: Call, member: ChatMember): void;
  /** Is this the user of the chat? */
  checkUserId(call: Call, chat: Chat): void;
  /** Is this the key of the chat? */
  checkSecureKey(call: Call, chat: Chat): void;
  /** Is the chat still open, where the action needs that? */
  checkOpen(call: Call, chat: Chat): void;
}

/** Reading what the caller sends. Each function throws a Refusal to refuse. */
export interface InputBehaviour {
  /** Refuses methods other than POST. */
  checkMethod(call: Call): void;
  /** The JSON object of the request. */
  readBody(call: Call): Json;
  /** Refuses documented members of the wrong type. */
  checkMembers(call: Call): void;
  /** The text of a required member of the action's own. */
  readText(call: Call, member: 'nickname' | 'tenantName' | 'text' | 'pushUrl'): string;
  /** The text of a typing notification. */
  readTyped(call: Call): string | undefined;
  /** The object of Update User Data. */
  readUserData(call: Call): Json;
  /** The first index that Get Messages is asked for. */
  readPosition(call: Call): number;
  /** Largest text that is taken, bytes. */
  largestText(): number;
}

/** Writing, numbering, choosing and showing the events of a chat. */
export interface TranscriptBehaviour {
  /** The index of the chat's next event. */
  nextIndex(call: Call, chat: Chat): number;
  /** The `utcTime` of an event that happens now. */
  stamp(call: Call, chat: Chat): number;
  /** Writes an event into the transcript. */
  append(call: Call, chat: Chat, from: Participant, type: string, text?: string): void;
  /** The events that a transcript shows, in its order. */
  eventsOf(call: Call, chat: Chat): Event[];
  /** Those of a transcript that Get Messages answers from a position on. */
  since(call: Call, events: readonly Event[], position: number): Event[];
  /** An event as an answer shows it. */
  showEvent(call: Call, chat: Chat, event: Event): Event;
  /** The `chatEnded` of Get Messages. */
  showEnded(call: Call, chat: Chat): unknown;
}

/** What the client of a chat makes the server do. */
export interface CommandBehaviour {
  /** Opens a chat for a Request Chat. */
  open(call: Call): Chat;
  /** The events that Request Chat answers. */
  firstEvents(call: Call, chat: Chat): number;
  say(call: Call, chat: Chat, text: string): void;
  type(call: Call, chat: Chat, type: 'TypingStarted' | 'TypingStopped', text: string | undefined): void;
  rename(call: Call, chat: Chat, nickname: string): void;
  push(call: Call, chat: Chat, url: string): void;
  attach(call: Call, chat: Chat, data: Json): void;
  end(call: Call, chat: Chat): void;
}

/** The form of what is sent back. */
export interface AnswerBehaviour {
  /** The members that nearly every success carries. */
  envelope(call: Call, chat: Chat): Json;
  /** The answer of a call that was served. */
  succeed(call: Call, members: Json): Answer;
  /** The answer of a call that was refused. */
  refuse(call: Call, refusal: Refusal): Answer;
}
