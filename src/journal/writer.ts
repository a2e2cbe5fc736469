import { readFileSync } from 'node:fs';
import { type PendingEntry, self } from './journal.js';

/** No check takes so long: an older note was left by a process that is gone, whoever bears its number now. */
const LONGEST_CHECK_MS = 60 * 60 * 1000;
/** The same for a process of another machine, of which nothing else can be known. */
const LONGEST_CHECK_ELSEWHERE_MS = 10 * 60 * 1000;

/** Whether the process that noted an entry may still be at work, and so will put it back itself. */
export function isLive({ writer, notedAt }: PendingEntry): boolean {
  const age = Date.now() - notedAt;
  if (writer.machine !== self.machine) return age < LONGEST_CHECK_ELSEWHERE_MS;
  return age < LONGEST_CHECK_MS && isAlive(writer.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** A killed process whose parent never asks for it keeps its number, but does nothing any more. */
function isZombie(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
