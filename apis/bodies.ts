/** What is known of the bodies of an API that comes along, by its name. */
import type { ApiName, Violation } from '../src/exchange/index.js';
import {
  bundledSchemas as allBundled,
  bundledSchema as bundled,
  openApiDocument as documentOf,
  type OpenApiDocument,
} from '../src/export/index.js';
import type { Example, JsonSchema, Part } from '../src/schemas/index.js';
import { apiNamed } from './index.js';

/**
 * What in `body` violates the action's documented schema; empty when nothing does.
 * @param action a name of `actionsOf(api)`; throws for any other
 * @example validateBody('genesys', 'complete', 'response', { statusCode: 0 }) // []
 */
export function validateBody(api: ApiName, action: string, part: Part, body: unknown): Violation[] {
  return apiNamed(api).schemas.validate(action, part, body);
}

/** What in `body` is not the documented form of a refusal; empty when nothing is. */
export function validateRefusal(api: ApiName, body: unknown): Violation[] {
  return apiNamed(api).schemas.validateRefusal(body);
}

/** The schema of a body as it stands in its file. Throws for an unknown action. */
export function schemaOf(api: ApiName, action: string, part: Part): JsonSchema {
  return apiNamed(api).schemas.schemaOf(action, part);
}

/** The names of an API's actions, in alphabetical order. */
export function actionsOf(api: ApiName): string[] {
  return apiNamed(api).schemas.actions();
}

/** Every documented body of an API, by action. */
export function examplesOf(api: ApiName): Example[] {
  return apiNamed(api).schemas.examples();
}

/**
 * The schema of a body in one self-contained document: the shapes that it refers to stand under its own `$defs`.
 * `refusal`, `response` is the form of a refusal on any action. Throws for an unknown action.
 * @example new Ajv2020().compile(bundledSchema('ozeki', 'clear', 'response'))
 */
export function bundledSchema(api: ApiName, action: string, part: Part): JsonSchema {
  return bundled(apiNamed(api).schemas, action, part);
}

/** Every bundled schema of an API by its file name, such as `clear.response.json`; the refusal's included. */
export function bundledSchemas(api: ApiName): Map<string, JsonSchema> {
  return allBundled(apiNamed(api).schemas);
}

/** The OpenAPI 3.1 document of an API, made from its schemas, its table of actions and the documented bodies. Plain data. */
export function openApiDocument(api: ApiName): OpenApiDocument {
  return documentOf(apiNamed(api));
}
