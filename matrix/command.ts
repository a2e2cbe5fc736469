/** The faults and their matrix on the command line. Apart from the command, for it loads the stub and the whole suite. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Api, chosenApis, requirementsOf } from '../src/api/api.js';
import { stubsOf } from '../src/api/stub.js';
import type { Io, MatrixCommandOptions } from '../src/cli/io.js';
import { UsageError } from '../src/errors.js';
import { ledgerOf, triesOf, withTries } from '../src/ledger/index.js';
import type { StubApi } from '../src/stub/index.js';
import { casesOf, combinedCasesOf, shardOf } from './cases.js';
import { casesOn, changedBy, changedFiles, changedLine } from './changed.js';
import { checksOf } from './checks.js';
import { exploringCases, exploringLine, exploringLines, runExploring } from './exploring.js';
import { lieId, tryLies, writeTries } from './lies.js';
import { isClean, matrixLines, reportMatrix } from './report.js';
import { runMatrix } from './run.js';
import type { Case, CaseResult } from './types.js';

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
        shown.map(({ id, api, action, requirement, sentence, found }) => ({
          ...{ id, api, action, requirement, sentence },
          ...(found && { found }),
        })),
        null,
        2,
      ),
    );
    return;
  }
  const width = Math.max(...shown.map(({ id }) => id.length));
  for (const { id, requirement, sentence } of shown)
    io.out(`${id.padEnd(width)}  ${requirement.padEnd(20)}  ${sentence}`);
  const combined = shown.filter(({ found }) => found === 'explore').length;
  const left = combined === 0 ? '' : ` ${combined} of them show in combinations alone and are left to exploring.`;
  io.out(
    `${shown.length} faults.${left} Try one: chat-conformance stub --fault ID. Try all: chat-conformance faults run`,
  );
}

/** Runs the matrix, writes `faults.json`, prints the tables; gives the exit code. */
export async function runFaults(options: MatrixCommandOptions, io: Io): Promise<number> {
  const scope = chosenApis(io.apis, options.api);
  const stubs = await stubsOf(scope);
  if (isPart(options) && (options.explore || options.lies || options.combined))
    throw new UsageError(
      '--shard and --changed choose among faults and variants that checks find. Leave the others out.',
    );
  if (options.explore) return exploreFaults(options, scope, stubs, io);
  if (options.lies) return runLies(options, scope, stubs, io);
  const all = options.combined ? combinedCasesOf(stubs, options.only) : casesOf(stubs, options.only);
  if (all.length === 0)
    throw new UsageError(
      `--only ${options.only}: no fault or variant has such an id. List them with: chat-conformance faults`,
    );
  const cases = chosenOf(all, options, scope, io);
  if (cases.length === 0) return 0;
  const startedAt = Date.now();
  let told = startedAt;
  const results = await runMatrix(cases, {
    stubs,
    plugins: io.plugins,
    jobs: options.jobs,
    all: options.all,
    overHttp: options.http,
    onResult: (result, done) => {
      const worth = result.outcome !== 'caught' && result.outcome !== 'clean';
      if (!worth && Date.now() - told < 5000) return;
      told = Date.now();
      io.err(`${done} of ${cases.length} tried${worth ? `: ${result.id} ${result.outcome}` : ''}`);
    },
  });
  if (options.combined) return tellCombined(results, io);
  const report = reportMatrix(
    results,
    requirementsOf(scope),
    Date.now() - startedAt,
    cases.length === all.length && options.only === undefined,
  );
  writeFileSync(resolve(io.cwd, options.reports, 'faults.json'), `${JSON.stringify(report, null, 2)}\n`);
  for (const line of matrixLines(report)) io.out(line);
  return isClean(report) ? 0 : 1;
}

/** Whether only a part of the cases is tried, whatever their ids. */
function isPart({ shard, changed }: MatrixCommandOptions): boolean {
  return shard !== undefined || changed !== undefined;
}

/** The cases that hang on what was changed, and of those the ones of a shard; says what is left out. */
function chosenOf(
  all: readonly Case[],
  { shard, changed: revision }: MatrixCommandOptions,
  scope: readonly Api[],
  io: Io,
): readonly Case[] {
  let cases = all;
  if (revision !== undefined) {
    const changed = changedBy(changedFiles(revision, io.cwd), scope);
    cases = casesOn(changed, all);
    io.out(changedLine(changed, revision, { tried: cases.length, all: all.length }));
  }
  if (shard === undefined) return cases;
  const own = shardOf(cases, shard);
  io.out(`Shard ${shard.current}/${shard.total}: ${own.length} of ${cases.length} cases.`);
  return own;
}

/** Says which faults that are left to exploring a check finds all the same; gives the exit code. */
function tellCombined(results: readonly CaseResult[], io: Io): number {
  const caught = results.filter(({ outcome }) => outcome === 'caught');
  for (const { id, misses } of caught)
    io.out(`${id}: found by ${misses.map(({ requirement }) => requirement).join(' ')}`);
  io.out(`${results.length - caught.length} of ${results.length} combined faults are found by no check`);
  return caught.length === 0 ? 0 : 1;
}

/** Tries the lies about each API, keeps what came of them where that is asked, prints what nothing judges; gives the exit code. */
async function runLies(
  { only, all, jobs, write }: MatrixCommandOptions,
  scope: readonly Api[],
  stubs: readonly StubApi[],
  io: Io,
): Promise<number> {
  const open: string[] = [];
  let tried = 0;
  for (const api of scope) {
    const tries = await tryLies(api, io.apis, {
      ...{ stubs, plugins: io.plugins, jobs, only, all },
      onResult: ({ id, outcome }, done, total) => io.err(`${done} of ${total} tried by checks: ${id} ${outcome}`),
    });
    const known = withTries(triesOf(api), tries);
    const entries = ledgerOf(api, known)
      .members.flatMap((member) => member.entries)
      .filter(({ action, path, operator }) => tries[action]?.[path]?.[operator] !== undefined);
    tried += entries.length;
    open.push(...entries.filter(({ status }) => status === 'open').map((entry) => lieId(api, entry)));
    if (write && entries.length > 0) io.out(`Wrote ${writeTries(api, known)}.`);
  }
  if (tried === 0)
    throw new UsageError(
      `--only ${only}: no lie has such an id, made of API, action, member and lie, as in '${scope[0]?.name} * other'.`,
    );
  for (const id of open) io.out(`Neither caught nor excused: ${id}`);
  io.out(`${tried} lies tried, ${open.length} of them neither caught nor excused`);
  return open.length === 0 ? 0 : 1;
}

/** Explores each server, writes `explored.json`, prints the table; gives the exit code. */
async function exploreFaults(
  { only, all, seeds, seconds, reports }: MatrixCommandOptions,
  apis: readonly Api[],
  stubs: readonly StubApi[],
  io: Io,
): Promise<number> {
  const cases = exploringCases(stubs, only, all);
  if (cases.length === 0) throw new UsageError(`--only ${only}: no fault or variant that is explored has such an id.`);
  const results = await runExploring(cases, apis, {
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    budgetMs: 1000 * seconds,
    onResult: (result, done, total) => io.err(`${done} of ${total} explored: ${exploringLine(result)}`),
  });
  writeFileSync(
    resolve(io.cwd, reports, 'explored.json'),
    `${JSON.stringify({ version: 1, seconds, cases: results }, null, 2)}\n`,
  );
  for (const line of exploringLines(results)) io.out(line);
  return results.every(({ isGood, isDue, kind }) => isGood || (kind === 'fault' && !isDue)) ? 0 : 1;
}
