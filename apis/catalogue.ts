import type { Api } from '../src/exchange/index.js';
import type { Requirement } from '../src/requirements/types.js';
import { genesysRequirements } from './genesys/requirements.js';
import { ozekiRequirements } from './ozeki/requirements.js';
import { relationRequirements } from './relation/requirements.js';

export type { Requirement } from '../src/requirements/types.js';

/** The catalogue: every requirement of every API, in the order of the documentation. */
export const catalogue: Readonly<Partial<Record<Api, readonly Requirement[]>>> = {
  ozeki: ozekiRequirements,
  genesys: genesysRequirements,
  relation: relationRequirements,
};

/** The requirements of some APIs. */
export function requirementsOf(apis: readonly Api[]): Requirement[] {
  return apis.flatMap((api) => catalogue[api] ?? []);
}
