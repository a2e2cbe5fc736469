import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Api, chosenApis, requirementsOf } from '../../api/api.js';
import { serveStub } from '../../api/stub.js';
import { inScope, loadSubject } from '../../api/subject.js';
import { UsageError } from '../../errors.js';
import type { Recipe } from '../../explore/index.js';
import { holdTargetJournal } from '../../journal/hold.js';
import { type Preflight, preflight } from '../../preflight/index.js';
import { placeOf, readVerdict } from '../../reporters/read.js';
import { packageRoot } from '../../root.js';
import { apisInScope, describeTarget, type ResolvedTarget, type RunSettings } from '../../target/index.js';
import { type ExploredRun, exitCode, outOfBudget, type Verdict } from '../../verdict/index.js';
import type { ExploringResult } from '../exploring.js';
import type { Io } from '../io.js';
import { newSeed } from '../options.js';
import { printPlan, type Rehearse } from '../plan.js';
import { prepareReports, withReports } from '../reports.js';
import { isSelecting, type SelectionOptions, selectionOf } from '../selection.js';
import { type Ended, supervise } from '../supervise.js';
import { type Started, unjudged } from '../unjudged.js';
import { readWaivers } from '../waivers.js';

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

/** Judges a server and writes its reports. Gives the exit code. */
export async function run(options: RunOptions, io: Io): Promise<number> {
  checkExploring(options);
  if (options.replay !== undefined) return (await import('./explore.js')).exploreAlone(options, io);
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
  const recipes = (await recipesOf(target, scope)).filter(({ requirement }) => ids?.includes(requirement) ?? true);
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

/** The replay files that the target names. What plays them is loaded only where there are some. */
async function recipesOf(target: ResolvedTarget, scope: readonly Api[]): Promise<Recipe[]> {
  return target.replays === undefined ? [] : (await import('../exploring.js')).recipesFor(target, scope);
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
  const { exploreTarget } = await import('../exploring.js');
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
