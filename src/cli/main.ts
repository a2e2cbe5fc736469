import { Command, CommanderError } from 'commander';
import { systemProblem, UsageError } from '../errors.js';
import { packageVersion } from '../root.js';
import { type Asked, asking, type Declaring } from './action.js';
import { registerCheck } from './commands/check.js';
import { registerCleanup } from './commands/cleanup.js';
import { registerCompare } from './commands/compare.js';
import { registerDoctor } from './commands/doctor.js';
import { registerExplore } from './commands/explore.js';
import { registerExport } from './commands/export.js';
import { registerFaults } from './commands/faults.js';
import { registerInit } from './commands/init.js';
import { registerLedger } from './commands/ledger.js';
import { registerMerge } from './commands/merge.js';
import { registerProxy } from './commands/proxy.js';
import { registerReport } from './commands/report.js';
import { registerRun } from './commands/run.js';
import { registerStub } from './commands/stub.js';
import { registerCompletion } from './completion.js';
import { escaped, type Outside } from './io.js';
import { gather } from './options.js';

/** Declares every command of `chat-conformance`, in the order of the help. */
const commands: readonly ((program: Command, declaring: Declaring) => void)[] = [
  registerRun,
  registerExplore,
  registerStub,
  registerDoctor,
  registerFaults,
  registerLedger,
  registerInit,
  registerCleanup,
  registerMerge,
  registerReport,
  registerCompare,
  registerExport,
  registerCheck,
  registerProxy,
];

const epilogue = `
Exit codes:
  0  no MUST missed, or done
  1  at least one requirement missed, or something newly missed (compare)
  2  could not be judged, or a mistake in the command line or a file

Examples:
  chat-conformance run                              the whole suite against the embedded stub
  chat-conformance init --api NAME                  a target file to start from
  chat-conformance run --target target.json         the suite against a server
  chat-conformance compare old/verdict.json reports/verdict.json`;

/**
 * Runs one command line (without node and script) and resolves with the exit code. Writes only through `outside`. Rejects only where the
 * code of the command cannot be loaded.
 */
export async function run(args: readonly string[], outside: Outside): Promise<number> {
  const io = escaped(outside);
  let asked: Asked | undefined;
  const program = new Command('chat-conformance')
    .description('Judges whether a chat server conforms to its API as it is documented.')
    .version(packageVersion, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--plugin <module>', 'a module that adds or extends an API; may be given more than once', gather)
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', epilogue)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      // The sentence is made below, where the mend can be added.
      outputError: () => {},
    });
  const does = asking(io, (action) => {
    asked = action;
  });
  for (const declare of commands) declare(program, { does, exampleApi: io.apiNames[0] ?? 'NAME' });
  registerCompletion(program, io);

  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      throw new UsageError('No command is named. Name one, such as: chat-conformance run');
    }
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    return tell(error, program, args, io);
  }
  const act = await asked?.();
  try {
    return (await act?.()) ?? 0;
  } catch (error) {
    return tell(error, program, args, io);
  }
}

/** Tells a mistake in a sentence and gives the exit code for it. */
function tell(error: unknown, program: Command, args: readonly string[], io: Outside): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    io.err(`chat-conformance: ${sentence(error, program, args)}`);
  } else if (error instanceof UsageError) {
    io.err(`chat-conformance: ${error.message}`);
  } else if (systemProblem(error) !== undefined) {
    io.err(`chat-conformance: ${systemProblem(error)}`);
  } else if (io.env.DEBUG === 'chat-conformance' && error instanceof Error) {
    io.err(`chat-conformance: ${error.stack ?? error.message}`);
  } else {
    const message = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
    io.err(`chat-conformance: internal error: ${message} (set DEBUG=chat-conformance to see where it comes from)`);
  }
  return 2;
}

/** Commander's message as one sentence with the mend: its own guess, or where to look. */
function sentence(error: CommanderError, program: Command, args: readonly string[]): string {
  // `help` of a command that is none.
  const message = error.code === 'commander.help' ? 'there is no command of this name' : error.message;
  const [what = '', guess] = message.replace(/^error: /, '').split('\n');
  // What completing shells ask is for no person to name.
  const known = program.commands.map((command) => command.name()).filter((name) => name !== 'complete');
  const command = args.find((argument) => known.includes(argument));
  const full = /[.!?]$/.test(what) ? what : `${what}.`;
  if (guess !== undefined) return `${full} ${guess.replace(/^\((.*)\)$/, '$1')}`;
  if (error.code === 'commander.unknownCommand' || error.code === 'commander.help') {
    return `${full} The commands are: ${known.join(', ')}.`;
  }
  if (error.code === 'commander.invalidArgument') return full;
  return `${full} See: chat-conformance ${command === undefined ? '' : `${command} `}--help`;
}
