import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { apiOption } from '../options.js';

/** Declares `init`. */
export function registerInit(program: Command, { does, exampleApi }: Declaring): void {
  program
    .command('init')
    .description(
      'Writes a starter target file for the APIs named, with environment variables in place of all credentials.',
    )
    .requiredOption(...apiOption)
    .option('--out <file>', 'where to write the file', 'target.json')
    .option('--force', 'overwrite the file if it exists')
    .addHelpText('after', `\nExample:\n  chat-conformance init --api ${exampleApi} --out staging.json`)
    .action(does(async () => (await import('../actions/init.js')).init));
}
