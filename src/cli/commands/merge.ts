import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { parseShare } from '../options.js';

/** Declares `merge`. */
export function registerMerge(program: Command, { does }: Declaring): void {
  program
    .command('merge')
    .description('Joins the reports directories of the shards of a run into one verdict and one report.')
    .argument('<dir...>', 'the reports directories of all shards')
    .option('--reports <dir>', 'where the joined reports go', 'reports')
    .option('--require-judged <share>', 'all, or N%: exit code 2 where fewer MUSTs were judged', parseShare)
    .addHelpText(
      'after',
      `
Each shard of one run must be there once: the same target, options and version of the suite, and the same run where
CHAT_CONFORMANCE_RUN_ID, GitHub, GitLab, Azure or Buildkite name it.

Exit codes: those of the joined verdict, as with run; 2 also where a shard is missing, doubled, of another run or
cannot be read.

Example:
  chat-conformance merge reports-1 reports-2 --reports reports`,
    )
    .action(does(async () => (await import('../actions/merge.js')).merge));
}
