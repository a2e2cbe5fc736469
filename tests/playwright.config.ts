import { defineConfig } from '@playwright/test';

/** The tests of the project itself, apart from the conformance specs: those for each change, which take a few minutes. */
export default defineConfig({
  testDir: '.',
  outputDir: '../reports/.tests',
  fullyParallel: true,
  // Half as many again as there are processors: most tests wait for answers, or for processes.
  workers: '150%',
  reporter: [['list']],
  grepInvert: /@long/,
  projects: [{ name: 'project' }],
});
