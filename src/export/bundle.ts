import type { Api } from '../exchange/index.js';
import { actionsOf, type JsonSchema, type Part, schemaDocuments, schemaOf } from '../schemas/index.js';
import { collectShapes } from './shapes.js';

/**
 * The schema of a body in one self-contained document: the shapes that it refers to stand under its own `$defs`.
 * Throws for an unknown action.
 * @example new Ajv2020().compile(bundledSchema('ozeki', 'clear', 'response'))
 */
export function bundledSchema(api: Api, action: string, part: Part): JsonSchema {
  return bundle(action === 'refusal' ? refusalOf(api) : schemaOf(api, action, part));
}

/** Every bundled schema of an API by its file name, such as `clear.response.json`; the refusal's included. */
export function bundledSchemas(api: Api): Map<string, JsonSchema> {
  const names = actionsOf(api).flatMap((action) => [`${action}.request.json`, `${action}.response.json`]);
  const bundled = names.map((name): [string, JsonSchema] => {
    const [action = '', part] = name.split('.');
    return [name, bundledSchema(api, action, part as Part)];
  });
  return new Map([...bundled, ['refusal.response.json', bundle(refusalOf(api))]]);
}

/** The schema of a refusal, which belongs to no action. */
export function refusalOf(api: Api): JsonSchema {
  const schema = [...schemaDocuments().values()].find(({ $id }) => $id.endsWith(`/${api}/refusal.response.json`));
  if (schema === undefined) throw new Error(`schemas/${api}/refusal.response.json is missing. Install the package again.`);
  return schema;
}

function bundle(source: JsonSchema): JsonSchema {
  const { schema, shapes } = collectShapes(source, (name) => `#/$defs/${name}`);
  // Another document than the source needs another name.
  const $id = source.$id.replace('/schemas/', '/schemas/bundled/');
  const $defs = shapes.size === 0 ? {} : { $defs: Object.fromEntries(shapes) };
  return { ...schema, $id, ...$defs } as JsonSchema;
}
