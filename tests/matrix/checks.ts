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
  if (checks.length === 0) throw new Error(`no checks of ${name}`);
  const outcomes = new Map(checks.map(({ definition }) => [definition.requirement.id, '']));
  const environment = () => createEnvironment(resolved, { apis, fetch, redactor: nothingSecret });
  const judgements = await judgeAll(api, checks, environment, Math.min(slots, slotsOf(api, resolved)));
  for (const { requirement, outcome, reason, findings } of judgements)
    outcomes.set(requirement, [outcome, reason, findings[0]?.message].filter(Boolean).join(': '));
  return outcomes;
}

/** Judges checks on so many account slots at once, each with an environment. A miss is not judged twice. */
async function judgeAll(
  api: Api,
  checks: readonly Collected[],
  environmentOf: () => Environment,
  slots: number,
): Promise<Judgement[]> {
  const queue = [...checks];
  const judgements: Judgement[] = [];
  const work = async (slot: number) => {
    const place = { api, environment: environmentOf(), slot, journal: memoryJournal };
    const keeper = createKeeper(checks[0]?.suite as never, place);
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      judgements.push(await judge(next.definition, keeper as never, { confirm: false }));
    await keeper.close();
  };
  await Promise.all(Array.from({ length: slots }, (_, slot) => work(slot)));
  return judgements;
}

/** The verdict on the requirements of one API that are meant, whose checks run on so many slots at once. A miss is not judged twice. */
export async function verdictOn(
  api: Api,
  environment: Environment,
  isMeant: (requirement: Requirement) => boolean = () => true,
  { slots = 1 }: { slots?: number } = {},
): Promise<Verdict> {
  const checks = (await checksOf(api)).filter(({ definition }) => isMeant(definition.requirement));
  const most = slotsOf(api, environment.target);
  const judgements = await judgeAll(api, checks, () => environment, Math.min(slots, most));
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
