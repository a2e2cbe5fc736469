import { extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { startStubProcess } from './fixtures/stub-process.js';
import { processSubject } from './fixtures/subject.js';
import { slotsOf } from './fixtures/suites.js';
import { requirementsOf } from './src/api/api.js';
import { inScope } from './src/api/subject.js';
import { apisInScope, describeTarget, runSettings } from './src/target/index.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** A module by its path without extension: TypeScript under `npx playwright test`, compiled under `run`. */
const moduleAt = (path: string) => here(`${path}${extname(fileURLToPath(import.meta.url))}`);

// Under `run` the stub runs already; workers find its address in the environment.
if ((process.env.CHAT_CONFORMANCE_TARGET ?? 'stub') === 'stub')
  process.env.CHAT_CONFORMANCE_STUB_URL ??= await startStubProcess();

const settings = runSettings();
const subject = await processSubject();
const { target } = subject;
const names = apisInScope(target, settings.apis);
const workers = settings.workers ?? 4;
const seed = Number(process.env.CHAT_CONFORMANCE_STUB_SEED ?? 1);
const about = {
  target: { ...describeTarget(target), ...(target.source === 'stub' ? { seed } : {}) },
  apis: names,
  catalogue: requirementsOf(subject.apis),
};

/** The conformance suite: a project a folder of specs, a file an action, a test a requirement. */
export default defineConfig({
  fullyParallel: true,
  forbidOnly: true,
  timeout: 0,
  workers,
  // Where the package is installed nothing may be written.
  outputDir: resolve(settings.reports, '.playwright'),
  globalSetup: moduleAt('./fixtures/global-setup'),
  reporter: [
    [moduleAt('./src/reporters/playwright'), about],
    ...(process.env.CHAT_CONFORMANCE_RUN === undefined ? ([['list']] as ['list'][]) : []),
  ],
  projects: inScope(subject, names).flatMap((api) =>
    api.specs.map((folder, index) => ({
      name: index === 0 ? api.name : `${api.name} (added ${index})`,
      testDir: folder,
      workers: Math.max(1, Math.min(workers, slotsOf(api, target))),
    })),
  ),
});
