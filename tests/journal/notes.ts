/** Lines of journals as processes that are gone have left them. */
import { spawn } from 'node:child_process';
import { hostname } from 'node:os';
import type { JournalEntry } from '../../src/journal/journal.js';
import type { ProcessIdentity } from '../../src/processes/identity.js';

/** A process that has ended. */
export async function gone(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  return { machine: hostname(), pid: child.pid ?? 0, since: 1 };
}

/** A process that is at work until stopped. */
export async function atWork(): Promise<{ writer: ProcessIdentity } & AsyncDisposable> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await new Promise((resolve) => child.once('spawn', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  return { writer: { machine: hostname(), pid: child.pid ?? 0, since: 1 }, [Symbol.asyncDispose]: stop };
}

/** The line by which a process notes an entry. */
export function noteOf(
  entry: JournalEntry,
  writer: ProcessIdentity,
  event: 'note' | 'done' = 'note',
  at = Date.now(),
): string {
  return `${JSON.stringify({ event, entry, writer, at })}\n`;
}
