import { requirementKeyword } from '../schemas/index.js';

/** Keywords whose value is a map of schemas, by a name of their own that is no keyword. */
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);

/** Keywords whose value is data, in which nothing is a schema. */
const data = new Set(['const', 'enum', 'default', 'examples', 'required', 'dependentRequired', 'type']);

/** What becomes of a keyword whose value is a text; `undefined` leaves it out. */
type Rewrite = (keyword: string, text: string) => string | undefined;

/** A copy of a schema in which each `$ref` is what `rename` makes of it. Data such as examples stays as it is. */
export function rewriteRefs(schema: unknown, rename: (ref: string) => string): unknown {
  return rewritten(schema, (keyword, text) => (keyword === '$ref' ? rename(text) : text));
}

/** A copy of a schema that names no requirements: a strict validator takes no keyword that it does not know. */
export function withoutRequirements(schema: unknown): unknown {
  return rewritten(schema, (keyword, text) => (keyword === requirementKeyword ? undefined : text));
}

function rewritten(schema: unknown, rewrite: Rewrite): unknown {
  if (Array.isArray(schema)) return schema.map((item) => rewritten(item, rewrite));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (data.has(keyword)) return [[keyword, value]];
    if (maps.has(keyword)) return [[keyword, rewrittenEach(value as Record<string, unknown>, rewrite)]];
    const made = typeof value === 'string' ? rewrite(keyword, value) : rewritten(value, rewrite);
    return made === undefined ? [] : [[keyword, made]];
  });
  return Object.fromEntries(entries);
}

function rewrittenEach(schemas: Record<string, unknown>, rewrite: Rewrite): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, rewritten(schema, rewrite)]));
}
