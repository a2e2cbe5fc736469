import { ConformanceReporter } from '../src/reporters/playwright.js';
import { aboutRun } from './about.js';

/** The reporter of the suite. Playwright makes one of the class that a reporter module exports as its default. */
export default class SuiteReporter extends ConformanceReporter {
  constructor() {
    super(aboutRun);
  }
}
