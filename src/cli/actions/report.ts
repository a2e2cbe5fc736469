import { join, resolve } from 'node:path';
import { readVerdict } from '../../reporters/index.js';
import { exitCode } from '../../verdict/index.js';
import type { Io } from '../io.js';
import { withReports } from '../reports.js';
import { reportVerdict } from '../summary.js';

/** Renders the reports of a directory again from its verdict. Gives the exit code. */
export async function report(folder: string, _options: object, io: Io): Promise<number> {
  const path = resolve(io.cwd, folder);
  return withReports({ option: 'the directory', shown: folder, path }, async () => {
    const verdict = await readVerdict(path);
    await reportVerdict(verdict, folder, io, { again: true, live: [join(path, 'allure-results')] });
    return exitCode(verdict);
  });
}
