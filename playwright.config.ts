import { extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { defineConfig } from '@playwright/test';
import { suites } from './fixtures/suites.js';
import { checkWaiversFile } from './src/cli/waivers.js';
import { visible } from './src/console.js';
import { UsageError } from './src/errors.js';
import { apisInScope, loadTarget, runSettings } from './src/target/index.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** A module by its path without extension: TypeScript under `npx playwright test`, compiled under `run`. */
const moduleAt = (path: string) => here(`${path}${extname(fileURLToPath(import.meta.url))}`);

// The stub is started by the global set-up: which accounts it has does not depend on its address.
process.env.CHAT_CONFORMANCE_STUB_URL ??= 'http://stub.invalid';

const { settings, target, scope } = load();
const inScope = suites.filter(({ api }) => scope.includes(api));
const workers = settings.workers ?? 4;

/** What is asked for, by `run` or by the variables of the environment. A mistake in it ends Playwright with one line and exit code 2. */
function load() {
  try {
    const settings = runSettings();
    const { waivers } = settings;
    if (waivers !== undefined) checkWaiversFile('CHAT_CONFORMANCE_WAIVERS', waivers, resolve(waivers));
    const target = loadTarget(process.env.CHAT_CONFORMANCE_TARGET ?? 'stub');
    return { settings, target, scope: apisInScope(target, settings.apis) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.once('exit', () => (process.exitCode = 2));
    const line = visible(`chat-conformance: ${error.message}`);
    // Playwright prints what it catches with its stack: this one has none.
    throw Object.assign(new Error(line), { stack: line, [inspect.custom]: () => line });
  }
}

/** Each title begins with the id of its requirement. */
function titlesOf(ids: readonly string[]): RegExp {
  return new RegExp(`(?:^|\\s)(?:${ids.join('|')})\\s`);
}

/** The conformance suite: a project an API, a file an action, a test a requirement. */
export default defineConfig({
  fullyParallel: true,
  forbidOnly: true,
  timeout: 0,
  workers,
  ...(settings.selection !== undefined && { grep: titlesOf(settings.selection.ids) }),
  // Where the package is installed nothing may be written.
  outputDir: resolve(settings.reports, '.playwright'),
  globalSetup: moduleAt('./fixtures/global-setup'),
  reporter: [
    [moduleAt('./src/reporters/playwright')],
    ...(process.env.CHAT_CONFORMANCE_RUN === undefined ? ([['list']] as ['list'][]) : []),
  ],
  projects: inScope.map((suite) => ({
    name: suite.api,
    testDir: here(`./specs/${suite.api}`),
    workers: Math.max(1, Math.min(workers, suite.slots(target))),
  })),
});
