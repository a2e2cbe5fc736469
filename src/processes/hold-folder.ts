import { join } from 'node:path';
import { fileProblem, systemProblem, UsageError } from '../errors.js';
import { processInWords } from './identity.js';
import { type Held, isLock, type Lock, takeLock } from './lock.js';

/**
 * Takes a folder that is there for one process: two that write into it at once would mix what they say.
 * @param named what messages call it: the option or variable with its value
 * @throws UsageError where another process has it, or where it cannot be locked
 */
export function holdFolder(path: string, named: string): Lock {
  const file = join(path, '.lock');
  let taken: Lock | Held;
  try {
    taken = takeLock(file);
  } catch (error) {
    const why = systemProblem(error) ?? `${file}: ${fileProblem(error)}. Take it away.`;
    throw new UsageError(`${named}: it cannot be locked for this command. ${why}`);
  }
  if (isLock(taken)) return taken;
  const who = taken.by === undefined ? 'another process' : processInWords(taken.by);
  throw new UsageError(`${named}: ${who} writes its reports there now. Wait for its end, or name another folder.`);
}
