import type { Part, Schemas } from '../../schemas/index.js';
import { collectShapes } from '../shapes.js';
import type { Components, Json } from './types.js';

/** The schemas of an API's document, under the names that generated types have too: `ClearRequest`, `Conversation`. */
export function createComponents(source: Schemas): Components {
  const schemas = new Map<string, unknown>();
  const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  return {
    body(action, part) {
      const name = action === 'refusal' ? 'Refusal' : `${pascal(action)}${pascal(part)}`;
      if (!schemas.has(name)) {
        const { schema, shapes } = collectShapes(
          source.schemaOf(action, part as Part),
          source,
          (shape) => refTo(pascal(shape)).$ref,
        );
        // The document is the base of every reference and names the dialect; the examples stand with the operations.
        const { $id: _id, $schema: _dialect, examples: _examples, $ref, ...rest } = schema;
        // Many tools still overlook what stands beside a `$ref`.
        schemas.set(name, $ref === undefined ? rest : { ...rest, allOf: [{ $ref }] });
        for (const [shape, copy] of shapes) schemas.set(pascal(shape), copy);
      }
      return refTo(name);
    },
    own(name, schema: Json) {
      schemas.set(name, schema);
      return refTo(name);
    },
    schemas: () => Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** `lastReportId` as `LastReportId`. */
export function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
