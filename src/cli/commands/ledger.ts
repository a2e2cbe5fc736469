import type { Command } from 'commander';
import { chosenApis } from '../../api/api.js';
import { ledgerLines, ledgerOf } from '../../ledger/index.js';
import { exampleApi, type Io } from '../io.js';
import { apiOption } from '../options.js';

export function registerLedger(program: Command, io: Io): void {
  program
    .command('ledger')
    .description(
      'Lists every documented member of every answer, and the requirements that judge its value, or why nothing can.',
    )
    .option(...apiOption)
    .addHelpText(
      'after',
      `
Exit codes:
  0  each lie that was tried about a member is caught by a requirement, or the documentation leaves the value open
  1  otherwise, or the ledger is not that of the schemas
  2  a mistake in the command line

Example:
  chat-conformance ledger --api ${exampleApi(io)}`,
    )
    .action(({ api: names }: { api?: string[] }) => {
      const ledgers = chosenApis(io.apis, names).map((api) => ({ api, ledger: ledgerOf(api) }));
      for (const { api, ledger } of ledgers) for (const line of ledgerLines(api, ledger)) io.out(line);
      const problems = ledgers.flatMap(({ ledger }) => ledger.problems);
      for (const problem of problems) io.err(problem);
      io.exitCode = problems.length === 0 ? 0 : 1;
    });
}
