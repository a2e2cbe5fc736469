import { defineConfig } from '@playwright/test';

/** The tests of the project itself, apart from the conformance specs. */
export default defineConfig({
  testDir: '.',
  outputDir: '../reports/.tests',
  fullyParallel: true,
  workers: 2,
  reporter: [['list']],
  projects: [{ name: 'project' }],
});
