import type { TestCase, TestResult, TestStep } from '@playwright/test/reporter';
import { AllureReporter } from 'allure-playwright';
import { judgementName } from '../verdict/index.js';

/** Writes the Allure results of a run while it runs, without what a check tells the verdict alone. */
export class LiveAllureReporter extends AllureReporter {
  /** Annotations are for Playwright; what they say stands in labels. */
  override onTestBegin(test: TestCase): void {
    super.onTestBegin(Object.create(test, { annotations: { value: [] } }) as TestCase);
  }

  override onStepBegin(test: TestCase, result: TestResult, step: TestStep): void {
    if (!isOfVerdict(step)) super.onStepBegin(test, result, step);
  }

  override onStepEnd(test: TestCase, result: TestResult, step: TestStep): void {
    if (!isOfVerdict(step)) super.onStepEnd(test, result, step);
  }

  override async onTestEnd(test: TestCase, result: TestResult): Promise<void> {
    const attachments = result.attachments.filter(({ name }) => name !== judgementName);
    await super.onTestEnd(test, { ...result, attachments });
  }
}

function isOfVerdict({ category, attachments }: TestStep): boolean {
  return category === 'test.attach' && attachments.some(({ name }) => name === judgementName);
}
