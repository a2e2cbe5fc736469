import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type ProcessIdentity, self, standingOf } from './identity.js';

const prefix = 'process-';

/** Makes this process known to those that see to it that none outlives the run of this folder. */
export function enlist(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${prefix}${self.pid}.json`), JSON.stringify(self));
}

/** Waits until the enlisted processes of a run have ended, then kills those that have not. */
export async function endEnlisted(folder: string, graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && aliveIn(folder).length > 0) await sleep(50);
  killEnlisted(folder);
}

/** Kills the enlisted processes of a run that are there still. */
export function killEnlisted(folder: string): void {
  for (const { pid } of aliveIn(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Only those of which this process can tell that they are no others of their number. */
function aliveIn(folder: string): ProcessIdentity[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
  return names
    .flatMap((name) => identityIn(join(folder, name)))
    .filter((one) => standingOf(one) === 'alive' && one.pid !== self.pid);
}

function identityIn(path: string): ProcessIdentity[] {
  try {
    return [JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity];
  } catch {
    return [];
  }
}

/** So long a process whose parent is gone may take to stop: two requests that hang, and a little more. */
const longestStopMs = 25_000;

/** What the thread does that outlives a loop without end: the process is killed some time after its parent is gone. */
const watching = `
const { workerData: { parent, longestMs } } = require('node:worker_threads');
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), longestMs);
}, 500);
`;

/**
 * Calls `stop` when the parent of this process is gone, and sees to it that it ends, whatever it is at. Does nothing where it was not
 * forked.
 */
export function endWithParent(stop: () => void, longestMs = longestStopMs): void {
  if (!process.connected) return;
  process.once('disconnect', stop);
  new Worker(watching, { eval: true, workerData: { parent: process.ppid, longestMs } }).unref();
}
