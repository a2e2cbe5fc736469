import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { apiOption } from '../options.js';

/** Declares `doctor`. */
export function registerDoctor(program: Command, { does }: Declaring): void {
  program
    .command('doctor')
    .description('Checks a target before a run: hosts, credentials, conversations, permissions, clocks.')
    .option('--target <file>', 'the target file of the server, or the word stub', 'stub')
    .option(...apiOption)
    .option('--discover', 'also find out which documented actions the server does not have, by the checks of each')
    .addHelpText(
      'after',
      `
Only reads. Where an API has nothing to read, a chat is opened and completed, if the target allows "write". --discover goes as far as
the target allows, and puts back what it changes.

Exit codes:
  0  a run can be judged
  1  a run can be judged, and the server was seen to miss something: each line that starts with miss says what
  2  a run could not be judged: each line that starts with problem says why, and the mend

Example:
  chat-conformance doctor --target staging.json`,
    )
    .action(does(async () => (await import('../actions/doctor.js')).doctor));
}
