import type { Description } from '../export/index.js';
import { schemaObservations } from '../passive/schema.js';
import { type RecordingRules, restRecording } from '../recording/index.js';
import { catalogue, type RequirementRows } from '../requirements/rows.js';
import { withRulings } from '../requirements/rulings.js';
import { createSchemas, type Schemas } from '../schemas/index.js';
import type { Section } from '../target/index.js';
import type { Api } from './api.js';
import { pathsOfRows } from './openapi.js';

/** What defines an API: what every API must say, and what most need not. */
export interface ApiDefinition<Own extends Section>
  extends Omit<
    Api<Own>,
    'schemas' | 'requirements' | 'passive' | 'recording' | 'doctor' | 'openapi' | 'specs' | 'label'
  > {
  label?: string;
  /** The folder of the schemas, absolute, or the schemas themselves. */
  schemas: string | Schemas;
  /** Rows by the page of the documentation that they come from. */
  requirements: readonly (readonly [page: string, rows: RequirementRows])[];
  /**
   * Judges single exchanges; left out, each success is judged by its schema, under the requirements that it names with
   * `x-requirement`. One that is given calls `schemaObservations` for that.
   */
  passive?: Api['passive'];
  /** How traffic that others sent is judged; left out, actions are told by `method` and `path` of the rows of `actions`. */
  recording?: RecordingRules;
  /** Asks before a run whether accounts are accepted; left out, only the host is asked. */
  doctor?: Api['doctor'];
  /** What the OpenAPI document says; left out, it is made from `method` and `path` of the rows of `actions`. */
  openapi?: Description;
  /** The folder of the spec files, absolute. */
  specs: string;
}

/**
 * An API as one value.
 *
 * @example export const apis = [defineApi({ name: 'tickets', title: 'Tickets API', actions, schemas, requirements, ... })];
 */
export function defineApi<Own extends Section>(definition: ApiDefinition<Own>): Api<Own> {
  const {
    name,
    title,
    label = title,
    schemas,
    requirements,
    rulings,
    passive,
    recording,
    doctor,
    openapi,
    specs,
  } = definition;
  const own = typeof schemas === 'string' ? createSchemas(name, [schemas]) : schemas;
  return {
    ...definition,
    label,
    schemas: own,
    requirements: withRulings(catalogue(name, requirements), rulings ?? []),
    passive:
      passive ??
      ((exchange) => {
        const isSuccess = exchange.intent === 'call' && definition.outcome(exchange) === 'served';
        return isSuccess ? schemaObservations(exchange, {}) : [];
      }),
    recording: recording ?? restRecording,
    doctor: doctor ?? { accounts: async () => [] },
    openapi: openapi ?? {
      title,
      summary: title,
      description: title,
      security: [],
      paths: (components) => pathsOfRows(name, definition.actions, own, components),
    },
    specs: [specs],
  };
}
