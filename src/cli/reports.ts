import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import { processInWords } from '../processes/identity.js';
import { isLock, type Lock, takeLock } from '../processes/lock.js';
import { checkFolder, reportFiles } from './output.js';

/**
 * Makes the reports directory and takes away what an earlier run said, so that nobody takes it for this run's word.
 * @throws UsageError where it cannot be written
 */
export function prepareReports(shown: string, path: string): void {
  checkFolder({ option: '--reports', shown, path }, reportFiles);
  mkdirSync(path, { recursive: true });
  for (const name of [...reportFiles, 'selection', 'explore'])
    rmSync(join(path, name), { force: true, recursive: true });
}

/**
 * Takes a reports directory for one command, which makes it where it is missing: two at once would mix what they say.
 * @throws UsageError where another command has it, or where it cannot be written
 */
export function holdReports(option: string, shown: string, path: string): Lock {
  checkFolder({ option, shown, path }, reportFiles);
  mkdirSync(path, { recursive: true });
  const taken = takeLock(join(path, '.lock'));
  if (isLock(taken)) return taken;
  const who = taken.by === undefined ? 'another process' : processInWords(taken.by);
  throw new UsageError(
    `${option} ${shown}: ${who} writes its reports there now. Wait for its end, or name another folder.`,
  );
}
