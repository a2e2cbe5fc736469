import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Api, requirementsOf } from '../../api/api.js';
import { serveStub } from '../../api/stub.js';
import { inScope, loadSubject } from '../../api/subject.js';
import { didYouMean, UsageError } from '../../errors.js';
import { type Preflight, preflight } from '../../preflight/index.js';
import { readVerdict, writeReports } from '../../reporters/index.js';
import { packageRoot } from '../../root.js';
import { validateWaivers } from '../../schemas/index.js';
import { apisInScope, describeTarget, pointerToPath, type RunSettings } from '../../target/index.js';
import { buildVerdict, exitCode, type Waivers } from '../../verdict/index.js';
import { readJson } from '../files.js';
import type { Io } from '../io.js';
import { apiOption, chosenApis, parseShard, parseWhole } from '../options.js';
import { checkFolder, reportFiles } from '../output.js';
import { printPlan, type Rehearse } from '../plan.js';
import { type Ended, supervise } from '../supervise.js';

interface RunOptions {
  target: string;
  api?: string[];
  strict?: boolean;
  workers?: number;
  shard?: { current: number; total: number };
  plan?: boolean;
  waivers?: string;
  reports: string;
}

export function registerRun(program: Command, io: Io): void {
  program
    .command('run')
    .description('Judges a server and writes verdict.json, junit.xml, summary.md and an HTML report.')
    .option('--target <file>', 'the target file of the server, or the word stub', 'stub')
    .option(...apiOption)
    .option('--strict', 'count a missed SHOULD as a failure')
    .option('--workers <n>', 'how many checks run at a time', parseWhole(1))
    .option('--shard <i/n>', 'run only the i-th of n parts; join them with merge', parseShard)
    .option('--plan', 'print what a run would send, and send nothing')
    .option('--waivers <file>', 'known misses that are accepted for a time')
    .option('--reports <dir>', 'where the reports go', 'reports')
    .addHelpText(
      'after',
      `
Exit codes:
  0  no MUST missed (with --strict: no SHOULD either)
  1  at least one missed
  2  could not be judged: invalid target, unset variable, unreachable host, refused credentials, nothing left to check

Examples:
  chat-conformance run
  chat-conformance run --target staging.json --api ozeki --strict
  chat-conformance run --target staging.json --shard 1/4 --reports reports-1`,
    )
    .action(async (options: RunOptions) => {
      io.exitCode = await run(options, io);
    });
}

/** What is known of a run before its end. */
interface Started {
  target: ReturnType<typeof describeTarget>;
  apis: readonly Api[];
  settings: RunSettings;
  /** Epoch milliseconds. */
  startedAt: number;
}

async function run(options: RunOptions, io: Io): Promise<number> {
  const settings: RunSettings = {
    apis: options.api,
    strict: options.strict === true,
    reports: resolve(io.cwd, options.reports),
    plugins: io.plugins,
    shard: options.shard,
    workers: options.workers,
  };
  // A plan writes no reports, and so leaves those of the last run alone.
  if (!options.plan) prepareReports(options.reports, settings.reports);
  const stub = options.target === 'stub' ? await serveStub(io.apis) : undefined;
  try {
    return await judge(options, settings, stub?.url, io);
  } finally {
    await stub?.close();
  }
}

async function judge(
  options: RunOptions,
  settings: RunSettings,
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
  if (options.waivers !== undefined) settings.waivers = checkWaivers(options.waivers, subject.apis, io);
  for (const api of scope) await api.target.prepare?.(target);
  if (options.plan) return await printPlan(target, scope, rehearsal(settings, io), io);

  const described = describeTarget(target);
  const started: Started = { target: described, apis: scope, settings, startedAt: Date.now() };
  const found: Preflight = stub === undefined ? await preflight(target, scope) : { ok: true };
  if (!found.ok) return await unjudged({ reason: found.reason }, started, io);
  const ended = await runPlaywright(source, settings, io);
  if (!hasVerdict(settings.reports)) {
    return await unjudged({ reason: whyNoVerdict(ended), interrupted: ended.stopped }, started, io);
  }
  return exitCode(await readVerdict(settings.reports));
}

/** Makes the reports directory and takes away what an earlier run said, so that nobody takes it for this run's word. */
function prepareReports(shown: string, path: string): void {
  checkFolder({ option: '--reports', shown, path }, reportFiles);
  mkdirSync(path, { recursive: true });
  for (const name of reportFiles) rmSync(join(path, name), { force: true });
}

/** The absolute path of a waivers file that can be read, fits its schema and names known requirements. */
function checkWaivers(file: string, apis: readonly Api[], io: Io): string {
  const path = resolve(io.cwd, file);
  const content = readJson('--waivers', file, path);
  const problems = validateWaivers(content).map(
    (violation) =>
      `${pointerToPath(violation.path) || 'the file'}: expected ${violation.expected}, found ${violation.found}`,
  );
  if (problems.length === 0) {
    const known = requirementsOf(apis).map(({ id }) => id);
    (content as Waivers).waivers.forEach(({ requirement }, index) => {
      if (known.includes(requirement)) return;
      const mend = didYouMean(requirement, known) || ' The verdict of a run lists them all.';
      problems.push(`waivers[${index}].requirement: there is no requirement ${requirement}.${mend}`);
    });
  }
  if (problems.length > 0) throw new UsageError(problems, `--waivers ${file} cannot be used:`);
  return path;
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
  return supervise(process.execPath, args, { cwd: io.cwd, env, quiet });
}

/** How a plan runs the suite against a stand-in of the target. */
function rehearsal(settings: RunSettings, io: Io): Rehearse {
  return async (source, reports) => {
    const ended = await runPlaywright(source, { ...settings, reports, waivers: undefined }, io, true);
    return hasVerdict(reports) ? undefined : whyNoVerdict(ended);
  };
}

function hasVerdict(reports: string): boolean {
  return existsSync(join(reports, 'verdict.json'));
}

function whyNoVerdict({ code, signal, stopped }: Ended): string {
  if (stopped) return 'The run was stopped before it came to a verdict.';
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return `The test runner ended ${how} before it came to a verdict.`;
}

/** Writes the reports of a run that could judge nothing, says why, and gives the exit code. */
async function unjudged(
  { reason, interrupted }: { reason: string; interrupted?: boolean },
  { target, apis: scope, settings, startedAt }: Started,
  io: Io,
): Promise<number> {
  const verdict = buildVerdict({
    target,
    apis: scope.map(({ name }) => name),
    strict: settings.strict,
    catalogue: requirementsOf(scope),
    judgements: [],
    startedAt,
    durationMs: Date.now() - startedAt,
    requests: 0,
    interrupted,
    unjudgedReason: reason,
  });
  await writeReports(settings.reports, verdict);
  io.err(`chat-conformance: unjudged. ${reason}`);
  return exitCode(verdict);
}
