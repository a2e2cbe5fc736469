import type { Command } from 'commander';
import type { Declaring } from '../action.js';

/** Declares `compare`. */
export function registerCompare(program: Command, { does }: Declaring): void {
  program
    .command('compare')
    .description('Says what changed from one run to another: newly missed, newly met, newly skipped, gone.')
    .argument('<old>', 'verdict.json of the earlier run, or its reports directory')
    .argument('<new>', 'verdict.json of the later run, or its reports directory')
    .addHelpText(
      'after',
      `
Exit codes:
  0  nothing is newly missed
  1  something is newly missed
  2  one of the two cannot be read, or the later run is unjudged

Of a selection or a shard only what it was to check is compared.

Example:
  chat-conformance compare baseline/verdict.json reports/verdict.json`,
    )
    .action(does(async () => (await import('../actions/compare.js')).compare));
}
