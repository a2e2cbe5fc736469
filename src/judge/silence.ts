/** Tells a server that bad input breaks for a while from a gateway that has lost its server: the first breaks at the same step again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '../exchange/index.js';
import type { Requirement } from '../requirements/types.js';
import type { TransportFailure } from '../transport/index.js';
import type { Judgement } from '../verdict/index.js';
import type { Attempt } from './log.js';

/** How an attempt ended, as far as it matters here. */
interface Ended {
  outcome: Judgement['outcome'];
  reason?: string;
  cause?: 'server' | 'environment';
  silencedAt?: string;
  findings: Finding[];
}

/** Before each further attempt, milliseconds: a server that was broken for a moment is given the time to be up again. */
const pauses = [0, 50, 150, 300, 500, 1000, 2000];

/**
 * Whether the server spoke in a check of bad input, and then every action met a page of a broken server. Other pages, such as one
 * that bars a client, are no sign of that.
 */
export function isSilence(
  { kind, response }: TransportFailure,
  { topic }: Requirement,
  { exchanges }: Attempt,
): boolean {
  const isBroken = kind === 'not-the-api' && (response?.status ?? 0) >= 500;
  return isBroken && topic === 'robustness' && exchanges.some((exchange) => exchange.response.json !== undefined);
}

/**
 * Tries again until the server speaks, for some seconds. An attempt that falls silent at the step at which the first one did is a
 * miss: bad input breaks the server, and chance does not strike twice at one step of many.
 */
export async function triedOnceItSpeaks<Try extends Ended>(first: Try, again: () => Promise<Try>): Promise<Try> {
  let tried = first;
  for (const pause of pauses) {
    await sleep(pause);
    tried = await again();
    if (tried.silencedAt !== undefined && tried.silencedAt === first.silencedAt) {
      const message = `bad input breaks the server for every action, each of two times (${first.silencedAt})`;
      const findings = [{ message, expected: 'the server keeps answering' }];
      return { ...tried, outcome: 'missed', reason: undefined, cause: undefined, findings };
    }
    if (tried.outcome !== 'error' || tried.cause !== 'environment') break;
  }
  return tried;
}
