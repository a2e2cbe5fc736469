import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabelName, Status, type StepResult, type TestResult } from 'allure-js-commons';
import { requirementLabel } from '../requirements/allure.js';

/** What was written of a requirement while its check ran, and the folder where its attachments lie. */
export interface LiveResult {
  result: TestResult;
  folder: string;
}

/**
 * The results that lie in these folders, by requirement id. Where there are several of one requirement, that of its check says more
 * than what another shard saw of it, then that in which a step went wrong, and of those the last. A folder that is missing holds
 * none, nor does a file that is no result.
 */
export function readLive(folders: readonly string[]): Map<string, LiveResult> {
  const found = new Map<string, LiveResult>();
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      const result = name.endsWith('-result.json') ? readResult(join(folder, name)) : undefined;
      const id = result?.labels.find((label) => label.name === requirementLabel)?.value;
      if (result === undefined || id === undefined) continue;
      const other = found.get(id);
      if (other === undefined || weight(result) >= weight(other.result)) found.set(id, { result, folder });
    }
  }
  return found;
}

/** By how much a result says more than another one of the same requirement. */
function weight({ labels, steps, start = 0 }: TestResult): number {
  const ofCheck = labels.some(({ name }) => name === LabelName.FRAMEWORK) ? 4 : 0;
  const red = steps.some(isRed) ? 2 : steps.length > 0 ? 1 : 0;
  return (ofCheck + red) * 1e15 + start;
}

function isRed({ status, steps }: StepResult): boolean {
  return (status !== undefined && status !== Status.PASSED) || steps.some(isRed);
}

function readResult(path: string): TestResult | undefined {
  try {
    const { steps = [], labels = [], ...result } = JSON.parse(readFileSync(path, 'utf8')) as TestResult;
    return { ...result, steps, labels };
  } catch {
    return undefined;
  }
}
