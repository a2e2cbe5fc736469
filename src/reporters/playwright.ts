import { readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestResult,
  TestStep,
} from '@playwright/test/reporter';
import { visible, wantsColor } from '../console.js';
import type { Requirement } from '../requirements/types.js';
import { type describeTarget, runSettings } from '../target/index.js';
import {
  blankJudgement,
  buildVerdict,
  type ExploredRun,
  exitCode,
  type Judgement,
  judgementName,
  outOfBudget,
  runIdOf,
  type Verdict,
  type VerdictInput,
  type Waivers,
} from '../verdict/index.js';
import { LiveAllureReporter } from './allure-live.js';
import { placeOf, tellVerdict, writeReports } from './index.js';
import { selectionBy } from './playwright-arguments.js';

/** What the configuration tells the reporter of the run. */
export interface ReporterOptions {
  target: ReturnType<typeof describeTarget> & { seed?: number };
  /** The APIs in scope, and those that the target has besides. */
  apis: readonly string[];
  leftOut: readonly string[];
  /** Every requirement of every API that is known, in the order of the documentation. */
  catalogue: readonly Requirement[];
}

/**
 * Collects the judgements of a run, shows how far it is, has Allure write its results, and writes the verdict and the reports over
 * them at its end. `about` is asked for then.
 */
export class ConformanceReporter implements Reporter {
  constructor(private readonly about: () => Promise<ReporterOptions>) {}

  private readonly judgements: Judgement[] = [];
  private readonly settings = runSettings();
  private readonly live = new LiveAllureReporter({ resultsDir: liveResults(this.settings.reports), detail: false });
  private readonly written: Promise<void>[] = [];
  private readonly problems = new Set<string>();
  private config: FullConfig | undefined;
  private checked: string[] = [];
  private done = 0;
  private begun = false;
  private startedAt = Date.now();
  private progress = createProgress();

  printsToStdio(): boolean {
    return isCommand();
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.config = config;
    this.checked = suite.allTests().map(requirementOf);
    this.startedAt = Date.now();
    this.live.onConfigure(config);
    this.live.onBegin(suite);
  }

  onTestBegin(test: TestCase): void {
    this.begun = true;
    this.live.onTestBegin(test);
  }

  onStepBegin(test: TestCase, result: TestResult, step: TestStep): void {
    this.live.onStepBegin(test, result, step);
  }

  onStepEnd(test: TestCase, result: TestResult, step: TestStep): void {
    this.live.onStepEnd(test, result, step);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.written.push(this.live.onTestEnd(test, result));
    this.done++;
    const judgement = judgementOf(result);
    if (judgement !== undefined) this.judgements.push(judgement);
    else if (result.status !== 'interrupted') this.judgements.push(unfinished(test, result));
    const missed = this.judgements.filter(({ outcome }) => outcome === 'missed').length;
    const errors = this.judgements.filter(({ outcome }) => outcome === 'error').length;
    this.progress.show(
      `${this.done} of ${this.checked.length} requirements checked, ${missed} missed, ${errors} could not be checked`,
    );
  }

  onError(error: { message?: string }): void {
    this.problems.add(error.message ?? 'an error without a message');
  }

  async onEnd(result: FullResult): Promise<{ status?: FullResult['status'] }> {
    if (!this.begun && !this.isVerdictDue()) return {};
    this.progress.clear();
    try {
      await Promise.all(this.written);
      return { status: await this.report(this.verdict(result, await this.about())) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      console.error(visible(`chat-conformance: the run came to no verdict: ${why}`));
      return { status: 'failed' };
    }
  }

  /**
   * Whether a run without a single check leaves a verdict. Where Playwright was only to list, or no test could run, the reports of an
   * earlier run stay, and Playwright says why. A shard may be empty, and is missed where its verdict is not there.
   */
  private isVerdictDue(): boolean {
    return isCommand() || (this.config?.shard != null && !this.config.argv.includes('--list'));
  }

  private async report(verdict: Verdict): Promise<FullResult['status']> {
    const folder = placeOf(this.settings.reports, verdict.selection !== undefined);
    // Trends are of whole runs.
    const isWhole = verdict.selection === undefined && verdict.shard === undefined;
    const written = await writeReports(folder, verdict, {
      html: this.settings.html,
      live: [liveResults(this.settings.reports)],
      ...(isWhole && { historyPath: join(folder, 'history.jsonl') }),
    });
    rmSync(liveResults(this.settings.reports), { recursive: true, force: true });
    const shown = (path: string) => relative(process.cwd(), path) || path;
    tellVerdict(verdict, [...this.problems, ...written.problems], {
      env: process.env,
      out: (text) => console.log(text),
      err: (text) => console.error(text),
      color: wantsColor(process.stdout, process.env),
      width: process.stdout.columns ?? 100,
      where: {
        ...(written.verdict !== undefined && { verdict: shown(written.verdict) }),
        ...(written.html !== undefined && { html: shown(written.html) }),
      },
    });
    const code = written.verdict === undefined ? 2 : exitCode(verdict);
    // Playwright itself knows no other failure than 1, and none where it merges reports.
    if (code !== 0) process.once('exit', () => (process.exitCode = code));
    return code === 0 ? 'passed' : 'failed';
  }

  private verdict(result: FullResult, { target, apis, leftOut, catalogue }: ReporterOptions): Verdict {
    const { strict, waivers, requireJudged } = this.settings;
    const explored = this.explored();
    const judgements = [...this.judgements, ...explored.judgements];
    const because = this.isOutOfBudget(result) ? outOfBudget(this.settings.budget?.seconds ?? 0) : undefined;
    if (because !== undefined) this.problems.add(`The run was stopped: ${because}.`);
    return buildVerdict({
      target,
      apis,
      strict,
      catalogue,
      judgements,
      waivers: waivers === undefined ? undefined : (JSON.parse(readFileSync(waivers, 'utf8')) as Waivers).waivers,
      startedAt: Math.min(this.startedAt, explored.startedAt),
      durationMs: Date.now() - Math.min(this.startedAt, explored.startedAt),
      requests: explored.requests + this.judgements.reduce((sum, { requests }) => sum + requests, 0),
      explored: explored.apis,
      interrupted: result.status === 'interrupted',
      ...(because !== undefined && { interruptedBecause: because }),
      leftOut,
      requireJudged,
      runId: runIdOf(process.env),
      ...this.part(catalogue.filter(({ api }) => apis.includes(api))),
    });
  }

  /** What generated sequences came to before the checks. */
  private explored(): ExploredRun {
    const { explored } = this.settings;
    if (explored === undefined) return { judgements: [], requests: 0, startedAt: Number.POSITIVE_INFINITY };
    return JSON.parse(readFileSync(explored, 'utf8')) as ExploredRun;
  }

  /** Whether the run was stopped because its time was over. */
  private isOutOfBudget({ status }: FullResult): boolean {
    const { budget } = this.settings;
    return status === 'interrupted' && budget !== undefined && Date.now() >= budget.endsAt;
  }

  /** Which part of the requirements this run was to check, where it was not to check all. */
  private part(all: readonly Requirement[]): Pick<VerdictInput, 'selection' | 'shard' | 'checked'> {
    const { config, checked, settings } = this;
    const shard = config?.shard ?? undefined;
    const selection = settings.selection ?? (isCommand() ? undefined : this.selectionInPlaywright(all));
    return {
      ...(selection !== undefined && { selection }),
      ...(shard !== undefined && { shard: { current: shard.current, total: shard.total } }),
      ...((selection !== undefined || shard !== undefined) && { checked }),
    };
  }

  /** Files, lines, -g and other ways of Playwright to run some tests only. */
  private selectionInPlaywright(all: readonly Requirement[]): { by: string } | undefined {
    const { checked, config } = this;
    const by = selectionBy(config?.argv ?? []);
    // The tests of other shards are missing too.
    const isSome = config?.shard ? by !== '' : all.some(({ id }) => !checked.includes(id));
    return isSome ? { by: by === '' ? 'some tests in Playwright' : by } : undefined;
  }
}

/** Where the Allure results of a run are written while it runs. */
export function liveResults(reports: string): string {
  return resolve(reports, '.playwright', 'allure-results');
}

/** Whether the run was started by `chat-conformance run`, and not by Playwright. */
function isCommand(): boolean {
  return process.env.CHAT_CONFORMANCE_RUN !== undefined;
}

/** The id of the requirement that a test judges. */
function requirementOf({ annotations, title }: TestCase): string {
  return annotations.find(({ type }) => type === 'requirement')?.description ?? title;
}

function judgementOf(result: TestResult): Judgement | undefined {
  const body = result.attachments.find(({ name }) => name === judgementName)?.body;
  return body === undefined ? undefined : (JSON.parse(body.toString('utf8')) as Judgement);
}

/** A check that ended without a judgement: nothing passes, and nobody is blamed. */
function unfinished(test: TestCase, result: TestResult): Judgement {
  return {
    ...blankJudgement(requirementOf(test), 'error', result.startTime.getTime()),
    cause: 'environment',
    reason: `the check itself did not finish: ${result.error?.message?.split('\n')[0] ?? result.status}`,
    durationMs: result.duration,
  };
}

/** One line that says how far the run is: rewritten in a terminal, else printed now and then. */
function createProgress(): { show(words: string): void; clear(): void } {
  const { stderr } = process;
  if (!isCommand()) return { show: () => {}, clear: () => {} };
  if (stderr.isTTY) {
    return { show: (words) => stderr.write(`\r\u001b[2K${words}`), clear: () => stderr.write('\r\u001b[2K') };
  }
  let last = 0;
  return {
    show(words) {
      if (Date.now() - last < 5000) return;
      last = Date.now();
      stderr.write(`${words}\n`);
    },
    clear: () => {},
  };
}
