import { directionOf } from './order.js';
import { formatTimestamp, parseTimestamp } from './timestamps.js';

/** The cursor members of Conversation / Partial download. */
export interface PartialCursor {
  lastmessagedate?: string;
  lastmessageid?: string;
  lastreportdate?: string;
  lastreportid?: string;
}

/** How a target wants the first page of Partial download asked for. */
export type FirstPageCursor = 'now' | 'empty' | 'omit';

/** The first cursor: `now` lies ahead of the current UTC time by the clock tolerance and a minute. */
export function firstPartialCursor(kind: FirstPageCursor, nowMs: number, toleranceMs: number): PartialCursor {
  if (kind === 'omit') return {};
  const date = kind === 'now' ? formatTimestamp(nowMs + toleranceMs + 60_000) : '';
  return { lastmessagedate: date, lastmessageid: '', lastreportdate: date, lastreportid: '' };
}

/** Which end of a page lies farthest back; `unknown` where all its items are of one second. */
export type PageEnd = 'first' | 'last' | 'unknown';

/** The end of the page that lies farthest back in the server's own order: first of an ascending page, last of a descending one. */
export function farEnd(items: readonly { Created?: unknown }[]): PageEnd {
  const times = items.map((item) => parseTimestamp(item.Created)).filter((time) => time !== undefined);
  const [head, tail] = [times[0], times.at(-1)];
  if (head === undefined || tail === undefined || head === tail) return 'unknown';
  return directionOf([head, tail]) === 'descending' ? 'last' : 'first';
}
