import { type Api, named } from '../src/api/api.js';
import type { ApiName } from '../src/exchange/index.js';
import type { Requirement } from '../src/requirements/types.js';
import { genesys } from './genesys/index.js';
import { gms } from './gms/index.js';
import { apiNames } from './names.js';
import { ozeki } from './ozeki/index.js';
import { relation } from './relation/index.js';

/** An API joins by a line here, and by its name in `names.ts`. */
const byName: Readonly<Record<(typeof apiNames)[number], Api>> = { ozeki, genesys, relation, gms };

/** The APIs that come along, in the order of the documentation. */
export const apis: readonly Api[] = apiNames.map((name) => byName[name]);

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
