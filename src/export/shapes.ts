import type { JsonSchema, Schemas } from '../schemas/index.js';
import { rewriteRefs } from './rewrite.js';

/** A shape that several schemas share, as the `$defs` of a shared document holds it. */
export interface Shape {
  name: string;
  /** The `$id` of the document it stands in, from which its own references start. */
  base: string;
  schema: unknown;
}

/** The shape that `ref`, written in the document `base`, points to. Throws where there is none. */
export function shapeAt(ref: string, base: string, schemas: Schemas): Shape {
  const url = new URL(ref, base);
  const name = /^#\/\$defs\/(\w+)$/.exec(url.hash)?.[1];
  url.hash = '';
  const document = schemas.documents().get(url.href);
  const schema = name === undefined ? undefined : (document?.$defs as Record<string, unknown> | undefined)?.[name];
  if (name === undefined || schema === undefined) {
    throw new Error(`${base}: the $ref ${ref} points to no shape. Shared shapes stand under $defs of shared.json.`);
  }
  return { name, base: url.href, schema };
}

/** A copy of `schema` whose references are `place(name)`, and every shape it needs, copied likewise, by name. */
export function collectShapes(
  schema: JsonSchema,
  schemas: Schemas,
  place: (name: string) => string,
): { schema: Record<string, unknown>; shapes: Map<string, unknown> } {
  const shapes = new Map<string, unknown>();
  const copy = (value: unknown, base: string): unknown =>
    rewriteRefs(value, (ref) => {
      const shape = shapeAt(ref, base, schemas);
      if (!shapes.has(shape.name)) {
        // Noted before it is copied: a shape may hold itself.
        shapes.set(shape.name, undefined);
        shapes.set(shape.name, copy(shape.schema, shape.base));
      }
      return place(shape.name);
    });
  return { schema: copy(schema, schema.$id) as Record<string, unknown>, shapes };
}
