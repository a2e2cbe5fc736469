import type { Exchange } from '../exchange/index.js';

/** A body as a recording keeps it; `lost` says in words why it cannot be read. */
export type Kept = { bytes: Uint8Array } | { text: string } | { lost: string };

/** Header lines in their order, names as written. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** One entry of a recording, before anything is known of it. */
export interface Recorded {
  /** Where it stands, for people: 'entry 17 of traffic.har'. */
  place: string;
  /** Which of the recordings it is from: times of one recording come from one clock. */
  source: number;
  method: string;
  /** Absolute. */
  url: string;
  requestHeaders: HeaderLines;
  requestBody: Kept;
  /** Absent where no complete answer came. */
  response?: { status: number; headers: HeaderLines; body: Kept };
  /** When it was sent, epoch milliseconds of the recorder's clock; absent where not recorded. */
  startedAt?: number;
  /** The recorder wrote no zone: the time is taken for UTC, and may be hours off. */
  hasNoZone?: true;
  /** How much later it may have begun: recorders cut times to whole seconds. */
  blurMs?: number;
  /** 0 where not recorded. */
  durationMs: number;
  /** Who sent it, where the recording says so. */
  actor?: string;
  /** Who answered in place of the server, in a clause, where the recorder says so. */
  elsewhere?: string;
  /** A service worker of the client fetched it, and its own request may be recorded as well. */
  isOfWorker?: true;
  /** It became a WebSocket, over which so many messages went. */
  socketMessages?: number;
}

/** An exchange with what only recordings have to say of it. */
export interface RecordedExchange extends Exchange {
  place: string;
  source: number;
  /** The base address of the API on its server, the same for all its actions. */
  server: string;
  /** When the answer was complete at the latest. Like `startedAt` NaN where no time is known. */
  endedAt: number;
  /** Whether credentials are masked in it, so that they cannot be compared. */
  masked: boolean;
  /** The recorder wrote no zone: its times may be hours off. */
  hasNoZone?: true;
}
