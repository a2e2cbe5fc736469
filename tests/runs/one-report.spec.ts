import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { StepResult, TestResult } from 'allure-js-commons';
import { serveStub } from '../../apis/stub.js';
import { requirementsOf } from '../apis.js';
import { makePlace, playwright, runArgs, start, writeTarget } from './runs.js';

test.describe.configure({ timeout: 400_000 });

const apis = ['relation'];

/** What differs between two runs against one server: ids, times, and how often something was seen. */
function plain(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
    .replace(/\b[0-9a-f]{32}\b/g, '<id>')
    .replace(/\d+/g, '#');
}

function stepOf({ name = '', status, steps, attachments }: StepResult): unknown {
  return { name: plain(name), status, steps: steps.map(stepOf), attachments: attachments.map(attached) };
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
        steps: steps.map(stepOf),
        attachments: attachments.map(attached),
      },
    ]),
  );
}

test('run, Playwright, merged shards and report give one report', async () => {
  const stub = await serveStub({ faults: ['relation-list-oldest-first', 'relation-apikey-unchecked'] });
  const place = makePlace();
  try {
    const target = writeTarget(place, stub.url, (file) => {
      file.allow = 'read';
    });
    await start(place, [...runArgs(apis), '--no-html']).ended;
    const whole = reportOf(place, 'reports');
    expect(whole.size).toBe(requirementsOf(apis).length);

    // A miss has a red step with the exchange that shows it; a requirement that is met has its steps too.
    const miss = JSON.stringify(whole.get('RE-LIST-2 List is sorted by createAt, newest first'));
    expect(miss).toMatch(/"status":"failed","steps":\[.*list by \w+: HTTP # application\/vnd\.allure\.http\+json/);

    await start(place, ['report', 'reports']).ended;
    expect(reportOf(place, 'reports')).toEqual(whole);

    const variables = { CHAT_CONFORMANCE_API: 'relation', CHAT_CONFORMANCE_REPORTS: 'bare' };
    const bare = await playwright(place, target, ['--workers=2'], variables);
    expect(bare.code, bare.out + bare.err).toBe(1);
    expect(reportOf(place, 'bare')).toEqual(whole);

    for (const shard of [1, 2])
      await start(place, [...runArgs(apis, { reports: `shard-${shard}` }), '--shard', `${shard}/2`, '--no-html']).ended;
    await start(place, ['merge', 'shard-1', 'shard-2', '--reports', 'merged']).ended;
    expect(reportOf(place, 'merged')).toEqual(whole);
  } finally {
    await stub.close();
  }
});
