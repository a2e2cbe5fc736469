import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { readVerdict } from '../../reporters/index.js';
import { exitCode } from '../../verdict/index.js';
import type { Io } from '../io.js';
import { withReports } from '../reports.js';
import { reportVerdict } from '../summary.js';

export function registerReport(program: Command, io: Io): void {
  program
    .command('report')
    .description('Renders junit.xml, summary.md and the HTML report again from the verdict.json of a directory.')
    .argument('[dir]', 'the reports directory', 'reports')
    .addHelpText(
      'after',
      `
Exit codes: those of the verdict, as with run; 2 also when the directory holds none.

Example:
  chat-conformance report reports`,
    )
    .action(async (folder: string) => {
      const path = resolve(io.cwd, folder);
      await withReports({ option: 'the directory', shown: folder, path }, async () => {
        const verdict = await readVerdict(path);
        await reportVerdict(verdict, folder, io, { again: true, live: [join(path, 'allure-results')] });
        io.exitCode = exitCode(verdict);
      });
    });
}
