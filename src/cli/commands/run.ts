import type { Command } from 'commander';
import { topics } from '../../requirements/types.js';
import type { Declaring } from '../action.js';
import { apiOption, gatherNames, parseShard, parseShare, parseWhole } from '../options.js';

/** Declares `run`. */
export function registerRun(program: Command, { does, exampleApi }: Declaring): void {
  program
    .command('run')
    .description('Judges a server and writes verdict.json, junit.xml, summary.md and an HTML report.')
    .option('--target <file>', 'the target file of the server, or the word stub', 'stub')
    .option(...apiOption)
    .option('--strict', 'count a missed SHOULD as a failure')
    .option('--require-judged <share>', 'all, or N%: exit code 2 where fewer MUSTs were judged', parseShare)
    .option('--only <id...>', 'check only the requirements of these ids', gatherNames)
    .option('--topic <names>', `check only these: ${topics.join(', ')}`, gatherNames)
    .option('--grep <pattern>', 'check only requirements whose API, action, id, title or tag matches')
    .option('--last-failed', 'check only what the verdict in the reports directory has as missed or in error')
    .option('--budget <seconds>', 'stop then, and give the verdict on what was judged by then', parseWhole(1))
    .option('--workers <n>', 'how many checks run at a time', parseWhole(1))
    .option('--shard <i/n>', 'run only the i-th of n parts; join them with merge', parseShard)
    .option('--explore <seconds>', 'explore each API so long before the checks, see explore', parseWhole(1, 86_400))
    .option('--explore-calls <n>', 'after so many calls to an API no more sequences are begun', parseWhole(1))
    .option('--seed <n>', 'the seed of --explore; left out, each time another', parseWhole(0))
    .option('--replay <file>', 'play this replay file of --explore and nothing else')
    .option('--plan', 'print what a run would send, and send nothing')
    .option('--waivers <file>', 'known misses that are accepted for a time')
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--no-html', 'make no HTML report')
    .addHelpText(
      'after',
      `
The last line is the verdict: CONFORMANT where every MUST in scope was judged and none missed, PARTIAL where none was
missed of those that were judged, NON-CONFORMANT, or UNJUDGED.
A run whose --budget is used up stops, puts back what it changed, and ends with a verdict within 40 seconds more.
A part (--only, --topic, --grep, --last-failed) is at most PARTIAL. Its reports go into the reports directory, or into
its folder selection where a verdict on the whole lies there, for that stays.

Exit codes:
  0  no MUST missed (with --strict: no SHOULD either)
  1  at least one missed
  2  could not be judged: invalid target, unset variable, unreachable host, refused credentials, something else than
     the server answered (a gateway's page, a redirect, a demand for a client certificate), nothing left to check,
     no MUST of an API in scope judged, or fewer than --require-judged asks for

Examples:
  chat-conformance run
  chat-conformance run --target staging.json --api ${exampleApi} --strict
  chat-conformance run --target staging.json --last-failed --no-html
  chat-conformance run --target staging.json --require-judged all
  chat-conformance run --target staging.json --explore 60
  chat-conformance run --target staging.json --shard 1/4 --reports reports-1`,
    )
    .action(does(async () => (await import('../actions/run.js')).run));
}
