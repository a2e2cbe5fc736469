import type { Command } from 'commander';
import type { Declaring } from '../action.js';

/** Declares `cleanup`. */
export function registerCleanup(program: Command, { does }: Declaring): void {
  program
    .command('cleanup')
    .description('Puts back what an interrupted run left changed on the server, by its journal.')
    .requiredOption('--target <file>', 'the target file of the run')
    .addHelpText(
      'after',
      `
Each run does the same before it starts, where its target allows "write".

Exit codes:
  0  everything is as it was
  1  something is not: it could not be put back, or belongs to a run that is still going
  2  it could not be tried: a mistake in the target file or in the journal, or the host cannot be reached

Example:
  chat-conformance cleanup --target staging.json`,
    )
    .action(does(async () => (await import('../actions/cleanup.js')).cleanup));
}
