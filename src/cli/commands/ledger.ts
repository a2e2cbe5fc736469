import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { apiOption } from '../options.js';

/** Declares `ledger`. */
export function registerLedger(program: Command, { does, exampleApi }: Declaring): void {
  program
    .command('ledger')
    .description(
      'Lists every documented member of every answer, and the requirements that judge its value, or why nothing can.',
    )
    .option(...apiOption)
    .addHelpText(
      'after',
      `
Exit codes:
  0  each lie that was tried about a member is caught by a requirement, or the documentation leaves the value open
  1  otherwise, or the ledger is not that of the schemas
  2  a mistake in the command line

Example:
  chat-conformance ledger --api ${exampleApi}`,
    )
    .action(does(async () => (await import('../actions/ledger.js')).ledger));
}
