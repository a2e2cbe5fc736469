import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readVerdict } from '../../reporters/index.js';
import type { Io } from '../io.js';
import { reportVerdict } from '../summary.js';

export function registerReport(program: Command, io: Io): void {
  program
    .command('report')
    .description('Renders junit.xml, summary.md and the HTML report again from the verdict.json of a directory.')
    .argument('[dir]', 'the reports directory', 'reports')
    .addHelpText(
      'after',
      `
Exit codes:
  0  the reports are written, whatever the verdict
  2  the directory holds no verdict

Example:
  chat-conformance report reports`,
    )
    .action(async (folder: string) => {
      await reportVerdict(await readVerdict(resolve(io.cwd, folder)), folder, true, io);
    });
}
