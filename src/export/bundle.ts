import type { JsonSchema, Part, Schemas } from '../schemas/index.js';
import { withoutRequirements } from './rewrite.js';
import { collectShapes } from './shapes.js';

/**
 * The schema of a body in one self-contained document: the shapes that it refers to stand under its own `$defs`.
 * Keywords are those of JSON Schema alone: `x-requirement` is left out, so that strict validators take it.
 * `refusal`, `response` is the form of a refusal on any action. Throws for an unknown action.
 * @example new Ajv2020().compile(bundledSchema(api.schemas, 'clear', 'response'))
 */
export function bundledSchema(schemas: Schemas, action: string, part: Part): JsonSchema {
  const source = schemas.schemaOf(action, part);
  const { schema, shapes } = collectShapes(source, schemas, (name) => `#/$defs/${name}`);
  // Another document than the source needs another name.
  const $id = source.$id.replace('/schemas/', '/schemas/bundled/');
  const $defs = shapes.size === 0 ? {} : { $defs: Object.fromEntries(shapes) };
  return withoutRequirements({ ...schema, $id, ...$defs }) as JsonSchema;
}

/** Every bundled schema of an API by its file name, such as `clear.response.json`; the refusal's included. */
export function bundledSchemas(schemas: Schemas): Map<string, JsonSchema> {
  const bodies: [string, Part][] = schemas.actions().flatMap((action): [string, Part][] => [
    [action, 'request'],
    [action, 'response'],
  ]);
  bodies.push(['refusal', 'response']);
  return new Map(bodies.map(([action, part]) => [`${action}.${part}.json`, bundledSchema(schemas, action, part)]));
}
