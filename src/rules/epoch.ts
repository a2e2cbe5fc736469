import type { Finding } from '../exchange/index.js';
import { closeToNow } from './timestamps.js';

/** Whether a value is a moment in whole epoch milliseconds of thirteen digits (2001 to 2286). */
export function isEpochMs(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && /^\d{13}$/.test(String(value));
}

/** Finds what keeps `value` from being epoch milliseconds. */
export function epochMsFindings(value: unknown, path: string): Finding[] {
  if (isEpochMs(value)) return [];
  return [
    {
      message: 'a time is not an integer of milliseconds since 1970',
      path,
      expected: 'thirteen digits',
      found: JSON.stringify(value) ?? 'nothing',
    },
  ];
}

/** Finds an epoch-millisecond moment that is malformed or further than the tolerance (ms) from now. */
export function freshEpochMs(
  value: unknown,
  nowMs: number,
  toleranceMs: number,
  what: string,
  path: string,
): Finding[] {
  const malformed = epochMsFindings(value, path);
  return malformed.length > 0 ? malformed : closeToNow(value as number, nowMs, toleranceMs, what, path);
}
