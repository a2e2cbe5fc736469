import type { Command } from 'commander';
import type { Declaring } from '../action.js';

/** Declares `report`. */
export function registerReport(program: Command, { does }: Declaring): void {
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
    .action(does(async () => (await import('../actions/report.js')).report));
}
