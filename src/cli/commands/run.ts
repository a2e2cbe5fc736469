import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Api, chosenApis, requirementsOf } from '../../api/api.js';
import { serveStub } from '../../api/stub.js';
import { inScope, loadSubject } from '../../api/subject.js';
import { UsageError } from '../../errors.js';
import type { Recipe } from '../../explore/index.js';
import { holdTargetJournal } from '../../journal/hold.js';
import { type Preflight, preflight } from '../../preflight/index.js';
import { placeOf, readVerdict } from '../../reporters/index.js';
import { packageRoot } from '../../root.js';
import { apisInScope, describeTarget, type ResolvedTarget, type RunSettings } from '../../target/index.js';
import { type ExploredRun, exitCode, outOfBudget, type Verdict } from '../../verdict/index.js';
import { type ExploringResult, exploreTarget, recipesFor } from '../exploring.js';
import { exampleApi, type Io } from '../io.js';
import { apiOption, gatherNames, newSeed, parseShard, parseShare, parseWhole } from '../options.js';
import { printPlan, type Rehearse } from '../plan.js';
import { prepareReports, withReports } from '../reports.js';
import { isSelecting, type SelectionOptions, selectionOf } from '../selection.js';
import { type Ended, supervise } from '../supervise.js';
import { type Started, unjudged } from '../unjudged.js';
import { readWaivers } from '../waivers.js';
import { exploreAlone } from './explore.js';

interface RunOptions extends SelectionOptions {
  target: string;
  api?: string[];
  strict?: boolean;
  workers?: number;
  shard?: { current: number; total: number };
  plan?: boolean;
  waivers?: string;
  reports: string;
  requireJudged?: number;
  /** Seconds. */
  budget?: number;
  /** Commander's form of --no-html. */
  html: boolean;
  explore?: number;
  exploreCalls?: number;
  seed?: number;
  replay?: string;
}

export function registerRun(program: Command, io: Io): void {
  program
    .command('run')
    .description('Judges a server and writes verdict.json, junit.xml, summary.md and an HTML report.')
    .option('--target <file>', 'the target file of the server, or the word stub', 'stub')
    .option(...apiOption)
    .option('--strict', 'count a missed SHOULD as a failure')
    .option('--require-judged <share>', 'all, or N%: exit code 2 where fewer MUSTs were judged', parseShare)
    .option('--only <id...>', 'check only the requirements of these ids', gatherNames)
    .option('--topic <names>', 'check only these: shape, paging, time, ids, access, state, robustness', gatherNames)
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
  chat-conformance run --target staging.json --api ${exampleApi(io)} --strict
  chat-conformance run --target staging.json --last-failed --no-html
  chat-conformance run --target staging.json --require-judged all
  chat-conformance run --target staging.json --explore 60
  chat-conformance run --target staging.json --shard 1/4 --reports reports-1`,
    )
    .action(async (options: RunOptions) => {
      io.exitCode = await run(options, io);
    });
}

async function run(options: RunOptions, io: Io): Promise<number> {
  checkExploring(options);
  if (options.replay !== undefined) return exploreAlone(options, io);
  const { budget } = options;
  const folder = resolve(io.cwd, options.reports);
  const isPart = isSelecting(options);
  const last = options.lastFailed === true ? await readLast(folder) : undefined;
  const settings: RunSettings = {
    apis: options.api,
    strict: options.strict === true,
    reports: placeOf(folder, isPart),
    plugins: io.plugins,
    shard: options.shard,
    workers: options.workers,
    requireJudged: options.requireJudged,
    ...(budget !== undefined && { budget: { seconds: budget, endsAt: Date.now() + 1000 * budget } }),
    html: options.html,
  };
  const work = async () => {
    const stub = options.target === 'stub' ? await serveStub(io.apis) : undefined;
    try {
      return await judge(options, settings, last, stub?.url, io);
    } finally {
      await stub?.close();
    }
  };
  // A plan writes no reports, and so leaves those of the last run alone.
  if (options.plan) return await work();
  return await withReports({ option: '--reports', shown: options.reports, path: folder }, () => {
    prepareReports(options.reports, settings.reports);
    return work().finally(() => rmSync(exploredFile(settings), { force: true }));
  });
}

/** Throws a `UsageError` where what is asked of exploring cannot be done. */
function checkExploring(options: RunOptions): void {
  const { explore, exploreCalls, seed, replay, shard, plan } = options;
  if (explore === undefined && exploreCalls !== undefined)
    throw new UsageError('--explore-calls bounds what is explored. Say how long with --explore SECONDS.');
  if (explore === undefined && seed !== undefined && replay === undefined)
    throw new UsageError('--seed is the seed of what is explored. Say how long with --explore SECONDS.');
  if (explore !== undefined && shard !== undefined)
    throw new UsageError(
      '--explore cannot be shared between shards. Explore in a job of its own: chat-conformance explore',
    );
  if (replay !== undefined && (explore !== undefined || shard !== undefined || plan || isSelecting(options)))
    throw new UsageError(
      '--replay plays one file and nothing else. Leave the other options that choose what to do out.',
    );
}

async function judge(
  options: RunOptions,
  settings: RunSettings,
  last: Verdict | undefined,
  stub: string | undefined,
  { ...io }: Io,
): Promise<number> {
  const source = stub === undefined ? resolve(io.cwd, options.target) : 'stub';
  if (stub !== undefined) io.env = { ...io.env, CHAT_CONFORMANCE_STUB_URL: stub };
  const subject = await loadSubject(source, io.apis, io.env);
  const { target } = subject;
  const asked = options.api && chosenApis(subject.apis, options.api).map(({ name }) => name);
  const scope = inScope(subject, apisInScope(target, asked));
  settings.apis = scope.map(({ name }) => name);
  if (options.waivers !== undefined) settings.waivers = waiversPath(options.waivers, subject.apis, io);
  settings.selection = selectionOf(options, scope, subject.apis, last);
  if (io.plugins.length + subject.plugins.length > 0) await (await io.matrix()).loadSpecs(scope);
  for (const api of scope) await api.target.prepare?.(target);
  if (options.plan)
    return await printPlan(
      target,
      scope,
      rehearsal({ ...settings, plugins: [...io.plugins, ...subject.plugins] }, io),
      io,
    );

  const ids = settings.selection?.ids;
  const recipes = (await recipesFor(target, scope)).filter(({ requirement }) => ids?.includes(requirement) ?? true);
  const leftOut = apisInScope(target).filter((name) => !scope.some((api) => api.name === name));
  const started: Started = { target: describeTarget(target), apis: scope, leftOut, settings, startedAt: Date.now() };
  const found: Preflight = stub === undefined ? await preflight(target, apisToCheck(settings, scope)) : { ok: true };
  if (!found.ok) return await unjudged({ reason: found.reason }, started, io);
  const journal = holdTargetJournal(target, scope, settings.shard);
  try {
    const explored = await exploredFirst(options, settings, { target, scope, recipes }, io);
    if (explored?.interrupted) {
      return await unjudged(
        { reason: 'The run was stopped while it explored.', interrupted: true, explored },
        started,
        io,
      );
    }
    const ended = await runPlaywright(source, settings, io);
    if (hasVerdict(settings.reports)) return exitCode(await readVerdict(settings.reports));
    return await unjudged({ reason: whyNoVerdict(ended, settings), interrupted: ended.stopped, explored }, started, io);
  } finally {
    journal?.release();
  }
}

/** Plays replay files and explores, where that is asked for, and leaves what it came to for the verdict of the checks. */
async function exploredFirst(
  { explore: seconds, exploreCalls: calls, seed = newSeed() }: RunOptions,
  settings: RunSettings,
  { target, scope, recipes }: { target: ResolvedTarget; scope: readonly Api[]; recipes: readonly Recipe[] },
  io: Io,
): Promise<ExploringResult | undefined> {
  if (seconds === undefined && recipes.length === 0) return undefined;
  const chosen = scope.map((api) => withSelected(api, settings.selection?.ids));
  const { reports } = settings;
  const explored = await exploreTarget(target, chosen, { seconds, calls, seed, recipes, reports }, io);
  for (const problem of explored.problems) io.err(problem);
  settings.explored = exploredFile(settings);
  writeFileSync(settings.explored, JSON.stringify(explored satisfies ExploredRun));
  return explored;
}

/** Where the process of the checks finds what was explored. */
function exploredFile({ reports }: RunSettings): string {
  return join(reports, '.explored.json');
}

/** The API with the requirements alone that a selection leaves: nothing else is looked for. */
function withSelected(api: Api, ids: readonly string[] | undefined): Api {
  return ids === undefined ? api : { ...api, requirements: api.requirements.filter(({ id }) => ids.includes(id)) };
}

async function readLast(folder: string): Promise<Verdict> {
  try {
    return await readVerdict(folder);
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`--last-failed: ${error.message}`) : error;
  }
}

function waiversPath(file: string, apis: readonly Api[], io: Io): string {
  const path = resolve(io.cwd, file);
  readWaivers('--waivers', file, path, apis);
  return path;
}

/** The APIs that a check of this run calls: a selection must not need the servers of the others. */
function apisToCheck({ selection }: RunSettings, scope: readonly Api[]): Api[] {
  const selected = requirementsOf(scope).filter(({ id }) => selection?.ids.includes(id) ?? true);
  return scope.filter(({ name }) => selected.some(({ api }) => api === name));
}

/** The compiled configuration of Playwright. */
function playwrightConfig(): string {
  const config = join(packageRoot, 'dist', 'playwright.config.js');
  if (existsSync(config)) return config;
  throw new UsageError('The compiled suite is missing (dist/playwright.config.js). Build it with: npm run build');
}

/** Runs the suite in a process of Playwright's own; its reporter writes the verdict. */
async function runPlaywright(source: string, settings: RunSettings, io: Io, quiet = false): Promise<Ended> {
  const { workers, shard } = settings;
  const args = [
    createRequire(import.meta.url).resolve('@playwright/test/cli'),
    'test',
    `--config=${playwrightConfig()}`,
    ...(workers === undefined ? [] : [`--workers=${workers}`]),
    ...(shard === undefined ? [] : [`--shard=${shard.current}/${shard.total}`]),
  ];
  const env = {
    ...io.env,
    CHAT_CONFORMANCE_TARGET: source,
    CHAT_CONFORMANCE_RUN: JSON.stringify(settings),
    // The suite is compiled already: Playwright need not look at each module again.
    PW_DISABLE_TS_ESM: '1',
  };
  return supervise(process.execPath, args, { cwd: io.cwd, env, quiet, endsAt: settings.budget?.endsAt });
}

/** How a plan runs the suite against a stand-in of the target. */
function rehearsal(settings: RunSettings, io: Io): Rehearse {
  return async (source, reports) => {
    const own = { ...settings, reports, waivers: undefined, html: false };
    const ended = await runPlaywright(source, own, io, true);
    return hasVerdict(reports) ? undefined : whyNoVerdict(ended, own);
  };
}

function hasVerdict(reports: string): boolean {
  return existsSync(join(reports, 'verdict.json'));
}

function whyNoVerdict({ code, signal, stopped }: Ended, { budget }: RunSettings): string {
  if (stopped && budget !== undefined && Date.now() >= budget.endsAt)
    return `The run was stopped before it came to a verdict: ${outOfBudget(budget.seconds)}.`;
  if (stopped) return 'The run was stopped before it came to a verdict.';
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return `The test runner ended ${how} before it came to a verdict.`;
}
