/** Single checks of an API against a server of the test, in the process. */
import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import type { Collected } from '../../fixtures/collector.js';
import { createKeeper } from '../../fixtures/suite.js';
import { checksOf } from '../../matrix/checks.js';
import { named } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { judge } from '../../src/judge/index.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Target } from '../../types/target.js';

/** The checks of an API whose requirements have such ids, in the order of its spec files. */
export async function someChecks(name: string, ids = /./): Promise<readonly Collected[]> {
  const checks = await checksOf(named(apis, name));
  return checks.filter(({ definition: { requirement } }) => ids.test(requirement.id));
}

/** What came of each check, one after the other in one session, as a sentence; `change` changes the stub's target. */
export async function outcomesOf(
  name: string,
  url: string,
  checks: readonly Collected[],
  change: (target: Target) => void = () => {},
): Promise<Map<string, string>> {
  const target = structuredClone(stubTarget({ url }));
  change(target);
  const api = named(apis, name);
  const environment = createEnvironment(resolveTarget({ ...target }, 'stub', apis), { apis });
  const [first] = checks;
  if (first === undefined) throw new Error(`no checks of ${name}`);
  const keeper = createKeeper(first.suite, { api, environment, slot: 0, journal: memoryJournal });
  const outcomes = new Map<string, string>();
  for (const { definition } of checks) {
    const { outcome, reason, findings } = await judge(definition, keeper as never, { confirm: false });
    outcomes.set(definition.requirement.id, [outcome, reason, findings[0]?.message].filter(Boolean).join(': '));
  }
  return outcomes;
}

/** The outcomes that are not simply met. */
export function notMet(outcomes: ReadonlyMap<string, string>): string[] {
  return [...outcomes].filter(([, outcome]) => outcome !== 'met').map(([id, outcome]) => `${id} ${outcome}`);
}
