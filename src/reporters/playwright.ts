import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import type { Requirement } from '../requirements/types.js';
import { type describeTarget, runSettings } from '../target/index.js';
import { buildVerdict, exitCode, type Judgement, type Verdict, type Waivers } from '../verdict/index.js';
import { githubAnnotations } from './github.js';
import { renderSummary, writeReports } from './index.js';

/** What the configuration tells the reporter of the run. */
export interface ReporterOptions {
  target: ReturnType<typeof describeTarget> & { seed?: number };
  /** The APIs in scope. */
  apis: readonly string[];
  /** Every requirement of every API that is known, in the order of the documentation. */
  catalogue: readonly Requirement[];
}

/**
 * Collects the judgements of a run, shows how far it is, and writes the verdict and the reports at its end. Playwright makes one
 * of the class that a reporter module exports as its default.
 */
export default class ConformanceReporter implements Reporter {
  constructor(private readonly about: ReporterOptions) {}

  private readonly judgements: Judgement[] = [];
  private readonly settings = runSettings();
  private readonly problems = new Set<string>();
  private total = 0;
  private done = 0;
  private begun = false;
  private startedAt = Date.now();
  private progress = createProgress();

  printsToStdio(): boolean {
    return process.env.CHAT_CONFORMANCE_RUN !== undefined;
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.total = suite.allTests().length;
    this.startedAt = Date.now();
  }

  onTestBegin(): void {
    this.begun = true;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.done++;
    const judgement = judgementOf(result);
    if (judgement !== undefined) this.judgements.push(judgement);
    else if (result.status !== 'interrupted') this.judgements.push(unfinished(test, result));
    const missed = this.judgements.filter(({ outcome }) => outcome === 'missed' || outcome === 'error').length;
    this.progress.show(`${this.done} of ${this.total} requirements judged, ${missed} missed or in error`);
  }

  onError(error: { message?: string }): void {
    this.problems.add(error.message ?? 'an error without a message');
  }

  async onEnd(result: FullResult): Promise<{ status?: FullResult['status'] }> {
    // Playwright's --list ends here too, and must not overwrite the reports of a run.
    if (!this.begun && result.status === 'passed') return {};
    this.progress.clear();
    const verdict = this.verdict(result);
    const { reports } = this.settings;
    const written = await writeReports(reports, verdict, { historyPath: join(reports, 'history.jsonl') });
    const shown = (path: string | undefined) => path && (relative(process.cwd(), path) || path);
    console.log(
      renderSummary(verdict, {
        color: process.stdout.isTTY === true && !process.env.NO_COLOR,
        width: process.stdout.columns ?? 100,
        where: { verdict: shown(written.verdict), html: shown(written.html) },
      }),
    );
    for (const problem of [...this.problems, ...(written.problem === undefined ? [] : [written.problem])])
      console.error(problem);
    if (process.env.GITHUB_ACTIONS) for (const line of githubAnnotations(verdict)) console.log(line);
    return { status: exitCode(verdict) === 0 ? 'passed' : 'failed' };
  }

  private verdict(result: FullResult): Verdict {
    const { target, apis, catalogue } = this.about;
    const { strict, waivers } = this.settings;
    return buildVerdict({
      target,
      apis,
      strict,
      catalogue,
      judgements: this.judgements,
      waivers: waivers === undefined ? undefined : (JSON.parse(readFileSync(waivers, 'utf8')) as Waivers).waivers,
      startedAt: this.startedAt,
      durationMs: Date.now() - this.startedAt,
      requests: this.judgements.reduce((sum, { requests }) => sum + requests, 0),
      interrupted: result.status === 'interrupted',
    });
  }
}

function judgementOf(result: TestResult): Judgement | undefined {
  const body = result.attachments.find(({ name }) => name === 'judgement')?.body;
  return body === undefined ? undefined : (JSON.parse(body.toString('utf8')) as Judgement);
}

/** A check that ended without a judgement: nothing passes, and nobody is blamed. */
function unfinished(test: TestCase, result: TestResult): Judgement {
  const id = test.annotations.find(({ type }) => type === 'requirement')?.description ?? test.title;
  return {
    requirement: id,
    outcome: 'error',
    cause: 'environment',
    reason: `the check itself did not finish: ${result.error?.message?.split('\n')[0] ?? result.status}`,
    findings: [],
    evidence: [],
    steps: [],
    observed: {},
    requests: 0,
    startedAt: result.startTime.getTime(),
    durationMs: result.duration,
  };
}

/** One line that says how far the run is: rewritten in a terminal, else printed now and then. */
function createProgress(): { show(words: string): void; clear(): void } {
  const { stderr } = process;
  if (process.env.CHAT_CONFORMANCE_RUN === undefined) return { show: () => {}, clear: () => {} };
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
