/** Keywords whose value is a map of schemas, by a name of their own that is no keyword. */
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);

/** Keywords whose value is data, in which nothing is a schema. */
const data = new Set(['const', 'enum', 'default', 'examples', 'required', 'dependentRequired', 'type']);

/** A copy of a schema in which each `$ref` is what `rename` makes of it. Data such as examples stays as it is. */
export function rewriteRefs(schema: unknown, rename: (ref: string) => string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => rewriteRefs(item, rename));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (keyword === '$ref') return [keyword, rename(String(value))];
    if (data.has(keyword)) return [keyword, value];
    if (maps.has(keyword)) return [keyword, rewriteEach(value as Record<string, unknown>, rename)];
    return [keyword, rewriteRefs(value, rename)];
  });
  return Object.fromEntries(entries);
}

function rewriteEach(schemas: Record<string, unknown>, rename: (ref: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, rewriteRefs(schema, rename)]));
}
