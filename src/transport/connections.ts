/** Which connections Node's fetch has opened: without it, a host that never answers and one that is never reached look alike. */
import { subscribe } from 'node:diagnostics_channel';

interface Count {
  pending: number;
  made: number;
  failed: number;
}

/** What happened to the connections of one origin since `watchConnections` was called. */
export interface Watch {
  /** One is being opened and none was opened meanwhile. */
  stillConnecting(): boolean;
  /** None was opened meanwhile, but there had been one: the request went over a kept connection. */
  reused(): boolean;
  /** Opening one failed. */
  failed(): boolean;
}

const counts = new Map<string, Count>();
let subscribed = false;

/** Watches the connections to an origin (`https://host:port`). Requests that an interceptor answers open none. */
export function watchConnections(origin: string): Watch {
  if (!subscribed) {
    subscribed = true;
    on('undici:client:beforeConnect', (count) => {
      count.pending += 1;
    });
    on('undici:client:connected', (count) => {
      count.pending -= 1;
      count.made += 1;
    });
    on('undici:client:connectError', (count) => {
      count.pending -= 1;
      count.failed += 1;
    });
  }
  const before = { ...countOf(origin) };
  return {
    stillConnecting: () => countOf(origin).pending > 0 && countOf(origin).made === before.made,
    reused: () => before.made > 0 && countOf(origin).made === before.made,
    failed: () => countOf(origin).failed > before.failed,
  };
}

function on(channel: string, change: (count: Count) => void): void {
  subscribe(channel, (message) => {
    const { connectParams } = message as { connectParams?: { protocol: string; host: string } };
    if (connectParams) change(countOf(`${connectParams.protocol}//${connectParams.host}`));
  });
}

function countOf(origin: string): Count {
  const known = counts.get(origin);
  if (known) return known;
  const count = { pending: 0, made: 0, failed: 0 };
  counts.set(origin, count);
  return count;
}
