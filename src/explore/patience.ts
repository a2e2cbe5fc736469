import { setTimeout as sleep } from 'node:timers/promises';

/** How long to look again before what a view lacks counts as missed. */
export interface Patience {
  /** The pauses before each further look, milliseconds. */
  pauses(): readonly number[];
  /** Takes note that a view came right after so many milliseconds. */
  cameRight(afterMs: number): void;
  /** From now on in short, until told otherwise: what is sought is known, and what is found is looked at again in full. */
  hurry(on: boolean): void;
}

/** As the fixed checks wait: about two seconds. */
const inFull = [0, 20, 50, 130, 300, 500, 1000];
const inShort = [0, 20];

/** Patience that learns: a server that was seen to lag gets twice that time even in a hurry. */
export function createPatience(): Patience {
  let lag = 0;
  let hurried = false;
  return {
    pauses: () => (hurried ? [...inShort, ...(lag === 0 ? [] : [lag, lag])] : inFull),
    cameRight(afterMs) {
      lag = Math.max(lag, afterMs);
    },
    hurry(on) {
      hurried = on;
    },
  };
}

/** A growing view is waited for as long as it grows, but no longer than this, milliseconds. */
const longestGrowth = 15_000;

/**
 * Looks until nothing is wrong that waiting may set right. As long as what is wrong changes from look to look, it goes on.
 * @param look gives what is wrong as a text, '' where nothing is that waiting may set right
 */
export async function settle(patience: Patience, look: () => Promise<string>): Promise<void> {
  const startedAt = Date.now();
  let wrong = await look();
  if (wrong === '') return;
  for (let grows = true; grows && Date.now() - startedAt < longestGrowth; ) {
    grows = false;
    for (const pause of patience.pauses()) {
      await sleep(pause);
      const now = await look();
      if (now === '') return patience.cameRight(Date.now() - startedAt);
      grows = now !== wrong;
      wrong = now;
      if (grows) break;
    }
  }
}
