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

/**
 * The end of the page that lies farthest back in the server's own order: first of a page that mostly ascends, last of one that mostly
 * descends. A server that orders by arrival may give an item of an earlier time anywhere.
 */
export function farEnd(items: readonly { Created?: unknown }[]): PageEnd {
  const times = items.map((item) => parseTimestamp(item.Created)).filter((time) => time !== undefined);
  const steps = times.slice(1).map((time, i) => Math.sign(time - (times[i] ?? time)));
  const mostly = steps.reduce((sum, step) => sum + step, 0) || (times.at(-1) ?? 0) - (times[0] ?? 0);
  if (mostly === 0) return 'unknown';
  return mostly > 0 ? 'first' : 'last';
}
