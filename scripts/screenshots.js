// @ts-check
/**
 * Takes the pictures of docs/images anew: the report of a run against the stub with a few faults, at its top and at a miss. Needs a
 * current build and a Chromium; `CHROMIUM_PATH` names it where it is not the one of the system.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { serveStub, stubTarget } from '../dist/index.js';

const faults = ['relation-list-oldest-first', 'relation-apikey-unchecked', 'relation-code-number'];
/** @param {string} path */
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
const stub = await serveStub({ faults });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const target = join(folder, 'target.json');
  writeFileSync(target, JSON.stringify({ ...stubTarget({ url: stub.url }), name: 'staging' }));
  const status = await run(['run', '--target', target, '--api', 'relation', '--reports', folder]);
  if (status !== 1) throw new Error(`the run ended with exit code ${status}, and not with misses`);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`file://${join(folder, 'allure', 'index.html')}`);
  await page.getByTestId('report-title').waitFor();
  await page.getByText('RE-LIST-2 ').waitFor();
  await page.screenshot({ path: at('docs/images/overview.png') });
  await page.getByText('RE-LIST-2 ').click();
  await page.getByText('Test body').scrollIntoViewIfNeeded();
  await page
    .getByText(/: HTTP 200/)
    .first()
    .click();
  await page.screenshot({ path: at('docs/images/miss.png') });
} finally {
  await browser.close();
  await stub.close();
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Runs the command beside the stub, which answers from this process; gives its exit code.
 * @param {string[]} args @returns {Promise<number | null>}
 */
function run(args) {
  const child = spawn(process.execPath, [at('bin/chat-conformance.js'), ...args], { stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (status) => resolve(status)));
}
