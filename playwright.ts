import { dirname, extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlaywrightTestConfig } from '@playwright/test';
import { chooseVolumes } from './fixtures/volumes.js';
import { aboutRun } from './runner/about.js';
import { asOneLine } from './runner/one-line.js';
import { startStubProcess } from './runner/stub-process.js';
import { processSubject } from './runner/subject.js';
import { slotsOf } from './runner/suite.js';
import { inScope, type Subject } from './src/api/subject.js';
import { readWaivers } from './src/cli/waivers.js';
import { runSettings } from './src/target/index.js';

/** What a configuration says of the run. A variable of the environment that says the same goes first. */
export interface ConformanceOptions {
  /** The target file, or the word `stub`; `CHAT_CONFORMANCE_TARGET`. */
  target?: string;
  /** The APIs to judge, with commas between; `CHAT_CONFORMANCE_API`. */
  api?: string;
  /** A missed SHOULD fails too; `CHAT_CONFORMANCE_STRICT`. */
  strict?: boolean;
  /** A file of known misses; `CHAT_CONFORMANCE_WAIVERS`. */
  waivers?: string;
  /** The reports directory; `CHAT_CONFORMANCE_REPORTS`. */
  reports?: string;
  /** `all` or a percentage of the MUSTs, of which less is unjudged; `CHAT_CONFORMANCE_REQUIRE_JUDGED`. */
  requireJudged?: string;
}

const variables = {
  target: 'TARGET',
  api: 'API',
  strict: 'STRICT',
  waivers: 'WAIVERS',
  reports: 'REPORTS',
  requireJudged: 'REQUIRE_JUDGED',
} as const satisfies Record<keyof ConformanceOptions, string>;

/**
 * The suite as a configuration of Playwright: a project an API, a file an action, a test a requirement. What else Playwright can be
 * told stands beside it, and goes first; reporters are added to that of the suite.
 * A mistake in what is asked for ends Playwright with one line and exit code 2.
 * @example export default defineConfig({ target: 'staging.json', workers: 2 });
 */
export function defineConfig(options: ConformanceOptions & PlaywrightTestConfig = {}): Promise<PlaywrightTestConfig> {
  const config = configOf(options);
  // Playwright looks at what a configuration exports some turns later: until then nobody has caught a mistake.
  config.catch(() => undefined);
  return config;
}

async function configOf({
  target,
  api,
  strict,
  waivers,
  reports,
  requireJudged,
  ...own
}: ConformanceOptions & PlaywrightTestConfig): Promise<PlaywrightTestConfig> {
  try {
    const told = { target, api, strict, waivers, reports, requireJudged };
    for (const [name, value] of Object.entries(told))
      if (value !== undefined)
        process.env[`CHAT_CONFORMANCE_${variables[name as keyof ConformanceOptions]}`] ??= `${value}`;
    return { ...(await suiteConfig(own)), ...own, reporter: reportersOf(own) };
  } catch (error) {
    throw asOneLine(error);
  }
}

async function suiteConfig({ workers: asked }: PlaywrightTestConfig): Promise<PlaywrightTestConfig> {
  const settings = runSettings();
  chooseVolumes();
  // Under `run` the stub runs already; workers find its address in the environment.
  if ((process.env.CHAT_CONFORMANCE_TARGET ?? 'stub') === 'stub')
    process.env.CHAT_CONFORMANCE_STUB_URL ??= await startStubProcess();
  const subject = await processSubject();
  if (settings.waivers !== undefined)
    readWaivers('CHAT_CONFORMANCE_WAIVERS', settings.waivers, resolve(settings.waivers), subject.apis);
  const { apis: scope } = await aboutRun();
  const workers = settings.workers ?? (typeof asked === 'number' ? asked : 4);
  return {
    fullyParallel: true,
    forbidOnly: true,
    timeout: 0,
    workers,
    ...(settings.selection !== undefined && { grep: titlesOf(settings.selection.ids) }),
    // Where the package is installed nothing may be written.
    outputDir: resolve(settings.reports, '.playwright'),
    globalSetup: moduleAt('./runner/global-setup'),
    projects: projectsOf(subject, scope, workers),
  };
}

/**
 * A project an API. Those that few workers can judge at once come first: begun last, they would keep the others waiting. Under `run`,
 * which shows no projects, those that all workers can judge are one, for Playwright has fresh workers for each.
 */
function projectsOf(subject: Subject, scope: readonly string[], workers: number) {
  const projects = inScope(subject, scope).flatMap((one) =>
    one.specs.map((folder, index) => ({
      name: index === 0 ? one.name : `${one.name} (added ${index})`,
      testDir: folder,
      workers: Math.max(1, Math.min(workers, slotsOf(one, subject.target))),
    })),
  );
  projects.sort((one, other) => one.workers - other.workers);
  if (process.env.CHAT_CONFORMANCE_RUN === undefined) return projects;
  const homes = new Map<string, typeof projects>();
  for (const project of projects) {
    const home = project.workers < workers ? project.testDir : dirname(project.testDir);
    homes.set(home, [...(homes.get(home) ?? []), project]);
  }
  return [...homes].flatMap(([home, own]) =>
    own.length === 1
      ? own
      : [{ name: 'several APIs', testDir: home, testMatch: own.map(({ testDir }) => specsIn(testDir)), workers }],
  );
}

/** What Playwright takes for files of tests, in this folder alone. */
function specsIn(folder: string): RegExp {
  const start = `${folder}${sep}`.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${start}.*\\.(?:spec|test)\\.[cm]?[jt]sx?$`);
}

/** The reporters that are asked for, and last that of the suite: it ends with the verdict. */
function reportersOf({ reporter }: PlaywrightTestConfig): PlaywrightTestConfig['reporter'] {
  const suite = moduleAt('./runner/reporter');
  // Those of the command line replace all others; the verdict is none that can be left out.
  if (process.argv.some((word) => /^--reporter(?:=|$)/.test(word))) process.env.PW_TEST_REPORTER ??= suite;
  const asked = typeof reporter === 'string' ? ([[reporter]] as const) : reporter;
  const others = process.env.CHAT_CONFORMANCE_RUN === undefined ? (asked ?? ([['list']] as const)) : [];
  return [...others, [suite]];
}

/** A module by its path without extension: TypeScript under `npx playwright test`, compiled under `run`. */
function moduleAt(path: string): string {
  return fileURLToPath(new URL(`${path}${extname(fileURLToPath(import.meta.url))}`, import.meta.url));
}

/** Each title begins with the id of its requirement. */
function titlesOf(ids: readonly string[]): RegExp {
  return new RegExp(`(?:^|\\s)(?:${ids.join('|')})\\s`);
}
