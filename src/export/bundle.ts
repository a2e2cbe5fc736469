import type { Api } from '../exchange/index.js';
import { actionsOf, type JsonSchema, type Part, schemaOf } from '../schemas/index.js';
import { collectShapes } from './shapes.js';

/**
 * The schema of a body in one self-contained document: the shapes that it refers to stand under its own `$defs`.
 * `refusal`, `response` is the form of a refusal on any action. Throws for an unknown action.
 * @example new Ajv2020().compile(bundledSchema('ozeki', 'clear', 'response'))
 */
export function bundledSchema(api: Api, action: string, part: Part): JsonSchema {
  const source = schemaOf(api, action, part);
  const { schema, shapes } = collectShapes(source, (name) => `#/$defs/${name}`);
  // Another document than the source needs another name.
  const $id = source.$id.replace('/schemas/', '/schemas/bundled/');
  const $defs = shapes.size === 0 ? {} : { $defs: Object.fromEntries(shapes) };
  return { ...schema, $id, ...$defs } as JsonSchema;
}

/** Every bundled schema of an API by its file name, such as `clear.response.json`; the refusal's included. */
export function bundledSchemas(api: Api): Map<string, JsonSchema> {
  const bodies: [string, Part][] = actionsOf(api).flatMap((action): [string, Part][] => [
    [action, 'request'],
    [action, 'response'],
  ]);
  bodies.push(['refusal', 'response']);
  return new Map(bodies.map(([action, part]) => [`${action}.${part}.json`, bundledSchema(api, action, part)]));
}
