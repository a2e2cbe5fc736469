import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readVerdict } from '../../reporters/index.js';
import { exitCode, mergeVerdicts } from '../../verdict/index.js';
import type { Io } from '../io.js';
import { checkFolder, reportFiles } from '../output.js';
import { reportVerdict } from '../summary.js';

export function registerMerge(program: Command, io: Io): void {
  program
    .command('merge')
    .description('Joins the reports directories of the shards of a run into one verdict and one report.')
    .argument('<dir...>', 'the reports directories of all shards')
    .option('--reports <dir>', 'where the joined reports go', 'reports')
    .addHelpText(
      'after',
      `
Exit codes: those of the joined verdict, as with run; 2 also when a directory holds no verdict.

Example:
  chat-conformance merge reports-1 reports-2 --reports reports`,
    )
    .action(async (folders: string[], options: { reports: string }) => {
      const path = resolve(io.cwd, options.reports);
      checkFolder({ option: '--reports', shown: options.reports, path }, reportFiles);
      const verdicts = await Promise.all(folders.map((folder) => readVerdict(resolve(io.cwd, folder))));
      const verdict = mergeVerdicts(verdicts);
      await reportVerdict(verdict, options.reports, false, io);
      io.exitCode = exitCode(verdict);
    });
}
