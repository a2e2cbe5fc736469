import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { casesOf } from '../../../matrix/cases.js';
import { isClean, matrixLines, reportMatrix } from '../../../matrix/report.js';
import { runMatrix } from '../../../matrix/run.js';
import { requirementsOf } from '../../../requirements/index.js';
import { UsageError } from '../../errors.js';
import type { Api } from '../../exchange/index.js';
import { faults } from '../../stub/index.js';
import { apis } from '../../target/index.js';
import type { Io } from '../io.js';
import { parseApis, parseWhole } from '../options.js';

interface FaultsOptions {
  api?: Api[];
  only?: string;
  jobs: number;
  all?: boolean;
  reports: string;
}

export function registerFaults(program: Command, io: Io): void {
  const command = program
    .command('faults')
    .description('Lists the seeded faults of the stub; faults run shows that the suite catches each of them.')
    .option('--api <names>', 'only these: ozeki, genesys, relation, with commas between', parseApis)
    .option('--json', 'list as JSON')
    .action((options: { api?: Api[]; json?: boolean }) => list(options, io));
  command
    .command('run')
    .description('Tries the suite on the healthy stub, on each legal variant and on each fault.')
    .option('--api <names>', 'only these: ozeki, genesys, relation, with commas between', parseApis)
    .option('--only <glob>', 'only the faults and variants whose id matches, such as ozeki-page-*')
    .option('--jobs <n>', 'how many processes try cases at a time', parseWhole(1, 64), 2)
    .option('--all', 'run every check against each fault, also after it was caught')
    .option('--reports <dir>', 'where faults.json goes', 'reports')
    .addHelpText(
      'after',
      `
Exit codes:
  0  every fault was caught, nothing cried out on a legal server, no requirement is without a fault
  1  otherwise
  2  a mistake in the command line

Examples:
  chat-conformance faults run
  chat-conformance faults run --only 'ozeki-page-*' --all`,
    )
    .action(async (_options: FaultsOptions, self: Command) => {
      io.exitCode = await run(self.optsWithGlobals<FaultsOptions>(), io);
    });
}

function list({ api: only, json }: { api?: readonly Api[]; json?: boolean }, io: Io): void {
  const shown = faults.filter(({ api }) => only?.includes(api) ?? true);
  if (json) {
    io.out(
      JSON.stringify(
        shown.map(({ id, api, action, requirement, sentence }) => ({ id, api, action, requirement, sentence })),
        null,
        2,
      ),
    );
    return;
  }
  const width = Math.max(...shown.map(({ id }) => id.length));
  for (const { id, requirement, sentence } of shown)
    io.out(`${id.padEnd(width)}  ${requirement.padEnd(20)}  ${sentence}`);
  io.out(`${shown.length} faults. Try one: chat-conformance stub --fault ID. Try all: chat-conformance faults run`);
}

async function run(options: FaultsOptions, io: Io): Promise<number> {
  const scope = options.api ?? [...apis];
  const cases = casesOf({ apis: scope, only: options.only });
  if (cases.length === 0)
    throw new UsageError(
      `--only ${options.only}: no fault or variant has such an id. List them with: chat-conformance faults`,
    );
  const startedAt = Date.now();
  let told = startedAt;
  const results = await runMatrix(cases, {
    jobs: options.jobs,
    all: options.all,
    onResult: (result, done) => {
      const worth = result.outcome !== 'caught' && result.outcome !== 'clean';
      if (!worth && Date.now() - told < 5000) return;
      told = Date.now();
      io.err(`${done} of ${cases.length} tried${worth ? `: ${result.id} ${result.outcome}` : ''}`);
    },
  });
  const report = reportMatrix(results, requirementsOf(scope), Date.now() - startedAt, options.only === undefined);
  const folder = resolve(io.cwd, options.reports);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'faults.json'), `${JSON.stringify(report, null, 2)}\n`);
  for (const line of matrixLines(report)) io.out(line);
  return isClean(report) ? 0 : 1;
}
