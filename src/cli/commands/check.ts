import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { apiOption, parseAccounts } from '../options.js';

/** Declares `check`. */
export function registerCheck(program: Command, { does, exampleApi }: Declaring): void {
  program
    .command('check')
    .description('Judges recorded traffic: HAR 1.2, or JSON Lines with one exchange a line as verdict.json keeps them.')
    .argument('<file...>', 'the recordings, of any size')
    .option(...apiOption)
    .option('--strict', 'count a missed SHOULD as a failure')
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--target-name <name>', 'the name that the reports give the server; that of the first file where left out')
    .option('--accounts <addresses>', 'e-mail addresses of accounts, to check user ids by, with commas', parseAccounts)
    .addHelpText(
      'after',
      `
Nothing is sent. What a recording cannot decide is skipped with that reason.

Exit codes:
  0  no MUST missed (with --strict: no SHOULD either)
  1  at least one missed
  2  nothing could be judged, or a file cannot be read

Examples:
  chat-conformance check session.har
  chat-conformance check alice.har bob.har --accounts alice@example.test,bob@example.test
  chat-conformance check traffic.jsonl --api ${exampleApi} --strict --reports reports-traffic`,
    )
    .action(does(async () => (await import('../actions/check.js')).check));
}
