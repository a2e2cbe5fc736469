/** The faults and their matrix on the command line. Apart from the command, for it loads the stub and the whole suite. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Api, chosenApis, requirementsOf } from '../src/api/api.js';
import { stubsOf } from '../src/api/stub.js';
import type { Io, MatrixCommandOptions } from '../src/cli/io.js';
import { UsageError } from '../src/errors.js';
import { casesOf } from './cases.js';
import { checksOf } from './checks.js';
import { isClean, matrixLines, reportMatrix } from './report.js';
import { runMatrix } from './run.js';

export { discover } from './discover.js';

/** Loads the spec files of these APIs; throws a `UsageError` that names one that does not load. */
export async function loadSpecs(apis: readonly Api[]): Promise<void> {
  for (const api of apis) await checksOf(api);
}

/** Prints the seeded faults. */
export async function listFaults(
  { api: names, json }: { api?: readonly string[]; json?: boolean },
  io: Io,
): Promise<void> {
  const shown = (await stubsOf(chosenApis(io.apis, names))).flatMap(({ faults }) => faults);
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
  const scope = chosenApis(io.apis, options.api);
  const stubs = await stubsOf(scope);
  const cases = casesOf(stubs, options.only);
  if (cases.length === 0)
    throw new UsageError(
      `--only ${options.only}: no fault or variant has such an id. List them with: chat-conformance faults`,
    );
  const startedAt = Date.now();
  let told = startedAt;
  const results = await runMatrix(cases, {
    stubs,
    plugins: io.plugins,
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
