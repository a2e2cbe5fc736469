import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { apiOption, parseWhole } from '../options.js';

/** Declares `explore`. */
export function registerExplore(program: Command, { does, exampleApi }: Declaring): void {
  program
    .command('explore')
    .description(
      'Tries generated sequences of calls, holds every answer against a model, and shows the shortest that misses.',
    )
    .option('--target <file>', 'the target file of the server, or the word stub', 'stub')
    .option(...apiOption)
    .option('--seconds <n>', 'how long each API is explored', parseWhole(1, 86_400), 60)
    .option('--calls <n>', 'after so many calls to an API no more sequences are begun', parseWhole(1))
    .option('--seed <n>', 'the same seed makes the same sequences; left out, each time another', parseWhole(0))
    .option('--replay <file>', 'play this replay file and nothing else')
    .option('--strict', 'count a missed SHOULD as a failure')
    .option('--waivers <file>', 'known misses that are accepted for a time')
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--no-html', 'make no HTML report')
    .addHelpText(
      'after',
      `
No check is run: the verdict is PARTIAL at most. What is found lies in the folder explore of the reports: a page, a
replay file and a shell script each. Replay files in the folder that the target names under "replays" are played first.

Exit codes:
  0  no MUST missed (with --strict: no SHOULD either)
  1  at least one missed
  2  could not be judged, as with run

Examples:
  chat-conformance explore --target staging.json --api ${exampleApi} --seconds 120
  chat-conformance explore --target staging.json --replay reports/explore/OZ-CLEAR-1-download.replay.json`,
    )
    .action(does(async () => (await import('../actions/explore.js')).exploreAlone));
}
