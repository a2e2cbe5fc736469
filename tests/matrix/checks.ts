/** Single checks of an API against a server of the test, both in the process. */
import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { checksOf } from '../../matrix/checks.js';
import { nothingSecret } from '../../matrix/redactor.js';
import type { Collected } from '../../runner/collector.js';
import { createKeeper, slotsOf } from '../../runner/suite.js';
import { type Api, named } from '../../src/api/api.js';
import { createEnvironment, type Environment } from '../../src/environment/environment.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { judge } from '../../src/judge/index.js';
import type { Requirement } from '../../src/requirements/types.js';
import { withinProcess } from '../../src/stub/index.js';
import { resolveTarget } from '../../src/target/index.js';
import { buildVerdict, type Judgement, type Verdict } from '../../src/verdict/index.js';
import type { Target } from '../../types/target.js';
import type { Fetch } from './front.js';

/** The checks of an API whose requirements have such ids, in the order of its spec files. */
export async function someChecks(name: string, ids = /./): Promise<readonly Collected[]> {
  const checks = await checksOf(named(apis, name));
  return checks.filter(({ definition: { requirement } }) => ids.test(requirement.id));
}

/**
 * What came of each check on the server that `fetch` asks, as a sentence. `change` changes the stub's target. They run on some account slots at once, for most of a
 * check is waiting; with `slots: 1` one after the other in one session.
 */
export async function outcomesOf(
  name: string,
  fetch: Fetch,
  checks: readonly Collected[],
  change: (target: Target) => void = () => {},
  { slots = 4 }: { slots?: number } = {},
): Promise<Map<string, string>> {
  const target = structuredClone(stubTarget({ url: withinProcess }));
  change(target);
  const api = named(apis, name);
  const resolved = resolveTarget({ ...target }, 'stub', apis);
  const [first] = checks;
  if (first === undefined) throw new Error(`no checks of ${name}`);
  const outcomes = new Map(checks.map(({ definition }) => [definition.requirement.id, '']));
  const queue = [...checks];
  const work = async (slot: number) => {
    const environment = createEnvironment(resolved, { apis, fetch, redactor: nothingSecret });
    const keeper = createKeeper(first.suite, { api, environment, slot, journal: memoryJournal });
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { outcome, reason, findings } = await judge(next.definition, keeper as never, { confirm: false });
      outcomes.set(next.definition.requirement.id, [outcome, reason, findings[0]?.message].filter(Boolean).join(': '));
    }
  };
  await Promise.all(Array.from({ length: Math.min(slots, slotsOf(api, resolved)) }, (_, slot) => work(slot)));
  return outcomes;
}

/** The verdict on the requirements of one API that are meant, whose checks run one after the other. A miss is not judged twice. */
export async function verdictOn(
  api: Api,
  environment: Environment,
  isMeant: (requirement: Requirement) => boolean = () => true,
): Promise<Verdict> {
  const checks = (await checksOf(api)).filter(({ definition }) => isMeant(definition.requirement));
  const keeper = createKeeper(checks[0]?.suite as never, { api, environment, slot: 0, journal: memoryJournal });
  const judgements: Judgement[] = [];
  for (const { definition } of checks) judgements.push(await judge(definition, keeper as never, { confirm: false }));
  return buildVerdict({
    target: { name: 'test', allow: environment.target.allow, urls: {} },
    apis: [api.name],
    strict: false,
    catalogue: api.requirements.filter(isMeant),
    judgements,
    startedAt: Date.now(),
    durationMs: 1,
    requests: 1,
  });
}

/** The outcomes that are not simply met. */
export function notMet(outcomes: ReadonlyMap<string, string>): string[] {
  return [...outcomes].filter(([, outcome]) => outcome !== 'met').map(([id, outcome]) => `${id} ${outcome}`);
}
