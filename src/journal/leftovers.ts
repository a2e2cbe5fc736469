import { allows } from '../judge/index.js';
import type { ResolvedTarget } from '../target/index.js';
import type { Transport } from '../transport/index.js';
import { cleanUp } from './clean-up.js';
import { journalPath, readJournal, tidyJournal } from './journal.js';
import type { Restorable } from './restore.js';

/**
 * Puts back what processes that are gone left changed on the server of a target, and takes an empty journal away.
 * @param transport asked for where something is to be put back: one of its own, so that a server that is silent here is not given up
 *   on before the run
 * @returns what was done, and what cannot be put back and why, in sentences; that is no reason not to run
 */
export async function putBackLeftovers(
  target: ResolvedTarget,
  apis: readonly Restorable[],
  transport: () => Transport,
): Promise<string[]> {
  if (target.source === 'stub') return [];
  const journalFile = journalPath(target.source);
  const { pending, problems } = readJournal(journalFile);
  if (problems.length > 0) return problems;
  if (pending.length === 0) {
    tidyJournal(journalFile);
    return [];
  }
  if (!allows(target.allow, 'write')) {
    return [
      `A run that was interrupted left changes behind, and the target allows no more than "read". Put them back with: chat-conformance cleanup --target ${target.source}`,
    ];
  }
  const done = await cleanUp(target, { apis, journalFile, transport: transport() });
  return [...done.restored, ...done.unseen, ...done.problems, ...done.untried, ...done.leftAlone];
}
