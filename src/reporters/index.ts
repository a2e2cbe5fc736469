/** Writes what a run found in the forms that its readers need. Everything is made from the verdict alone. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from '../verdict/index.js';
import { writeAllureHtml } from './allure-html.js';
import { writeAllureResults } from './allure-results.js';
import { renderBadge } from './badge.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';

export { renderBadge } from './badge.js';
export { githubAnnotations } from './github.js';
export { renderJunit } from './junit.js';
export { renderMarkdown } from './markdown.js';
export { placeOf, readVerdict } from './read.js';
export { type Listener, tellVerdict } from './tell.js';
export { renderSummary, type SummaryOptions } from './terminal.js';

export interface ReportOptions {
  /** Whether to make the Allure HTML, which takes a few seconds; true where absent. */
  html?: boolean;
  /** File (JSON Lines) with the runs before, for trends; this run is added. */
  historyPath?: string;
  /** False for a run that the history holds already. */
  appendHistory?: boolean;
  /** Folders of Allure results that were written while the checks ran. */
  live?: readonly string[];
}

/** Paths of what was written; where one is missing, `problems` says why. */
export interface WrittenReports {
  verdict?: string;
  html?: string;
  /** In sentences: which reports could not be made, and why there are no trends where they were asked for. */
  problems: string[];
}

/**
 * Writes all reports of `verdict` into `folder` in place of those of an earlier run, `verdict.json` first. A report that cannot be
 * made is named in `problems`, and keeps no other from being made. Never rejects.
 */
export async function writeReports(
  folder: string,
  verdict: Verdict,
  options: ReportOptions = {},
): Promise<WrittenReports> {
  const at = (name: string): string => join(folder, name);
  const problems: string[] = [];
  /** Whether that worked. */
  const make = async (what: string, work: () => unknown): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      problems.push(`${what} could not be made: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
  const old = ['junit.xml', 'summary.md', 'badge.svg', 'scripts', 'allure'];
  const isRoom = await make(folder, async () => {
    await mkdir(folder, { recursive: true });
    for (const name of old) await rm(at(name), { recursive: true, force: true });
  });
  if (!isRoom) return { problems };
  const isWritten = await make('verdict.json', async () => {
    // Under another name first: where the disk is full, the verdict that is rendered again is not lost.
    await writeFile(at('verdict.json.new'), `${JSON.stringify(verdict, null, 2)}\n`);
    await rename(at('verdict.json.new'), at('verdict.json'));
  });
  await make('junit.xml', () => writeFile(at('junit.xml'), renderJunit(verdict)));
  await make('summary.md', () => writeFile(at('summary.md'), renderMarkdown(verdict)));
  await make('The scripts', () => writeScripts(at('scripts'), verdict));
  // A badge says something of a target, which a part of a run cannot.
  if (verdict.selection === undefined && verdict.shard === undefined)
    await make('badge.svg', () => writeFile(at('badge.svg'), renderBadge(verdict)));
  const isInput = await make('The Allure results', () =>
    writeAllureResults(at('allure-results'), verdict, options.live),
  );
  // Those of an earlier run would be taken for this one's.
  if (!isInput) await rm(at('allure-results'), { recursive: true, force: true });
  let html: string | undefined;
  if (isInput && options.html !== false) {
    await make('The HTML report', async () => {
      const made = await makeHtml(at, verdict, options);
      html = made.path;
      if (made.problem !== undefined) problems.push(made.problem);
    });
  }
  return { ...(isWritten && { verdict: at('verdict.json') }), ...(html !== undefined && { html }), problems };
}

/** Writes the first script of each miss, as a file of the requirement's name. */
async function writeScripts(folder: string, { requirements }: Verdict): Promise<void> {
  for (const { id, evidence = [] } of requirements) {
    const script = evidence.find((entry) => entry.script !== undefined)?.script;
    if (script === undefined) continue;
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${id}.sh`), script, { mode: 0o777 });
  }
}

/** Makes the HTML report, without trends where the history is damaged. */
async function makeHtml(
  at: (name: string) => string,
  verdict: Verdict,
  { historyPath, appendHistory }: ReportOptions,
): Promise<{ path: string; problem?: string }> {
  const problem = await historyProblem(historyPath);
  const path = await writeAllureHtml(verdict, {
    results: at('allure-results'),
    output: at('allure'),
    historyPath: problem === undefined ? historyPath : undefined,
    appendHistory,
  });
  return { path, ...(problem !== undefined && { problem }) };
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
