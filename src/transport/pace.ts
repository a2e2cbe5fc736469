/** Holds one request rate over all processes that share a folder. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PaceOptions {
  /** Requests a second, over all processes; may be below 1. */
  perSecond: number;
  /** A folder of this run, for one rate only; made where missing. */
  folder: string;
}

export interface Pace {
  /** Waits for this request's turn. Resolves to the start of its slot, epoch milliseconds. */
  wait(): Promise<number>;
}

/** Slots this old are over for every process, so their files can go. */
const KEEP_MS = 60_000;

/**
 * Divides time into slots of 1/rate second. Who creates a slot's file (exclusively) owns the slot, and sends when it starts,
 * or at once in a slot that has begun. So no interval of one second holds more than rate + 1 slots, whatever the processes do.
 * The search for a free slot ends: only requests that wait, and those of the last minute, have files.
 * @throws Error where the rate is no positive number or the folder cannot be written.
 */
export function createPace({ perSecond, folder }: PaceOptions): Pace {
  if (!(perSecond > 0) || !Number.isFinite(perSecond)) {
    throw new Error(`a request rate must be a positive number, not ${perSecond}`);
  }
  const slotMs = 1000 / perSecond;
  let next = 0;
  let taken = 0;

  const take = (): number => {
    for (let slot = Math.max(next, Math.floor(Date.now() / slotMs)); ; slot += 1) {
      if (!create(folder, slot)) continue;
      next = slot + 1;
      taken += 1;
      if (taken % 64 === 0) removeBefore(folder, slot - KEEP_MS / slotMs);
      return slot;
    }
  };

  return {
    async wait() {
      const start = take() * slotMs;
      const ahead = start - Date.now();
      if (ahead > 0) await sleep(ahead);
      return start;
    },
  };
}

function create(folder: string, slot: number): boolean {
  try {
    writeFileSync(join(folder, `${slot}.slot`), '', { flag: 'wx' });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true });
    return create(folder, slot);
  }
}

function removeBefore(folder: string, slot: number): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.slot') && Number.parseInt(name, 10) < slot) rmSync(join(folder, name), { force: true });
  }
}
