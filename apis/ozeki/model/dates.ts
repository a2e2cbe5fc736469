/** Moments at which dates go wrong, for messages that are dated by their sender. */
import { formatTimestamp } from '../../../src/rules/index.js';
import type { State } from './state.js';

const second = 1000;
const day = 86_400_000;
/** A history of made-up times begins so long before now: the tolerance of clocks may be as short. */
const backMs = 90 * second;

const startOfDay = (ms: number) => Math.floor(ms / day) * day;

function startOfMonth(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** When the first message of an emptied conversation is dated, epoch milliseconds; `lately` is now for all that servers care. */
export const beginnings = {
  lately: (now: number) => now - backMs,
  midnight: (now: number) => startOfDay(now) - 2 * second,
  noon: (now: number) => startOfDay(now) - day / 2 - 2 * second,
  lastOfMonth: (now: number) => startOfMonth(now) - day / 2,
  firstOfMonth: (now: number) => startOfMonth(startOfMonth(now) - day) + 9 * 3_600_000,
  leapDay: () => Date.UTC(2024, 1, 28, 23, 59, 59),
  newYear: (now: number) => Date.UTC(new Date(now).getUTCFullYear(), 0, 1) - 2 * second,
} satisfies Record<string, (now: number) => number>;

/** Until when a message is valid, epoch milliseconds, by its `Created`. One that has expired is served all the same. */
export const validities = {
  week: (created: number) => created + 7 * day,
  same: (created: number) => created,
  second: (created: number) => created + second,
  minute: (created: number) => created + 60 * second,
  midnight: (created: number) => startOfDay(created + day),
  month: (created: number) => startOfMonth(created + 31 * day) - second,
  ever: () => Date.UTC(9999, 11, 31, 23, 59, 59),
} satisfies Record<string, (created: number) => number>;

/** The `Created` of the next message, epoch milliseconds, and whether it lies in the past on purpose. Times never go back. */
export function createdOf(
  { latest, alone, others, startedAt }: State,
  since: keyof typeof beginnings,
  gapSeconds: number,
): { ms: number; isPast: boolean } {
  // With other people in the conversation, only what is dated now stands where it arrived.
  if (!alone || others) return { ms: Date.now(), isPast: false };
  // Of messages that were added while the conversation was cleared, nobody knows whether they are there until it is looked at.
  const next = latest === undefined ? beginnings[since](startedAt) : latest + gapSeconds * second;
  const ms = Math.min(startedAt, next);
  return { ms, isPast: ms < startedAt - backMs - second };
}

/** `yyyy-MM-dd HH:mm:ss` of the end of validity. */
export function validUntil(created: number, kind: keyof typeof validities): string {
  return formatTimestamp(Math.max(created, validities[kind](created)));
}
