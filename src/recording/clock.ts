import { counted } from './counted.js';
import type { RecordedExchange } from './types.js';

/** The Date header has whole seconds and is made somewhat before the answer is complete: less apart than this is no skew. */
const noticeableMs = 5000;
const keptSamples = 4096;

/** Zones differ by whole quarters of an hour. */
const quarterMs = 900_000;

/** Sets the times of exchanges by the clock of their server. */
export interface Clock {
  /** Sets `startedAt` and `endedAt` by the Date header of the answer, where that is further away than the two can be by chance. */
  set(exchange: RecordedExchange): void;
  /** What is to be said of the clock of the recording as a whole; nothing where it went right. */
  notes(): string[];
}

/** Makes a clock for one recording. */
export function createClock(): Clock {
  const skews: number[] = [];
  let timeless = 0;
  /** How far the zone of the recorder is from UTC, where it wrote none and a Date header told. */
  let zone: number | undefined;
  return {
    set(exchange) {
      const served = Date.parse(exchange.response.headers.date ?? '');
      if (exchange.hasNoZone) {
        if (!Number.isNaN(served)) zone = Math.round((served - exchange.startedAt) / quarterMs) * quarterMs;
        exchange.startedAt += zone ?? Number.NaN;
        exchange.endedAt += zone ?? Number.NaN;
      }
      if (Number.isNaN(exchange.startedAt)) {
        if (Number.isNaN(served)) timeless += 1;
        exchange.endedAt = served;
        exchange.startedAt = served - exchange.durationMs;
        return;
      }
      if (Number.isNaN(served)) return;
      const early = exchange.startedAt - served;
      const late = served - exchange.endedAt;
      const skew = late > 0 ? late : early > 0 ? -early : 0;
      if (skews.length < keptSamples) skews.push(skew);
      if (Math.abs(skew) <= noticeableMs) return;
      exchange.startedAt += skew;
      exchange.endedAt += skew;
    },
    notes() {
      const notes: string[] = [];
      const median = skews.sort((a, b) => a - b)[Math.floor(skews.length / 2)] ?? 0;
      if (Math.abs(median) > noticeableMs) {
        const seconds = Math.round(Math.abs(median) / 1000);
        notes.push(
          `the clock of the recording is ${seconds} s ${median > 0 ? 'behind' : 'ahead of'} the Date headers of the server: its times are judged by those`,
        );
      }
      if (timeless > 0)
        notes.push(
          `no time is known of ${counted(timeless, 'exchange')}: nothing that depends on time was judged there`,
        );
      return notes;
    },
  };
}
