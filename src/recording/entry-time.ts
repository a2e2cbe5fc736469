import { type Members, membersOf } from './members.js';
import type { Recorded } from './types.js';

/** When an exchange began, whether in text or as a number of seconds, milliseconds or less. */
export function momentOf(entry: Members, request: Members): Pick<Recorded, 'startedAt' | 'hasNoZone' | 'blurMs'> {
  const told = [entry.startedDateTime, entry.startedAt, request.timestamp_start, entry.timestamp];
  for (const value of told) {
    const isText = typeof value === 'string' && !isNumber(value);
    const startedAt = isText ? Date.parse(inZone(value)) : scaled(Number(value));
    if (Number.isNaN(startedAt)) continue;
    const isWhole = isText ? !/:\d\d[.,]\d/.test(value) : Number(value) < 1e11 && Number.isInteger(Number(value));
    return {
      startedAt,
      ...(isText && inZone(value) !== value && { hasNoZone: true as const }),
      ...(isWhole && { blurMs: 1000 }),
    };
  }
  return {};
}

function isNumber(text: string): boolean {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(text);
}

/** A date and time without a zone taken for UTC, and not for the zone of this machine. */
function inZone(text: string): string {
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?$/.test(text.trim())
    ? `${text.trim().replace(' ', 'T').replace(',', '.')}Z`
    : text;
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, by size, as milliseconds. */
function scaled(time: number): number {
  if (!(time > 0)) return Number.NaN;
  if (time < 1e11) return time * 1000;
  return time < 1e14 ? time : time < 1e17 ? time / 1000 : time / 1e6;
}

/** How long an exchange took, in milliseconds; 0 where nobody says. */
export function durationOf({ time, durationMs, timings }: Members, request: Members, response: Members): number {
  for (const told of [durationMs, time]) if (Number(told) > 0) return Number(told);
  const between = scaled(Number(response.timestamp_end)) - scaled(Number(request.timestamp_start));
  if (between > 0) return between;
  // What TLS took is counted within `connect`.
  const phases = Object.entries(membersOf(timings)).filter(([name]) => /^(?!ssl$)[a-z]+$/.test(name));
  return phases.reduce((sum, [, ms]) => sum + Math.max(0, Number(ms) || 0), 0);
}
