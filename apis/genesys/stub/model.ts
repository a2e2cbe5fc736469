import { type Answer, RefusalOf } from '../../../src/stub/answer.js';
import type { GenesysActionName } from '../actions.js';
import type { GenesysBehaviour } from './behaviour/index.js';

export type { GenesysActionName } from '../actions.js';

/** A JSON object, of a request or of an answer. */
export type Json = Record<string, unknown>;

/** Somebody who takes part in a chat. */
export interface Participant {
  nickname: string;
  participantId: number;
  type: string;
}

/** Something that happened in a chat. */
export interface Event {
  /** From 1. */
  index: number;
  type: string;
  text?: string;
  /** Epoch milliseconds. */
  utcTime: number;
  /** Who caused it, as they were then. */
  from: Participant;
}

export interface Chat {
  id: string;
  userId: string;
  secureKey: string;
  alias: string;
  tenantName: string;
  client: Participant;
  events: Event[];
  userData: Json;
  isEnded: boolean;
  /** When its client last asked for the transcript, epoch milliseconds. */
  polledAt: number;
}

/** Everything a Genesys stub remembers, with the behaviour it was made with. */
export interface GenesysState {
  seed: number;
  /** The clock, epoch milliseconds. */
  now: () => number;
  behaviour: GenesysBehaviour;
  /** Changes made to answers just before they are sent, in order. */
  answerHooks: readonly AnswerHook[];
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
  /** This call's number among those of its action, from 1. */
  count: number;
  /** This call's number among all calls, from 1. */
  total: number;
  state: GenesysState;
  behaviour: GenesysBehaviour;
}

/** Why a call is refused: not POST, unreadable, too big, no such operation, who are you, no such chat, the chat is over, bad input. */
export type RefusalKind = 'method' | 'body' | 'size' | 'operation' | 'credentials' | 'chat' | 'ended' | 'input';

/** Refuses a call. */
export class Refusal extends RefusalOf<RefusalKind> {}

/** Changes one answer just before it is sent. */
export type AnswerHook = (answer: Answer, call: Call) => Answer;
