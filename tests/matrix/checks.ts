/** Single checks of an API against a server of the test, in the process. */
import type { AnyDefinition } from '../../fixtures/collector.js';
import { type ApiSuite, createKeeper } from '../../fixtures/suite.js';
import { suites } from '../../fixtures/suites.js';
import { allDefinitions } from '../../matrix/definitions.js';
import { createEnvironment } from '../../src/environment/environment.js';
import type { Api } from '../../src/exchange/index.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { judge } from '../../src/judge/index.js';
import { stubTarget } from '../../src/stub/index.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Target } from '../../types/target.js';

/** The checks of an API, in the order of its spec files. */
export async function checksOf(api: Api): Promise<AnyDefinition[]> {
  return (await allDefinitions()).filter(({ requirement }) => requirement.api === api);
}

/** What came of each check, one after the other in one session, as a sentence; `change` changes the stub's target. */
export async function outcomesOf(
  api: Api,
  url: string,
  checks: readonly AnyDefinition[],
  change: (target: Target) => void = () => {},
): Promise<Map<string, string>> {
  const target = stubTarget({ url });
  change(target);
  const suite = suites.find((one) => one.api === api) as ApiSuite<never> | undefined;
  if (suite === undefined) throw new Error(`no suite for ${api}`);
  const keeper = createKeeper(suite, createEnvironment(resolveTarget(target, 'stub')), 0, memoryJournal);
  const outcomes = new Map<string, string>();
  for (const check of checks) {
    const { outcome, reason, findings } = await judge(check, keeper, { confirm: false });
    outcomes.set(check.requirement.id, [outcome, reason, findings[0]?.message].filter(Boolean).join(': '));
  }
  return outcomes;
}

/** The outcomes that are not simply met. */
export function notMet(outcomes: ReadonlyMap<string, string>): string[] {
  return [...outcomes].filter(([, outcome]) => outcome !== 'met').map(([id, outcome]) => `${id} ${outcome}`);
}
