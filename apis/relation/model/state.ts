/** What the model of the Relation API knows of a server: the messages and groups of a sequence, and what its users did to them. Plain data. */

/** Where a message is: the shared channel, or the direct conversation of member and peer. */
export type Place = 'channel' | 'direct';

/** A message that the server took. */
export interface Sent {
  /** As Send answered it. */
  id: string;
  place: Place;
  actor: string;
  type: string;
  content: string;
  sendUuid: string;
  quoteId?: string;
  /** It was sent more than once under its sendUuid. */
  again?: true;
  /** When Send was sent, epoch milliseconds of the suite's clock. */
  at: number;
  /** As first seen. */
  createAt?: number;
  /** Who has hidden it, and for whom that may hide it. */
  hidden: Readonly<Record<string, 'hidden' | 'open'>>;
}

/** A walk back through List, of one user in one place. */
export interface Walk {
  limit: number;
  /** The `maxCreateAt` of the next page. */
  next: string;
  ids: readonly string[];
  /** The ids of the messages that the walk must meet. */
  wanted: readonly string[];
}

/** A walk through the pages of Chats / List. */
export interface Search {
  keyword: string;
  /** The cursor of the next page. */
  next: string;
  uuids: readonly string[];
}

/** What is known of a user's unread messages. */
export interface Unread {
  count: number;
  /** How many messages for the user were sent since. */
  since: number;
  /** Where messages of the sequence are among them. */
  newIn?: readonly Place[];
  /** Read has answered 1 since: for a message that counted, or perhaps for one that no page says counts. */
  wasRead?: 'surely' | 'perhaps';
}

/** A message that a group of the sequence took. */
export interface SentToGroup {
  id: string;
  actor: string;
  type: string;
  content: string;
  sendUuid: string;
  quoteId?: string;
  /** Its sender has hidden it; for whom else that hides it, no page says. */
  hidden?: true;
}

/** A group of the sequence. */
export interface GroupState {
  uuid: string;
  name: string;
  admin: string;
  /** Actors, each with how many messages there were when that one came: what is older no page says of. */
  members: Readonly<Record<string, number>>;
  /** How memberships have ended. */
  out: Readonly<Record<string, 'removed' | 'left'>>;
  dismissed: boolean;
  announcement: string;
  pinAnnouncement: boolean;
  /** What each has pinned and muted; nothing where left out, and a flag that is left out may be either. */
  flags: Readonly<Record<string, { pin?: boolean; mute?: boolean }>>;
  /** Who has hidden the chat. It is back, or perhaps so. */
  away: Readonly<Record<string, 'hidden' | 'perhaps' | 'back'>>;
  /** How many messages of others each has surely not read. */
  fresh: Readonly<Record<string, number>>;
  /** The unreadMessageCount that each must see at the most. */
  most: Readonly<Record<string, number>>;
  /** The unreadMessageCount that each has seen, where nothing has come of anybody since. */
  counted: Readonly<Record<string, number>>;
  /** The most entries of List that each was shown, where nobody has hidden or left anything since. */
  shown: Readonly<Record<string, number>>;
  /** What was sent, oldest first. */
  sent: readonly SentToGroup[];
  /** The last message, where nothing has come since that a server may tell of by another one. */
  last?: SentToGroup;
  /** What was refused must not show. */
  refused: readonly string[];
  /** The requirement of the last change of its members. */
  because: string;
}

export interface State {
  channelUuid: string;
  /** The relationId of each actor. */
  ids: Readonly<Record<string, string>>;
  /** The channelUuid of the direct conversation, once it is known. */
  directUuid?: string;
  /** What makes the sendUuids of this sequence its own. */
  nonce: string;
  /** When the sequence began, epoch milliseconds of the suite's clock. */
  startedAt: number;
  /** The least that a `createAt` was ahead of the suite's clock, milliseconds; `undefined` until one was seen. */
  drift?: number;
  clockToleranceMs: number;
  /** In the order of the answers. */
  sent: readonly Sent[];
  /** What was refused, or should have been: it must not be stored. By sendUuid, with the requirement that says so. */
  refused: Readonly<Record<string, string>>;
  walks: Readonly<Record<string, Walk>>;
  unread: Readonly<Record<string, Unread>>;
  /** The sendUuids of what was sent to neither place. */
  elsewhere: readonly string[];
  /** How far each user has followed the cursor of Chats / List. */
  searches: Readonly<Record<string, Search>>;
  /** Users whose count grew by others' doing. */
  restless: readonly string[];
  /** Whether the server has groups. */
  hasGroups: boolean;
  /** Those that the sequence has made, and of which all is known, oldest first. */
  groups: readonly GroupState[];
}

/** Calls as the member with a token that is wrong. */
export const impostor = 'impostor';

/** The members of the channel. */
export const members = ['member', 'peer'] as const;

export type Member = (typeof members)[number];

/** The other one of the two. */
export function otherThan(actor: string): Member {
  return actor === 'member' ? 'peer' : 'member';
}

/** What the walk of a user through a place is known by. */
export function walkOf(actor: string, place: Place): string {
  return `${actor} ${place}`;
}

/** The messages that the user must see in a place: those that nobody hid in a way that may hide them from the user. */
export function visible({ sent }: State, actor: string, place: Place): Sent[] {
  return sent.filter((message) => message.place === place && message.hidden[actor] === undefined);
}

/** Behind this `createAt` no message of the sequence can be; `undefined` where no clock was seen. Two seconds are for clocks of several nodes. */
export function earliest(at: number, drift: number | undefined): number | undefined {
  return drift === undefined ? undefined : at + drift - 2000;
}
