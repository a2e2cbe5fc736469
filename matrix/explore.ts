import type { Api } from '../src/api/api.js';
import { createEnvironment, type Environment } from '../src/environment/environment.js';
import { type Explored, explore, type Recipe } from '../src/explore/index.js';
import { memoryJournal } from '../src/journal/journal.js';
import { createStub, withinProcess } from '../src/stub/index.js';
import { resolveTarget, stubTarget } from '../src/target/index.js';
import { nothingSecret } from './redactor.js';

/** How to explore a simulated server. */
export interface ExploreCase {
  faults?: readonly string[];
  variants?: readonly string[];
  seed: number;
  budgetMs: number;
  calls?: number;
  lanes?: number;
  recipes?: readonly Recipe[];
  /** Stop with the first find. */
  first?: boolean;
}

/** Explores a simulated server in this process, without any connection. */
export async function exploreStub(api: Api, one: ExploreCase): Promise<Explored> {
  const { seed, budgetMs, calls, lanes, recipes, first } = one;
  const environment = await stubEnvironment(api, one);
  const onFind = first ? () => environment.stop() : undefined;
  return explore(api, environment, { budgetMs, calls, lanes, recipes, seed, journal: memoryJournal, onFind });
}

/** The way to a simulated server in this process. */
export async function stubEnvironment(
  api: Api,
  { faults, variants }: Pick<ExploreCase, 'faults' | 'variants'> = {},
): Promise<Environment> {
  const stub = createStub([await api.stub()], { faults, variants });
  const target = resolveTarget({ ...stubTarget([api], { url: withinProcess }), timeoutMs: 5000 }, 'stub', [api]);
  return createEnvironment(target, { fetch: stub.fetch, redactor: nothingSecret });
}
