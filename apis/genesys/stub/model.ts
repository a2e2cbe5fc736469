import { RefusalOf } from '../../../src/stub/answer.js';

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

/** Why a call is refused: not POST, unreadable, too big, no such operation, who are you, no such chat, the chat is over, bad input. */
export type RefusalKind = 'method' | 'body' | 'size' | 'operation' | 'credentials' | 'chat' | 'ended' | 'input';

/** Refuses a call. */
export class Refusal extends RefusalOf<RefusalKind> {}
