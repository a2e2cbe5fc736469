/** Writes what a run found in the forms that its readers need. Everything is made from the verdict alone. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileProblem, UsageError } from '../errors.js';
import type { Verdict } from '../verdict/index.js';
import { writeAllureHtml } from './allure-html.js';
import { writeAllureResults } from './allure-results.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';

export { githubAnnotations } from './github.js';
export { renderJunit } from './junit.js';
export { renderMarkdown } from './markdown.js';
export { renderSummary, type SummaryOptions } from './terminal.js';

export interface ReportOptions {
  /** Whether to make the Allure HTML, which takes a few seconds; true where absent. */
  html?: boolean;
  /** File (JSON Lines) with the runs before, for trends; this run is added. */
  historyPath?: string;
  /** False for a run that the history holds already. */
  appendHistory?: boolean;
}

/** Paths of what was written; `problem` says why there is no HTML, or no trends in it, where that was asked for. */
export interface WrittenReports {
  verdict: string;
  junit: string;
  summary: string;
  allureResults: string;
  html?: string;
  problem?: string;
}

/**
 * Writes all reports of `verdict` into `folder`, `verdict.json` first: it exists whatever fails later.
 * Replaces the reports of an earlier run there.
 */
export async function writeReports(
  folder: string,
  verdict: Verdict,
  options: ReportOptions = {},
): Promise<WrittenReports> {
  const written: WrittenReports = {
    verdict: join(folder, 'verdict.json'),
    junit: join(folder, 'junit.xml'),
    summary: join(folder, 'summary.md'),
    allureResults: join(folder, 'allure-results'),
  };
  const output = join(folder, 'allure');
  await mkdir(folder, { recursive: true });
  await writeFile(written.verdict, `${JSON.stringify(verdict, null, 2)}\n`);
  await writeFile(written.junit, renderJunit(verdict));
  await writeFile(written.summary, renderMarkdown(verdict));
  await Promise.all([written.allureResults, output].map((old) => rm(old, { recursive: true, force: true })));
  writeAllureResults(written.allureResults, verdict);
  if (options.html === false) return written;
  const { appendHistory } = options;
  try {
    written.problem = await historyProblem(options.historyPath);
    const historyPath = written.problem === undefined ? options.historyPath : undefined;
    written.html = await writeAllureHtml(verdict, {
      results: written.allureResults,
      output,
      historyPath,
      appendHistory,
    });
  } catch (error) {
    written.problem = `The HTML report could not be made: ${error instanceof Error ? error.message : String(error)}`;
  }
  return written;
}

/** What is wrong with a history file; Allure itself would end the process over a damaged one. */
async function historyProblem(path: string | undefined): Promise<string | undefined> {
  if (path === undefined || !existsSync(path)) return undefined;
  const lines = (await readFile(path, 'utf8')).split('\n');
  const damaged = lines.findIndex((line) => line.trim() !== '' && !isJson(line));
  if (damaged === -1) return undefined;
  return `${path} is no history of runs: line ${damaged + 1} is not JSON. Remove it to begin a new one.`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The verdict in a reports directory, or in a file. Throws a `UsageError` when there is none. */
export async function readVerdict(path: string): Promise<Verdict> {
  const file = path.endsWith('.json') ? path : join(path, 'verdict.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} is no verdict: ${fileProblem(error)}. Name the reports directory of a run.`);
  }
  let verdict: unknown;
  try {
    verdict = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no verdict: it is not JSON. Name the reports directory of a run.`);
  }
  if (!isVerdict(verdict))
    throw new UsageError(`${file} is no verdict of version 1. Name the reports directory of a run.`);
  return verdict;
}

/** Enough to tell a verdict from another file; the run that wrote it vouches for the rest. */
function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== 'object' || value === null) return false;
  const { version, requirements, counts } = value as Partial<Verdict>;
  return version === 1 && Array.isArray(requirements) && typeof counts === 'object';
}
