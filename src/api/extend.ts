import type { Description } from '../export/index.js';
import type { PassiveCheck } from '../passive/types.js';
import { catalogue, type RequirementRows } from '../requirements/rows.js';
import { createSchemas } from '../schemas/index.js';
import type { StubApi } from '../stub/index.js';
import type { ActionRow, Api } from './api.js';

/** What a team adds to an API that is there. */
export interface Addition {
  /** Private actions by name; each with the members that the API's own rows have. */
  actions?: Readonly<Record<string, ActionRow & Record<string, unknown>>>;
  /** The folder of the schemas of these actions, absolute. */
  schemas?: string;
  requirements?: readonly (readonly [page: string, rows: RequirementRows])[];
  /** What one exchange shows of the added requirements. */
  passive?: PassiveCheck;
  /** Makes the simulated server of the API serve the added actions, and misbehave in the added ways. */
  stub?(base: StubApi): StubApi;
  openapi?: Pick<Description, 'paths'>;
  /** The folder of the spec files, absolute. */
  specs?: string;
}

/** An API with what a team adds to it. */
export interface Extension extends Api {
  addition: Addition;
}

/**
 * An API with more actions, requirements and checks, under the same name. What is there stays as it is.
 *
 * @example export const apis = [extend(ozeki, { actions: { whoami }, schemas, requirements, specs })];
 */
export function extend(base: Api, addition: Addition): Extension {
  return { ...applied(base, addition), addition };
}

/** Whether an API is one that `extend` made. */
export function isExtension(api: Api): api is Extension {
  return 'addition' in api;
}

/** The API that `base` becomes by an addition. */
export function applied(base: Api, addition: Addition): Api {
  const { actions = {}, schemas, requirements = [], passive, stub, openapi, specs } = addition;
  return {
    ...base,
    actions: { ...base.actions, ...actions },
    schemas: schemas === undefined ? base.schemas : createSchemas(base.name, [...base.schemas.folders, schemas]),
    requirements: [...base.requirements, ...catalogue(base.name, requirements)],
    passive:
      passive === undefined
        ? base.passive
        : (exchange, groundTruth) => [...base.passive(exchange, groundTruth), ...passive(exchange, groundTruth)],
    stub: stub === undefined ? base.stub : async () => stub(await base.stub()),
    openapi:
      openapi === undefined
        ? base.openapi
        : {
            ...base.openapi,
            paths: (components) => ({ ...base.openapi.paths(components), ...openapi.paths(components) }),
          },
    specs: specs === undefined ? base.specs : [...base.specs, specs],
  };
}
