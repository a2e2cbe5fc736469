import type { ApiName, Exchange } from '../../src/exchange/index.js';
import type { Outcome } from '../../src/exchange/outcome.js';

/** What a client does in a chat that shows there as an event of the client. */
export type OperationName = 'say' | 'start' | 'stop' | 'rename' | 'push' | 'note';

/** How an API takes such an operation, and how it shows. */
export interface Operation {
  action: string;
  /** The member of the request that holds its text. */
  member: string;
  /** The type of the event. */
  type: string;
  /** Such as `a text`. */
  words: string;
  /** Nothing says that the event holds the text. */
  isTextOpen?: true;
  /** Known from clients alone: a server may lack it. */
  mayLack?: true;
}

/** How an API takes files into a chat, gives them back and takes them away. */
export interface Files {
  /** The actions: what tells the limits, and what is done to a file. */
  actions: Readonly<Record<'limits' | 'upload' | 'download' | 'remove', string>>;
  /** The types of the events that show a file that came, and one that was taken away. */
  types: Readonly<Record<'upload' | 'remove', string>>;
  /** The file that an address names; `undefined` where it names none. */
  fileIdOf(url: string): string | undefined;
  /** What an answer says of the limits; `undefined` where it says nothing of them. */
  limitsIn(body: Record<string, unknown>): FileLimits | undefined;
  /** The member of a request that holds what is sent. */
  sent(name: string, content: string): unknown;
}

/** What a chat lets its client do with files. */
export interface FileLimits {
  /** How many more files may be sent, and downloads made. */
  filesLeft: number;
  downloadsLeft: number;
  needsAgent: boolean;
  /** Endings of names, in lower case. */
  types: readonly string[];
}

/**
 * How one of the APIs to Genesys Chat Server words what they have in common: chats that a client opens and gets a key to, with a
 * transcript whose events are numbered from 1 on, read from a position on.
 */
export interface Dialect {
  api: ApiName;
  outcome(exchange: Exchange): Outcome;
  /** The chat that an address names; `undefined` where it names none. */
  chatIdOf(url: string): string | undefined;
  /** The actions that open a chat, read its transcript, attach data to it, end it and, where there is one, tell what has been read. */
  actions: Readonly<Record<'open' | 'read' | 'attach' | 'end', string> & { receive?: string }>;
  /** Not every API takes notices of the client's own. */
  operations: Readonly<Record<Exclude<OperationName, 'note'>, Operation> & { note?: Operation }>;
  /** Not every API takes files. */
  files?: Files;
  /** What every call on a chat bears of what opening it was answered. */
  credentials: readonly ('userId' | 'secureKey' | 'alias' | 'tenantName')[];
  /** Those of which the next call bears the newest that an answer gave. */
  renewed: readonly ('userId' | 'secureKey' | 'alias')[];
  /** All answers are of one format: any may carry the transcript and say that the chat is over, and none need show what is not there. */
  hasOneFormat: boolean;
}

/** The operation of an action; `undefined` where its doing does not show. */
export function operationOf(
  { operations }: Dialect,
  action: string,
): (Operation & { name: OperationName }) | undefined {
  const found = Object.entries(operations).find(([, operation]) => operation?.action === action);
  return found && { name: found[0] as OperationName, ...found[1] };
}

/** The position that a read asks from, be it a number or digits in a form; `undefined` where it names none, or something else. */
export function positionOf(asked: Record<string, unknown>): number | undefined {
  const { transcriptPosition: position } = asked;
  if (typeof position === 'number') return position;
  return typeof position === 'string' && /^\d{1,15}$/.test(position) ? Number(position) : undefined;
}
