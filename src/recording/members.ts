import { createHash } from 'node:crypto';
import type { RecordedExchange } from './types.js';

export type Members = Record<string, unknown>;

/** The members of a JSON object; none for anything else. */
export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** The objects in a JSON array; none for anything else. */
export function objectsOf(value: unknown): Members[] {
  return (Array.isArray(value) ? value : []).filter((item) => typeof item === 'object' && item !== null);
}

/** A text, or `undefined` for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * The same text in memory of its own. What a parser gives is often a part of what it read, and to keep the one would keep the
 * other: for texts that are remembered for long.
 */
export function copyOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** What tells a text from others, short enough to be remembered in its place. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 16);
}

/** Two moments of different recordings come from different clocks, set to whole seconds at best. */
const betweenRecordings = 5000;

/** When something happened, by the clock of its recording. NaN where not known. */
export interface Moment {
  startedAt: number;
  endedAt: number;
  source: number;
}

/** Only the moment of an exchange, to remember. */
export function momentOf({ startedAt, endedAt, source }: RecordedExchange): Moment {
  return { startedAt, endedAt, source };
}

/** Whether one was over when the other began. False where a time is not known. */
export function isBefore(one: Moment, later: Moment): boolean {
  return one.endedAt + (one.source === later.source ? 0 : betweenRecordings) < later.startedAt;
}
