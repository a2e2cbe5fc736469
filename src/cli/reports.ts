import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkFolder, reportFiles } from './output.js';

/**
 * Makes the reports directory and takes away what an earlier run said, so that nobody takes it for this run's word.
 * @throws UsageError where it cannot be written
 */
export function prepareReports(shown: string, path: string): void {
  checkFolder({ option: '--reports', shown, path }, reportFiles);
  mkdirSync(path, { recursive: true });
  for (const name of [...reportFiles, 'selection']) rmSync(join(path, name), { force: true, recursive: true });
}
