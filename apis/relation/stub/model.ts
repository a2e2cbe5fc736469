import { type Answer, RefusalOf } from '../../../src/stub/answer.js';
import type { RelationBehaviour } from './behaviour/index.js';

/** The five documented actions, by the names that the files of an action bear. */
export type RelationAction = 'list' | 'send' | 'read' | 'hide' | 'unreadcount';

/** A JSON object, of a request or of an answer. */
export type Json = Record<string, unknown>;

/** A user of the server. */
export interface User {
  relationId: string;
  token: string;
  name: string | null;
  avatar: string | null;
}

export interface Message {
  /** A snowflake in digits; never a number, for it would not hold one. */
  id: string;
  sendUuid: string;
  channelUuid: string;
  /** Epoch milliseconds, as List shows it. */
  createAt: number;
  /** Epoch milliseconds, not cut. */
  arrivedAt: number;
  /** The order of arrival over the whole stub. */
  arrival: number;
  type: string;
  /** The relationId of the sender. */
  from: string;
  content: string;
  /** Id of the message quoted. */
  quoteId?: string;
  /** The relationIds of those mentioned. */
  mentioned: readonly string[];
  /** The relationIds of those who have hidden it. */
  hiddenBy: Set<string>;
}

export interface Channel {
  uuid: string;
  /** The relationIds of its members. */
  members: Set<string>;
  /** In order of arrival. */
  messages: Message[];
  /** By relationId: the arrival of the last message read. */
  readTo: Map<string, number>;
}

/** Everything a Relation stub remembers, with the behaviour it was made with. */
export interface RelationState {
  seed: number;
  /** The clock, epoch milliseconds. */
  now: () => number;
  behaviour: RelationBehaviour;
  /** Changes made to answers just before they are sent, in order. */
  answerHooks: readonly AnswerHook[];
  apiKey: string;
  /** By relationId. */
  users: Map<string, User>;
  /** Tokens that were good once. */
  expired: Set<string>;
  /** By uuid. */
  channels: Map<string, Channel>;
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
  /** This call's number among those of its action, from 1. */
  count: number;
  /** This call's number among all calls, from 1. */
  total: number;
  state: RelationState;
  behaviour: RelationBehaviour;
}

/** Why a call is refused. */
export type RefusalKind =
  | 'apikey'
  | 'token-expired'
  | 'token'
  | 'token-issuer'
  | 'rate'
  | 'body'
  | 'input'
  | 'denied'
  | 'no-member'
  | 'action';

/** Refuses a call. */
export class Refusal extends RefusalOf<RefusalKind> {}

/** Changes one answer just before it is sent. */
export type AnswerHook = (answer: Answer, call: Call) => Answer;
