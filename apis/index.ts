import { type Api, named } from '../src/api/api.js';
import type { ApiName } from '../src/exchange/index.js';
import type { Requirement } from '../src/requirements/types.js';
import { genesys } from './genesys/index.js';
import { gms } from './gms/index.js';
import { ozeki } from './ozeki/index.js';
import { relation } from './relation/index.js';

/** The APIs that come along, in the order of the documentation. An API joins by a line here. */
export const apis: readonly Api[] = [ozeki, genesys, relation, gms];

/** The API of this name among those that come along. */
export const apiNamed = (name: string): Api => named(apis, name);

/** The catalogue: every requirement of each API by its name, in the order of the documentation. */
export const catalogue: Readonly<Partial<Record<ApiName, readonly Requirement[]>>> = Object.fromEntries(
  apis.map(({ name, requirements }) => [name, requirements]),
);

/** The requirements of the APIs of these names. */
export function requirementsOf(names: readonly ApiName[]): Requirement[] {
  return names.flatMap((name) => apiNamed(name).requirements);
}
