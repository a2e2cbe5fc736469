import { RefusalOf } from '../../../src/stub/answer.js';

/** A JSON object, of a request or of an answer. */
export type Json = Record<string, unknown>;

/** Somebody who takes part in a chat. */
export interface Participant {
  nickname: string;
  participantId: number;
  type: string;
}

/** What an event holds beside who caused it, when and where in the order. */
export interface Said {
  text?: string;
  messageType?: string;
  userData?: Record<string, string>;
}

/** Something that happened in a chat. */
export interface Event extends Said {
  /** From 1. */
  index: number;
  type: string;
  /** Epoch milliseconds. */
  utcTime: number;
  /** Who caused it, as they were then. */
  from: Participant;
}

/** A file as it is uploaded. */
export interface Upload {
  name: string;
  type: string;
  bytes: Buffer;
}

/** A file of a chat. */
export interface File extends Upload {
  id: string;
  isDeleted: boolean;
}

export interface Chat {
  id: string;
  userId: string;
  secureKey: string;
  alias: string;
  client: Participant;
  events: Event[];
  userData: Json;
  files: File[];
  downloads: number;
  isEnded: boolean;
  /** When its client was last heard of, epoch milliseconds. */
  heardAt: number;
}

/** A form as it was sent. */
export interface Form {
  members: Json;
  file?: Upload;
}

/**
 * Why a call is refused: not POST, no form, too big, no such service or operation, who are you, no such chat, no such file, the chat is
 * over, bad input, no such file may be sent.
 */
export type RefusalKind =
  | 'method'
  | 'body'
  | 'size'
  | 'service'
  | 'operation'
  | 'credentials'
  | 'chat'
  | 'file'
  | 'ended'
  | 'input'
  | 'limit';

/** Refuses a call. */
export class Refusal extends RefusalOf<RefusalKind> {}
