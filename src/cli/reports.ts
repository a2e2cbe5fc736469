import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { holdFolder } from '../processes/hold-folder.js';
import { checkFolder, type Output, reportFiles } from './output.js';

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
 * Does the work of one command with a reports directory of its own, which is made where it is missing: two commands at once would mix
 * what they say. One that was made and holds nothing at the end is taken away.
 * @param names the files that it will write
 * @throws UsageError where another command has it, or where it cannot be written
 */
export async function withReports<Result>(
  output: Output,
  work: () => Promise<Result>,
  names: readonly string[] = reportFiles,
): Promise<Result> {
  checkFolder(output, names);
  const made = mkdirSync(output.path, { recursive: true });
  const lock = holdFolder(output.path, `${output.option} ${output.shown}`);
  try {
    return await work();
  } finally {
    lock.release();
    if (made !== undefined && readdirSync(output.path).length === 0) rmdirSync(output.path);
  }
}
