import { RefusalOf } from '../../../src/stub/answer.js';

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
  /** The relationIds of those who were members and are none any more. */
  left: Set<string>;
  /** In order of arrival. */
  messages: Message[];
  /** By relationId: the arrival of the last message read. */
  readTo: Map<string, number>;
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
  | 'strangers'
  | 'action';

/** Refuses a call. */
export class Refusal extends RefusalOf<RefusalKind> {}
