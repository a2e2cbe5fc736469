import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, so that another one with the same number is not taken for it. */
export interface ProcessIdentity {
  /** The host's name. */
  machine: string;
  pid: number;
  /** When it started, epoch milliseconds by its own clock. */
  since: number;
  /** Where the system tells: which start of the machine, which container, and when within them. */
  start?: string;
}

/** `unknown`: it is of another machine or container, or the system does not tell one process from the next of its number. */
export type Standing = 'alive' | 'gone' | 'unknown';

/** This process. */
export const self: ProcessIdentity = identityOf();

function identityOf(): ProcessIdentity {
  const start = startOf(process.pid);
  const known = { machine: hostname(), pid: process.pid, since: Math.round(performance.timeOrigin) };
  return start === undefined ? known : { ...known, start };
}

/** Whether a process is there still, as far as this one can tell. */
export function standingOf({ machine, pid, start }: ProcessIdentity): Standing {
  if (start !== undefined && placeOf(start) === placeOf(self.start)) return startOf(pid) === start ? 'alive' : 'gone';
  if (start !== undefined && self.start !== undefined) return 'unknown';
  return machine === self.machine && !hasNumber(pid) ? 'gone' : 'unknown';
}

export function isSame(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return (
    one.machine === other.machine && one.pid === other.pid && one.since === other.since && one.start === other.start
  );
}

/** A process in words for people. */
export function processInWords({ machine, pid }: ProcessIdentity): string {
  return `process ${pid} on ${machine}`;
}

function placeOf(start: string | undefined): string | undefined {
  return start?.split(' ').slice(0, 2).join(' ');
}

/** `<start of the machine> <container> <ticks>` of a process at work; `undefined` where it is gone, or the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const container = readlinkSync('/proc/self/ns/pid');
    // The name of the program stands in brackets, and may hold any.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = 'X', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A killed process whose parent never asks for it keeps its number, but does nothing any more.
    return /[ZX]/.test(state) ? undefined : `${boot} ${container} ${fields[18]}`;
  } catch {
    return undefined;
  }
}

function hasNumber(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
