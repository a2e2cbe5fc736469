import { extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chooseVolumes } from './fixtures/volumes.js';
import { asOneLine } from './runner/one-line.js';
import { startStubProcess } from './runner/stub-process.js';
import { processSubject } from './runner/subject.js';
import { slotsOf } from './runner/suite.js';
import { chosenApis, requirementsOf } from './src/api/api.js';
import { inScope } from './src/api/subject.js';
import { readWaivers } from './src/cli/waivers.js';
import { liveResults } from './src/reporters/playwright.js';
import { apisInScope, describeTarget, runSettings } from './src/target/index.js';

/** A module by its path without extension: TypeScript under `npx playwright test`, compiled under `run`. */
const moduleAt = (path: string) =>
  fileURLToPath(new URL(`${path}${extname(fileURLToPath(import.meta.url))}`, import.meta.url));

/** What is asked for, by `run` or by the variables of the environment. A mistake in it ends Playwright with one line and exit code 2. */
async function load() {
  try {
    const settings = runSettings();
    chooseVolumes();
    // Under `run` the stub runs already; workers find its address in the environment.
    if ((process.env.CHAT_CONFORMANCE_TARGET ?? 'stub') === 'stub')
      process.env.CHAT_CONFORMANCE_STUB_URL ??= await startStubProcess();
    const subject = await processSubject();
    const { waivers } = settings;
    if (waivers !== undefined) readWaivers('CHAT_CONFORMANCE_WAIVERS', waivers, resolve(waivers), subject.apis);
    const asked =
      settings.apis && chosenApis(subject.apis, settings.apis, 'CHAT_CONFORMANCE_API').map(({ name }) => name);
    return { settings, subject, scope: apisInScope(subject.target, asked) };
  } catch (error) {
    throw asOneLine(error);
  }
}

/** Each title begins with the id of its requirement. */
function titlesOf(ids: readonly string[]): RegExp {
  return new RegExp(`(?:^|\\s)(?:${ids.join('|')})\\s`);
}

const { settings, subject, scope } = await load();
const { target } = subject;
const workers = settings.workers ?? 4;
const seed = Number(process.env.CHAT_CONFORMANCE_STUB_SEED ?? 1);
const about = {
  target: { ...describeTarget(target), ...(target.source === 'stub' ? { seed } : {}) },
  apis: scope,
  leftOut: apisInScope(target).filter((name) => !scope.includes(name)),
  catalogue: requirementsOf(subject.apis),
};

/** The conformance suite: a project a folder of specs, a file an action, a test a requirement. */
export default defineConfig({
  fullyParallel: true,
  forbidOnly: true,
  timeout: 0,
  workers,
  ...(settings.selection !== undefined && { grep: titlesOf(settings.selection.ids) }),
  // Where the package is installed nothing may be written.
  outputDir: resolve(settings.reports, '.playwright'),
  globalSetup: moduleAt('./runner/global-setup'),
  // The verdict is written over what Allure has of the run by then.
  reporter: [
    [moduleAt('./src/reporters/allure-live'), { resultsDir: liveResults(settings.reports), detail: false }],
    [moduleAt('./src/reporters/playwright'), about],
    ...(process.env.CHAT_CONFORMANCE_RUN === undefined ? ([['list']] as ['list'][]) : []),
  ],
  projects: inScope(subject, scope).flatMap((api) =>
    api.specs.map((folder, index) => ({
      name: index === 0 ? api.name : `${api.name} (added ${index})`,
      testDir: folder,
      workers: Math.max(1, Math.min(workers, slotsOf(api, target))),
    })),
  ),
});
