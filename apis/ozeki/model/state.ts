/** What the model of the Ozeki API knows of a server: one conversation of two users, and what they did to it. Plain data. */
import type { PartialCursor } from '../../../src/rules/index.js';
import type { FlagAction } from '../actions.js';
import type { OzekiFlags } from '../flags.js';

/** A message as it was uploaded. */
export interface Upload {
  ID: string;
  Type: string;
  Created: string;
  ValidUntil: string;
  Data: string;
}

/** A message that the conversation holds. */
export interface Message extends Upload {
  actor: string;
  /** It was uploaded more than once. */
  again?: true;
  /** Whether a server may hold it or not: it was refused in part, or bears the ID of one that was cleared away. */
  optional?: true;
  /** Somebody was shown it. */
  seen?: true;
}

/** A flag as a user set it. */
export interface Flag {
  /** `undefined` where a server may have it either way. */
  value: unknown;
  /** The action that set it; none where it was so before the sequence. */
  by?: FlagAction;
  /** How many writes were done when it was set, or when List last showed it so. */
  at: number;
  /** Whether List has shown it so. */
  shown: boolean;
}

export type FlagName = keyof OzekiFlags;

/** A call that changed the conversation. */
export interface Write {
  actor: string;
  action: string;
  /** A flag on another conversation. */
  elsewhere?: true;
}

/** What a station must be told. */
export interface Owed {
  /** Of messages in the conversation, by another participant. */
  messages?: true;
  /** Of flags set at another station of the same user. */
  flags?: true;
  /** Of friends who became available, by actor. */
  available: readonly string[];
}

/** A report as first seen. */
export interface Report {
  ID: string;
  Type: unknown;
  Created: unknown;
  /** It may be from before the last Clear: no answer has shown it beside a message of now. */
  optional?: true;
}

/** A walk back through Partial download, of one user. */
export interface Walk {
  limit: number;
  /** The cursor of the next page. */
  next: PartialCursor;
  /** The IDs that it has met. */
  ids: readonly string[];
  reports: readonly string[];
  /** The messages and reports that the walk must meet. */
  wanted: readonly string[];
  wantedReports: readonly string[];
  /** A page did not show the server's order, so its far end was guessed: then nothing that is lost counts. */
  guessed: boolean;
  /** IDs that came again though no cursor named them. */
  repeats: readonly string[];
}

export interface State {
  conversation: string;
  /** The user id of each actor. */
  users: Readonly<Record<string, string>>;
  /** The ids of the stations by their names: that of the account, and a second one. */
  stationIds: Readonly<Record<string, string>>;
  /** The stations that are logged in, by their names, with what they must be told. */
  stations: Readonly<Record<string, Owed>>;
  /** The `instance` as last shown. */
  instance?: string;
  /** The one before the last Clear. */
  oldInstance?: string;
  /** Each user's own flags, as far as they are known. */
  flags: Readonly<Record<string, Partial<Record<FlagName, Flag>>>>;
  writes: readonly Write[];
  /** In the order of the answers. */
  messages: readonly Message[];
  /** The newest `Created` of what was added since the conversation was last seen to be empty, epoch milliseconds. */
  latest?: number;
  /** IDs that were cleared away. */
  gone: readonly string[];
  /** What somebody without the right to it tried to add: by ID, the requirement that forbids it. */
  tried: Readonly<Record<string, string>>;
  /** What List showed as `lastmessageid` before anything was added. */
  oldLast: readonly string[];
  /** Seen since the conversation was last cleared. */
  reports: readonly Report[];
  /** How many reports there must be more than those seen. */
  reportsOwed: number;
  /** Pairs of user and message that were reported as viewed. */
  viewed: readonly string[];
  walks: Readonly<Record<string, Walk>>;
  /** Which end of a page lies farthest back, once a page has shown it. */
  farEnd?: 'first' | 'last';
  /** `lastaccess` as List last showed it, and how many writes were done then. */
  lastaccess?: { value: number; at: number };
  /** The newest time that `lastaccess` may keep from before the last Clear, Unix seconds. */
  keptAccess?: number;
  /** Each user's own flags on other conversations, as first shown or as set since, and whether these hold messages. */
  elsewhere: Readonly<Record<string, Elsewhere>>;
  /** Users that Friends / List names to each actor. */
  friends: Readonly<Record<string, readonly string[]>>;
  available: readonly string[];
  /** Messages came that nobody of the sequence added. */
  others?: true;
  /** When the sequence began, epoch milliseconds. */
  startedAt: number;
  /** Whether the sequence began with an empty conversation, and nobody else was seen there: then times may be made up. */
  alone: boolean;
  clockToleranceMs: number;
  firstPageCursor: 'now' | 'empty' | 'omit';
  nonce: string;
}

export interface Elsewhere {
  flags: OzekiFlags;
  holdsMessages: boolean;
}

/** Calls as alice with a signature that is wrong. */
export const impostor = 'impostor';

/** Those who take part. */
export const participants = ['alice', 'bob'] as const;

export type Participant = (typeof participants)[number];

/** What every participant starts from: nothing is owed. */
export const nothingOwed: Owed = { available: [] };

/** The user of a station. */
export function userOf(station: string): string {
  return station.split(' ', 1)[0] ?? station;
}

/** The name of an actor's second station. */
export function secondOf(actor: string): string {
  return `${actor} second`;
}

export function otherThan(actor: string): Participant {
  return actor === 'alice' ? 'bob' : 'alice';
}

/** What tells one state from another: in which order things were done only helps to say what broke a flag. */
export function keyOf({ writes, flags, lastaccess, ...state }: State): string {
  const values = Object.entries(flags).map(([actor, own]) => [
    actor,
    Object.entries(own).map(([name, flag]) => [name, flag.value, flag.by]),
  ]);
  // Whether a message came after `lastaccess` was last shown decides what a Clear must leave.
  const since = lastaccess && writesSince({ writes }, lastaccess.at).some(({ action }) => action === 'add');
  return JSON.stringify([state, values, lastaccess?.value, since]);
}

/** Messages that every participant must be able to read. */
export function certain({ messages }: Pick<State, 'messages'>): Message[] {
  return messages.filter(({ optional }) => optional !== true);
}

/** Reports that the conversation holds. */
export function certainReports({ reports }: Pick<State, 'reports'>): Report[] {
  return reports.filter(({ optional }) => optional !== true);
}

/** What was done to the conversation since, by those who may change it. */
export function writesSince({ writes }: Pick<State, 'writes'>, at: number): readonly Write[] {
  return writes.slice(at);
}

/** Whether a Clear is among some writes. */
export function isCleared(writes: readonly Write[]): boolean {
  return writes.some(({ action }) => action === 'clear');
}

/** Ids of the suite begin so: messages of the present, and those with a `Created` of the past. */
const marks = { now: 'c4a7c0de', past: 'c4a7bacd' };

/** A message id in the form of a UUID, of this sequence alone. */
export function messageId(nonce: string, turn: number, isPast: boolean, inCapitals = false): string {
  const number = turn.toString(16).padStart(4, '0');
  const middle = `${number}-4${nonce.slice(0, 3)}-8${nonce.slice(3, 6)}`;
  return `${isPast ? marks.past : marks.now}-${inCapitals ? middle.toUpperCase() : middle}-${nonce.slice(6, 18)}`;
}

/** Whether a message was uploaded with a `Created` of the past. */
export function isBackDated(id: string): boolean {
  return id.startsWith(marks.past);
}

/** Whether a message was uploaded by this suite, in whatever run. */
export function isOwn(id: string): boolean {
  return id.startsWith(marks.now) || isBackDated(id);
}

/** The flags that each action sets, with the value; that of Hide and Change Color is in the request. */
export function flagOf(
  action: FlagAction,
  asked: Readonly<Record<string, unknown>>,
): { name: FlagName; value: unknown } {
  switch (action) {
    case 'mute':
    case 'unmute':
      return { name: 'ismuted', value: action === 'mute' };
    case 'favorite':
    case 'unfavorite':
      return { name: 'isfavorite', value: action === 'favorite' };
    case 'hide':
    case 'unhide':
      return { name: 'hideid', value: action === 'hide' ? asked.hideid : '' };
    case 'setlistitembackgroundcolor':
      return { name: 'listitembackgroundcolor', value: asked.color };
  }
}

/** The ending of a flag action's requirements. */
export function suffixOf(action: FlagAction): string {
  return action === 'setlistitembackgroundcolor' ? 'COLOR' : action.toUpperCase();
}
