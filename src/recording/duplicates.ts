import { createHash } from 'node:crypto';
import { isSecretHeader } from '../secrets/index.js';
import { createBounded } from './bounded.js';
import type { Recorded } from './types.js';

/** Finds exchanges that were recorded more than once: one recording named twice, a page's request that a service worker passed on. */
export interface Duplicates {
  /** Whether this is an exchange that was taken before. */
  has(recorded: Recorded): boolean;
}

const kept = 20_000;
/** The clocks of two recorders are set to whole seconds at best. */
const betweenRecordings = 5000;

interface Taken {
  startedAt: number;
  endedAt: number;
  durationMs: number;
  source: number;
  isOfWorker: boolean;
}

/** Makes an empty memory. It remembers a bounded number. */
export function createDuplicates(): Duplicates {
  const taken = createBounded<string, Taken>(kept);
  return {
    has(recorded) {
      const { startedAt = Number.NaN, durationMs, source, isOfWorker = false } = recorded;
      const own: Taken = { startedAt, endedAt: startedAt + durationMs, durationMs, source, isOfWorker };
      const key = keyOf(recorded);
      const before = taken.get(key);
      taken.set(key, own);
      return before !== undefined && isSame(before, own);
    },
  };
}

/**
 * Whether two records of the same bytes are of one exchange. Without a time nobody can tell: in one recording a client may have asked
 * twice, two may be of one and the same traffic.
 */
function isSame(one: Taken, other: Taken): boolean {
  if (one.source !== other.source && Number.isNaN(one.startedAt + other.startedAt)) return true;
  if (one.source === other.source && one.startedAt === other.startedAt && one.durationMs === other.durationMs)
    return true;
  const slack = one.source === other.source ? 0 : betweenRecordings;
  const isAtOnce = one.startedAt <= other.endedAt + slack && other.startedAt <= one.endedAt + slack;
  return isAtOnce && (one.source !== other.source || one.isOfWorker !== other.isOfWorker);
}

function keyOf({ method, url, requestHeaders, requestBody, response }: Recorded): string {
  const hash = createHash('sha256');
  const { pathname, search } = new URL(url);
  hash.update(`${method} ${pathname}${search} ${response?.status}\n`);
  // Two callers may ask and get the same.
  for (const [name, value] of requestHeaders) if (isSecretHeader(name)) hash.update(`${value}\n`);
  for (const body of [requestBody, response?.body])
    if (body !== undefined && !('lost' in body)) hash.update('text' in body ? body.text : body.bytes).update('\n');
  return hash.digest('base64').slice(0, 16);
}
