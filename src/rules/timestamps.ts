import type { Finding } from '../exchange/index.js';

const pattern = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/**
 * Reads `yyyy-MM-dd HH:mm:ss` as UTC.
 * @returns epoch milliseconds, or `undefined` where the text is no such timestamp or no date of the calendar.
 */
export function parseTimestamp(text: unknown): number | undefined {
  if (typeof text !== 'string' || !pattern.test(text)) return undefined;
  const moment = Date.parse(`${text.slice(0, 10)}T${text.slice(11)}Z`);
  // The parser takes the thirtieth of February for the second of March, and 24:00 for the next day.
  return new Date(moment).getUTCDate() === Number(text.slice(8, 10)) ? moment : undefined;
}

/** Writes epoch milliseconds as `yyyy-MM-dd HH:mm:ss` in UTC, cut to the second. Years 0 to 9999. */
export function formatTimestamp(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/**
 * Finds a moment that is further than the tolerance from now. All in epoch milliseconds.
 * A distance of whole or half hours is named, since a local zone or a 12-hour clock is the likely cause.
 */
export function closeToNow(
  momentMs: number,
  nowMs: number,
  toleranceMs: number,
  what: string,
  path?: string,
): Finding[] {
  const offset = momentMs - nowMs;
  if (Math.abs(offset) <= toleranceMs) return [];
  const halfHours = Math.round(offset / 1_800_000);
  const nearHalfHour = halfHours !== 0 && Math.abs(offset - halfHours * 1_800_000) <= toleranceMs;
  const hint = nearHalfHour ? `: ${halfHours / 2} hours off, so it is not UTC or not a 24-hour clock` : '';
  return [
    {
      message: `${what} is not close to the current UTC time${hint}`,
      path,
      expected: `within ${toleranceMs / 1000} s of ${formatTimestamp(nowMs)} UTC`,
      found:
        Number.isFinite(momentMs) && Math.abs(momentMs) < 8.64e15 ? new Date(momentMs).toISOString() : `${momentMs}`,
    },
  ];
}
