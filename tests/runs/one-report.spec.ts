import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepResult, TestResult } from 'allure-js-commons';
import { serveStub } from '../../apis/stub.js';
import type { Verdict } from '../../src/verdict/index.js';
import { requirementsOf } from '../apis.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { checkEnded, makePlace, of, playwright, runArgs, start, verdictIn, writeTarget } from './runs.js';

test.describe.configure({ timeout: 400_000 });

const apis = ['relation'];

/** What differs between two runs against one server: ids, times, and how often something was seen. */
function plain(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
    .replace(/\b[0-9a-f]{32}\b/g, '<id>')
    .replace(/\d+/g, '#');
}

/** Requests that are on their way together end in any order. */
function stepsOf(steps: readonly StepResult[]): string[] {
  return steps.map((step) => JSON.stringify(stepOf(step))).sort();
}

function stepOf({ name = '', status, steps, attachments }: StepResult): unknown {
  // Of many requests on their way together the last ones are shown, whichever they are.
  if (status === 'passed' && attachments.length > 0) return `an exchange: ${attachments.map(({ type }) => type)}`;
  return { name: plain(name), status, attachments: attachments.map(attached), steps: stepsOf(steps) };
}

function attached({ name, type }: { name: string; type?: string }): string {
  return `${plain(name)} ${type}`;
}

/** The report of a reports directory as its reader sees it, by requirement. */
function reportOf(place: string, reports: string): Map<string, unknown> {
  const folder = join(place, reports, 'allure-results');
  const results = readdirSync(folder)
    .filter((name) => name.endsWith('-result.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as TestResult)
    .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
  return new Map(
    results.map(({ name = '', status, statusDetails, labels, parameters, links, description, steps, attachments }) => [
      name,
      {
        status,
        message: plain(statusDetails.message ?? ''),
        labels: labels.filter((label) => label.name !== 'thread').map((label) => `${label.name} ${plain(label.value)}`),
        parameters,
        links,
        description: plain(description ?? ''),
        steps: stepsOf(steps),
        attachments: attachments.map(attached),
      },
    ]),
  );
}

function statuses({ requirements }: Verdict): string[] {
  return requirements.map(({ id, status }) => `${id} ${status}`);
}

test(
  'run, Playwright, merged shards and report give one report, and shards the verdict of the whole',
  long,
  async () => {
    // One that a single scenario shows, and one that many exchanges show.
    const faults = ['relation-list-oldest-first', 'relation-apikey-unchecked'];
    const stub = await serveStub({ faults });
    const place = makePlace();
    try {
      const target = writeTarget(place, stub.url, (file) => {
        file.allow = 'read';
      });
      const verdict = checkEnded(await start(place, runArgs(apis)).ended, place, apis);
      const whole = reportOf(place, 'reports');
      expect(whole.size).toBe(requirementsOf(apis).length);

      // A miss has a red step with the exchange that shows it; a requirement that is met has its steps too.
      const miss = JSON.stringify(whole.get('RE-LIST-2 List is sorted by createAt, newest first'));
      expect(miss).toMatch(/"status\W+failed.*an exchange: application\/vnd\.allure\.http\+json/);

      await start(place, ['report', 'reports']).ended;
      expect(reportOf(place, 'reports')).toEqual(whole);

      const variables = { CHAT_CONFORMANCE_API: 'relation', CHAT_CONFORMANCE_REPORTS: 'bare' };
      const bare = await playwright(place, target, ['--workers=2'], variables);
      expect(bare.code, bare.out + bare.err).toBe(1);
      expect(reportOf(place, 'bare')).toEqual(whole);

      const folders = ['shard-1', 'shard-2'];
      const parts: Verdict[] = [];
      for (const [index, reports] of folders.entries()) {
        const args = [...runArgs(apis, { reports }), '--shard', `${index + 1}/${folders.length}`];
        parts.push(checkEnded(await start(place, args).ended, place, apis, reports));
      }
      const ended = await start(place, ['merge', ...folders, '--reports', 'merged']).ended;
      expect(reportOf(place, 'merged')).toEqual(whole);
      const merged = verdictIn(place, apis, 'merged');
      expect(of(verdict, 'fail', 'warn').length).toBeGreaterThanOrEqual(faults.length);
      expect(statuses(merged)).toEqual(statuses(verdict));
      expect(merged.verdict).toBe(verdict.verdict);
      expect(merged.counts).toEqual(verdict.counts);
      expect(ended.code).toBe(1);
      expect(merged.requests).toBe(parts.reduce((sum, { requests }) => sum + requests, 0));
      expect(existsSync(join(place, 'merged', 'allure', 'index.html'))).toBe(true);
      // Each shard has a part of the work only.
      const judgedIn = (part: Verdict) => of(part, 'pass', 'fail', 'warn').length;
      for (const part of parts) expect(judgedIn(part)).toBeLessThan(judgedIn(verdict));
    } finally {
      await stub.close();
    }
  },
);
