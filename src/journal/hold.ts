import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileProblem, UsageError } from '../errors.js';
import { allows } from '../judge/index.js';
import { processInWords } from '../processes/identity.js';
import { type Held, holderOf, isLock, type Lock, takeLock } from '../processes/lock.js';
import type { ResolvedTarget } from '../target/index.js';
import { checkJournal, journalPath } from './journal.js';
import type { Restorable } from './restore.js';

/** Which part of a run, of how many. */
interface Shard {
  current: number;
  total: number;
}

/**
 * Takes a journal for one run: two at once would change what the other one judges. The shards of one run share it, each has accounts
 * of its own.
 * @throws UsageError where another run has it
 */
export function holdJournal(path: string, shard?: Shard): Lock {
  const own = lockPath(path, shard);
  let taken: Lock | Held;
  try {
    taken = takeLock(own);
  } catch (error) {
    throw new UsageError(
      `The lock ${own} cannot be written: ${fileProblem(error)}. Make the folder writable, or set "allow": "read".`,
    );
  }
  if (!isLock(taken)) throw inUse(path, taken);
  const other = shard === undefined ? shardsOf(path).map(holderOf).find(Boolean) : holderOf(lockPath(path));
  if (other === undefined) return taken;
  taken.release();
  throw inUse(path, other);
}

/** Takes the journal of a target for a run of some APIs; `undefined` where they note nothing in it. Throws a `UsageError` as `holdJournal` does,
 * and where the journal cannot be believed or written. */
export function holdTargetJournal(
  target: ResolvedTarget,
  apis: readonly Restorable[],
  shard?: Shard,
): Lock | undefined {
  const isNoting = apis.some(({ name, restorer }) => restorer !== undefined && target.sections[name] !== undefined);
  if (!isNoting || target.source === 'stub' || !allows(target.allow, 'write')) return undefined;
  const journal = journalPath(target.source);
  checkJournal(journal);
  return holdJournal(journal, shard);
}

/** Whether a run at work has a journal. */
export function isHeld(path: string): boolean {
  return [lockPath(path), ...shardsOf(path)].some((lock) => holderOf(lock) !== undefined);
}

function lockPath(path: string, shard?: Shard): string {
  return shard === undefined ? `${path}.lock` : `${path}.${shard.current}-of-${shard.total}.lock`;
}

function shardsOf(path: string): string[] {
  const start = `${basename(path)}.`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(start) && /^\d+-of-\d+\.lock$/.test(name.slice(start.length)))
    .map((name) => join(dirname(path), name));
}

function inUse(path: string, { by }: Held): UsageError {
  const who = by === undefined ? 'of another process' : processInWords(by);
  return new UsageError(
    `Another run is going on with this target (${who}), and notes its changes in ${path}. Wait for its end: two at once would change what the other judges. With "allow": "read" both may run.`,
  );
}
