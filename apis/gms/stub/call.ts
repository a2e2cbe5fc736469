import type { Answer } from '../../../src/stub/answer.js';
import type { AnswerHook } from '../../../src/stub/mutation.js';
import type { GmsActionName } from '../actions.js';
import type { Chat, Event, File, Form, Json, Participant, Refusal, Said, Upload } from './model.js';

/** Everything a GMS stub remembers, with the behaviour it was made with. */
export interface GmsState {
  seed: number;
  /** The clock, epoch milliseconds. */
  now: () => number;
  behaviour: GmsBehaviour;
  /** Changes made to answers just before they are sent, in order. */
  answerHooks: readonly AnswerHook<Call>[];
  /** In the order of their opening. */
  chats: Chat[];
  /** Calls so far, by action. */
  counts: Map<string, number>;
}

/** One request on its way through the stub. */
export interface Call {
  action: GmsActionName | 'unknown';
  request: { method: string; url: URL; contentType: string; bytes: Buffer };
  /** What the address names; '' where it names none. */
  serviceName: string;
  chatId: string;
  fileId: string;
  /** What the body holds, where it is a form. */
  form?: Form;
  /** The members of the form; `{}` until it is known to be one. */
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
  state: GmsState;
  behaviour: GmsBehaviour;
}

/**
 * Every decision that a server could take wrongly, each a small function.
 * The functions call each other through `call.behaviour`, so that a change of one is felt by all who use it.
 */
export interface GmsBehaviour
  extends SetupBehaviour,
    AccessBehaviour,
    InputBehaviour,
    TranscriptBehaviour,
    CommandBehaviour,
    FileBehaviour,
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
  agent(): Participant;
  /** What others do when a chat is opened. */
  arrive(call: Call, chat: Chat): void;
  /** What others do behind an event of the client. */
  interject(call: Call, chat: Chat): void;
  /** How long a chat lives of whose client nothing is heard, milliseconds. */
  idleMs(): number;
  /** Runs as soon as a call comes in, before its body is read: what a call takes along from then is as old when it is served. */
  onArrival(state: GmsState, chatId: string): unknown;
  /** Runs before each call is looked at. */
  before(call: Call): void;
}

/** Which chat a call is about, and whether the caller may. Each function throws a Refusal to refuse. */
export interface AccessBehaviour {
  /** Is this a service of the server? */
  checkService(call: Call): void;
  /** The chat that the address names. */
  chatOf(call: Call): Chat;
  /** Is this the key of the chat? Who has another is put out of it. */
  checkSecureKey(call: Call, chat: Chat): void;
  /** Is this the user of the chat, where one is named? */
  checkUserId(call: Call, chat: Chat): void;
  /** Does the chat go by this alias, where one is named? */
  checkAlias(call: Call, chat: Chat): void;
  /** Is the chat still open, where the action needs that? */
  checkOpen(call: Call, chat: Chat): void;
}

/** Reading what the caller sends. Each function throws a Refusal to refuse. */
export interface InputBehaviour {
  /** Refuses methods other than POST. */
  checkMethod(call: Call): void;
  /** The members of the form that was sent. */
  readForm(call: Call): Json;
  /** The text of a required member of the action's own. */
  readText(call: Call, member: 'message' | 'nickname' | 'pushUrl'): string;
  /** The text of a typing notification or a notice. */
  readTyped(call: Call): string | undefined;
  /** The name of the client of a new chat. */
  readName(call: Call): string;
  /** The data of Update Data. */
  readUserData(call: Call): Record<string, string>;
  /** The first index that is asked for, Infinity for none; `usual` where none is named. */
  readPosition(call: Call, usual: number): number;
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
  append(call: Call, chat: Chat, from: Participant, type: string, said?: Said): void;
  /** The events that a transcript shows, in its order. */
  eventsOf(call: Call, chat: Chat): Event[];
  /** Those of a transcript that are answered from a position on. */
  since(call: Call, events: readonly Event[], position: number): Event[];
  /** An event as an answer shows it. */
  showEvent(call: Call, chat: Chat, event: Event): Event;
  /** The `nextPosition` beside these events. */
  nextPosition(call: Call, chat: Chat, shown: readonly Event[]): number;
  /** The `chatEnded` of an answer. */
  showEnded(call: Call, chat: Chat): unknown;
}

/** What the client of a chat makes the server do. */
export interface CommandBehaviour {
  /** Opens a chat for a Request Chat. */
  open(call: Call): Chat;
  /** The events that Request Chat answers. */
  firstEvents(call: Call, chat: Chat): number;
  say(call: Call, chat: Chat, text: string, messageType: string | undefined): void;
  type(call: Call, chat: Chat, type: 'TypingStarted' | 'TypingStopped', text: string | undefined): void;
  rename(call: Call, chat: Chat, nickname: string): void;
  push(call: Call, chat: Chat, url: string): void;
  note(call: Call, chat: Chat, text: string | undefined): void;
  attach(call: Call, chat: Chat, data: Record<string, string>): void;
  end(call: Call, chat: Chat): void;
}

/** What becomes of files. */
export interface FileBehaviour {
  /** The limits, as the notice tells them. */
  limits(call: Call, chat: Chat): Record<string, string>;
  /** Refuses a file that the limits do not let in. */
  checkFile(call: Call, chat: Chat, file: Upload): void;
  /** Keeps a file; gives it with its id. */
  keep(call: Call, chat: Chat, file: Upload): File;
  /** The file that the address names. */
  fileOf(call: Call, chat: Chat): File;
  /** What a download gives. */
  give(call: Call, chat: Chat, file: File): Buffer;
  remove(call: Call, chat: Chat, file: File): void;
}

/** The form of what is sent back. */
export interface AnswerBehaviour {
  /** The members that every success carries. */
  envelope(call: Call, chat: Chat): Json;
  /** The answer of a call that was served. */
  succeed(call: Call, members: Json): Answer;
  /** The answer that is a file. */
  download(call: Call, file: File, bytes: Buffer): Answer;
  /** The answer of a call that was refused. */
  refuse(call: Call, refusal: Refusal): Answer;
}
