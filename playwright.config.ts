import { extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { suites } from './fixtures/suites.js';
import { loadTarget, runSettings } from './src/target/index.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** A module by its path without extension: TypeScript under `npx playwright test`, compiled under `run`. */
const moduleAt = (path: string) => here(`${path}${extname(fileURLToPath(import.meta.url))}`);

// The stub is started by the global set-up: which accounts it has does not depend on its address.
process.env.CHAT_CONFORMANCE_STUB_URL ??= 'http://stub.invalid';

const settings = runSettings();
const target = loadTarget(process.env.CHAT_CONFORMANCE_TARGET ?? 'stub');
const inScope = suites.filter(({ api }) => target[api] !== undefined && (settings.apis?.includes(api) ?? true));
const workers = settings.workers ?? 4;

/** The conformance suite: a project an API, a file an action, a test a requirement. */
export default defineConfig({
  fullyParallel: true,
  forbidOnly: true,
  timeout: 0,
  workers,
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
