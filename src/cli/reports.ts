import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderProblem, UsageError } from '../errors.js';

/** What says something of a run at a glance; the rest of its reports is replaced with those of the next. */
const words = ['verdict.json', 'junit.xml', 'summary.md', 'badge.svg', 'selection'];

/**
 * Makes the reports directory at `path`, which the command line named as `folder`, and takes away what an earlier run said, so that
 * nobody takes it for this run's word. Throws a `UsageError` where that is not possible.
 */
export function prepareReports(folder: string, path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    for (const name of words) rmSync(join(path, name), { force: true, recursive: true });
  } catch (error) {
    throw new UsageError(`--reports ${folder}: ${folderProblem(error)}. Name a folder that can be written.`);
  }
}
