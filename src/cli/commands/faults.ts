import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { apiOption, parseShard, parseWhole } from '../options.js';

/** Declares `faults`. */
export function registerFaults(program: Command, { does }: Declaring): void {
  const command = program
    .command('faults')
    .description('Lists the seeded faults of the stub; faults run shows that the suite catches each of them.')
    .option(...apiOption)
    .option('--json', 'list as JSON')
    .action(does(async () => (await import('../actions/faults.js')).faults));
  command
    .command('run')
    .description('Tries the suite on the healthy stub, on each legal variant and on each fault.')
    .option(...apiOption)
    .option('--only <glob>', 'only the faults and variants whose id matches, such as *-page-*')
    .option('--shard <i/n>', 'only the i-th of n parts, each case in one of them', parseShard)
    .option('--changed <revision>', 'only those of the APIs and actions whose files differ from this Git revision')
    .option('--jobs <n>', 'how many processes try cases at a time', parseWhole(1, 64), 2)
    .option('--all', 'run every check against each fault, also after it was caught')
    .option('--http', 'ask each server over HTTP on the loopback rather than within the process')
    .option(
      '--explore',
      'try what exploring alone finds: the faults that only combinations show, with --all the others too',
    )
    .option(
      '--seconds <n>',
      'with --explore: how long each server is explored with each seed',
      parseWhole(1, 86_400),
      30,
    )
    .option('--seeds <n>', 'with --explore: how many seeds', parseWhole(1, 100), 1)
    .option('--combined', 'try the checks on the faults that are left to exploring: none should find one')
    .option('--lies', 'try lies about each member of the answers: what fits the schema and is not true')
    .option('--write', 'with --lies: keep what came of them in the ledger, beside the schemas')
    .option('--reports <dir>', 'where faults.json goes', 'reports')
    .addHelpText(
      'after',
      `
Exit codes:
  0  every fault was caught, nothing was missed on a legal server, no requirement is without a fault; with --explore:
     every fault that only combinations show was found with four of five seeds, and nothing on a legal server;
     with --lies: each lie was caught, or the documentation leaves the value open
  1  otherwise
  2  a mistake in the command line

Examples:
  chat-conformance faults run
  chat-conformance faults run --only '*-page-*' --all
  chat-conformance faults run --shard 1/4
  chat-conformance faults run --changed main
  chat-conformance faults run --explore --seconds 60 --seeds 5`,
    )
    .action(does(async () => (await import('../actions/faults.js')).runFaults));
}
