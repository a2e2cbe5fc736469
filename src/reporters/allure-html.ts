import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AllureReport, resolveConfig } from '@allurereport/core';
import { fullNameOf } from '../requirements/allure.js';
import {
  isBlamed,
  isJudged,
  isMissed,
  isWhole,
  numbersOf,
  type RequirementVerdict,
  rootsOf,
  type Verdict,
  verdictLine,
} from '../verdict/index.js';
import { openedAtVerdict, packed, withoutTracking } from './allure-page.js';
import { categories, causeLabel, environmentCategory, rootLabel, serverCategory } from './allure-results.js';

export interface HtmlOptions {
  /** The folder of the Allure results. */
  results: string;
  /** The folder that gets `index.html`. */
  output: string;
  /** File (JSON Lines) that holds the runs before and gets this one. */
  historyPath?: string;
  /** False reads the history and leaves it as it is. */
  appendHistory?: boolean;
}

type AllureConfig = Parameters<typeof resolveConfig>[0];

/** The charts that say something of requirements; Allure's other ones are about unit and browser tests. */
const charts = [
  { type: 'currentStatus', title: 'Requirements by status' },
  { type: 'statusDynamics', title: 'Status over the last runs' },
  {
    type: 'testResultSeverities',
    title: 'MUSTs (critical) and SHOULDs (minor)',
    levels: ['critical', 'minor'],
    statuses: ['passed', 'failed', 'broken', 'skipped', 'unknown'],
    includeUnset: false,
  },
  { type: 'statusTransitions', title: 'Newly missed and newly met over the last runs' },
];

/** Runs that the trends look back on. */
const historyLimit = 20;

/**
 * Makes the HTML report, one file that opens without a web server, from Allure results. Sends nothing anywhere.
 * Returns the path of the file; throws what Allure throws.
 */
export async function writeAllureHtml(verdict: Verdict, options: HtmlOptions): Promise<string> {
  // Loading Allure takes as long as a small run: only those who want HTML wait for it.
  const allure = await import('@allurereport/core');
  const config = await allure.resolveConfig({
    name: reportName(verdict),
    output: options.output,
    ...(options.historyPath !== undefined && { historyPath: options.historyPath, historyLimit }),
    appendHistory: options.appendHistory ?? true,
    categories: categoryRules(verdict),
    plugins: {
      awesome: {
        options: {
          singleFile: true,
          reportName: reportName(verdict),
          reportLanguage: 'en',
          groupBy: ['parentSuite', 'suite'],
          sections: ['charts'],
          charts,
        },
      },
    },
  });
  // The others that Allure adds by itself listen to the environment.
  const plugins = config.plugins?.filter(({ id }) => id === 'awesome');
  const report = new allure.AllureReport({ ...config, plugins });
  await report.start();
  await report.readDirectory(options.results);
  await judgeGate(report, verdict);
  await report.done();
  const index = join(options.output, 'index.html');
  await writeFile(index, packed(openedAtVerdict(withoutTracking(await readFile(index, 'utf8')))));
  return index;
}

function reportName(verdict: Verdict): string {
  return `${verdict.target}: ${verdictLine(verdict)}`;
}

function categoryRules({ requirements }: Verdict): AllureConfig['categories'] {
  const grouped = { groupBy: ['severity' as const, { label: causeLabel }], groupByMessage: false };
  const causes = rootsOf(requirements).map(({ id, followers }) => ({
    name: `One cause: ${id}, ${followers.length} more ${followers.length === 1 ? 'follows' : 'follow'} from it`,
    matchers: { labels: { [rootLabel]: `^${id}$` } },
    ...grouped,
  }));
  return [
    ...causes,
    { name: serverCategory, matchers: { statuses: ['failed'], labels: { blame: '^server$' } }, ...grouped },
    { name: environmentCategory, matchers: { statuses: ['unknown'] }, ...grouped },
    ...categories.map(({ name, label }) => ({
      name: label,
      matchers: { statuses: ['failed' as const, 'broken' as const], labels: { topic: `^${name}$` } },
      ...grouped,
    })),
  ];
}

/**
 * Shows in the report's quality gate what the verdict rests on. Allure's own rules know nothing of MUST and SHOULD. What holds gets
 * its green tick where the whole is judged and met: less is not to be taken for it.
 */
async function judgeGate(report: AllureReport, verdict: Verdict): Promise<void> {
  const ids = new Map((await report.store.allTestResults()).map(({ fullName, id }) => [fullName, id]));
  const binding = verdict.requirements.filter(({ level }) => level === 'MUST' || verdict.strict);
  const name = verdict.strict ? 'requirement' : 'MUST';
  const rule = (title: string, failing: RequirementVerdict[], message: string) => ({
    success: failing.length === 0,
    rule: title,
    expected: 0,
    actual: failing.length,
    message,
    testResults: failing.flatMap((requirement) => ids.get(fullNameOf(requirement)) ?? []),
  });
  const missed = binding.filter((one) => (isMissed(one.status) && one.status !== 'waived') || isBlamed(one));
  const unchecked = binding.filter(({ status, cause }) => status === 'error' && cause !== 'server');
  const { judged, total } = numbersOf(binding, 'MUST');
  const unjudged = binding.filter(({ level, status }) => level === 'MUST' && !isJudged(status));
  const gate = [
    rule(`no ${name} missed`, missed, `${missed.length} missed; ${judged} of ${total} MUSTs were judged`),
    rule(`every ${name} could be checked`, unchecked, `${unchecked.length} could not be checked`),
    rule('every MUST judged', unjudged, verdictLine(verdict)),
  ].filter(({ success }) => !success || isWhole(verdict));
  report.realtimeDispatcher.sendQualityGateResults(
    gate as Parameters<typeof report.realtimeDispatcher.sendQualityGateResults>[0],
  );
}
