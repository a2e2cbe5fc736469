/** The faults and their matrix on the command line. Apart from the command, for it loads the stub and the whole suite. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { requirementsOf } from '../../apis/catalogue.js';
import { casesOf } from '../../matrix/cases.js';
import { isClean, matrixLines, reportMatrix } from '../../matrix/report.js';
import { runMatrix } from '../../matrix/run.js';
import { UsageError } from '../errors.js';
import type { Api } from '../exchange/index.js';
import { faults } from '../stub/index.js';
import { apis } from '../target/index.js';
import type { Io } from './io.js';

/** What is asked of `faults run`. */
export interface MatrixCommandOptions {
  api?: Api[];
  only?: string;
  jobs: number;
  all?: boolean;
  reports: string;
}

/** Prints the seeded faults. */
export function listFaults({ api: only, json }: { api?: readonly Api[]; json?: boolean }, io: Io): void {
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

/** Runs the matrix, writes `faults.json`, prints the tables; gives the exit code. */
export async function runFaults(options: MatrixCommandOptions, io: Io): Promise<number> {
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
