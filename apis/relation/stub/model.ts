import { RefusalOf } from '../../../src/stub/answer.js';
import type { RelationActionName } from '../actions.js';

/** The documented actions, by the names that the files of an action bear. */
export type RelationAction = RelationActionName;

/** A JSON object, of a request or of an answer. */
export type Json = Record<string, unknown>;

/** A user of the server. */
export interface User {
  relationId: string;
  token: string;
  name: string | null;
  avatar: string | null;
  /** What Auth takes; only some have one. */
  addressAuthToken?: string;
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

/** A group (G), or a conversation of two (P). */
export type ChannelType = 'G' | 'P';

/** How a membership has ended. */
export type Parting = 'left' | 'removed';

export interface Channel {
  uuid: string;
  name: string;
  type: ChannelType;
  /** The relationId of its admin. */
  admin: string;
  /** The relationIds of its members. */
  members: Set<string>;
  /** Those who were members and are none any more, by relationId. */
  left: Map<string, Parting>;
  dismissed: boolean;
  announcement: string;
  pinAnnouncement: boolean;
  /** Anybody may join. */
  openAccess: boolean;
  /** The relationIds of those who have pinned it. */
  pinnedBy: Set<string>;
  mutedBy: Set<string>;
  /** By relationId: a chat is hidden until a message comes that arrives after this. */
  hiddenAt: Map<string, number>;
  /** In order of arrival. */
  messages: Message[];
  /** By relationId: the arrival of the last message read. */
  readTo: Map<string, number>;
}

/** A channel in which nothing has happened yet. */
export function newChannel(of: Pick<Channel, 'uuid' | 'name' | 'type' | 'admin'>, members: Iterable<string>): Channel {
  return {
    ...of,
    members: new Set(members),
    left: new Map(),
    dismissed: false,
    announcement: '',
    pinAnnouncement: false,
    openAccess: true,
    pinnedBy: new Set(),
    mutedBy: new Set(),
    hiddenAt: new Map(),
    messages: [],
    readTo: new Map(),
  };
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
  | 'no-user'
  | 'field'
  | 'type'
  | 'removed'
  | 'left'
  | 'dismissed'
  | 'not-admin'
  | 'pair'
  | 'joined'
  | 'action';

/** Refuses a call. */
export class Refusal extends RefusalOf<RefusalKind> {}
