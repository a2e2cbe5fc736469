import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { gather, parseWhole } from '../options.js';

/** Declares `stub`. */
export function registerStub(program: Command, { does }: Declaring): void {
  program
    .command('stub')
    .description('Serves the embedded stub alone on a loopback port, for client developers and other tools.')
    .option('--port <n>', 'the port; 0 takes a free one', parseWhole(0, 65535), 8080)
    .option('--seed <n>', 'picks accounts and histories', parseWhole(0), 1)
    .option('--fault <id>', 'misbehave in this way; may be given more than once', gather)
    .option('--variant <id>', 'differ in this legal way; may be given more than once', gather)
    .option('--latency <ms>', 'wait so long before each answer, in milliseconds', parseWhole(0, 600_000), 0)
    .option('--messages <n>', 'hold so many messages in each conversation that is judged', parseWhole(0, 1_000_000))
    .option('--conversations <n>', 'hold so many further conversations of each user', parseWhole(0, 100_000))
    .option('--pairs <n>', 'have so many pairs of accounts', parseWhole(1, 1000))
    .option('--no-cors', 'let no page of another origin call')
    .option('--write-target <file>', 'write a target file for this stub')
    .option('--json', 'print one line of JSON, {"url", "seed"}, when ready; end when the parent process goes away')
    .addHelpText(
      'after',
      `
Runs until Ctrl-C. Exit codes: 0 stopped, 2 could not start.

Examples:
  chat-conformance stub
  chat-conformance stub --port 0 --write-target stub.json
  chat-conformance stub --fault ID --latency 50           an ID of: chat-conformance faults`,
    )
    .action(does(async () => (await import('../actions/stub.js')).stub));
}
