import type { TestCase, TestResult, TestStep } from '@playwright/test/reporter';
import { AllureReporter } from 'allure-playwright';
import { judgementName } from '../verdict/index.js';

/** What is attached for the verdict, and what Playwright attaches to every failed test by itself. */
const untold = [judgementName, 'error-context'];

/** Writes the Allure results of a run while it runs, without what a check tells the verdict alone. */
export class LiveAllureReporter extends AllureReporter {
  /** Annotations are for Playwright; what they say stands in labels. */
  override onTestBegin(test: TestCase): void {
    super.onTestBegin(Object.create(test, { annotations: { value: [] } }) as TestCase);
  }

  override onStepBegin(test: TestCase, result: TestResult, step: TestStep): void {
    if (!isUntold(step)) super.onStepBegin(test, result, step);
  }

  override onStepEnd(test: TestCase, result: TestResult, step: TestStep): void {
    if (!isUntold(step)) super.onStepEnd(test, result, step);
  }

  override async onTestEnd(test: TestCase, result: TestResult): Promise<void> {
    const attachments = result.attachments.filter(({ name }) => !untold.includes(name));
    await super.onTestEnd(test, { ...result, attachments });
  }
}

function isUntold({ category, attachments }: TestStep): boolean {
  return category === 'test.attach' && attachments.some(({ name }) => untold.includes(name));
}
