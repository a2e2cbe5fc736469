import type { ErrorObject } from 'ajv/dist/2020.js';
import { segmentsOf } from '../exchange/pointer.js';
import { type JsonSchema, requirementKeyword } from './registry.js';

/** A schema that is an object. */
export type Node = Record<string, unknown>;

/** A schema on the way from a document's root to a keyword. */
export interface Step {
  schema: unknown;
  /** The `$id` of the document it stands in, from which its references start. */
  base: string;
  /** The requirement named last on the way here. */
  requirement?: string;
}

/** Keywords whose schemas judge the same value. */
const samePlace = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'propertyNames'];

/**
 * The requirement that a violation belongs to: the nearest one that is named on the way from the schema of the failing keyword up
 * to the root; `undefined` where none is. A body that is no object at all is a miss of its shape as a whole, whatever the root names.
 */
export function requirementOf(
  { instancePath, keyword, parentSchema }: ErrorObject,
  root: JsonSchema,
  documents: ReadonlyMap<string, JsonSchema>,
): string | undefined {
  if (instancePath === '' && keyword === 'type') return undefined;
  const segments = segmentsOf(instancePath);
  let steps: Step[] = [{ schema: root, base: root.$id }];
  for (let depth = 0; steps.length > 0; depth++) {
    const here = reached(steps, documents);
    if (depth === segments.length) return here.find(({ schema }) => schema === parentSchema)?.requirement;
    const below = here.flatMap((step) => childrenOf(step, segments[depth] as string));
    steps = below.filter(({ schema }) => isNode(schema));
  }
  return undefined;
}

/** These schemas and all that judge the same value through them. */
function reached(steps: readonly Step[], documents: ReadonlyMap<string, JsonSchema>): Step[] {
  const found: Step[] = [];
  const seen = new Set<unknown>();
  const visit = ({ schema, base, requirement }: Step): void => {
    if (!isNode(schema) || seen.has(schema)) return;
    seen.add(schema);
    const nearest = (schema[requirementKeyword] as string | undefined) ?? requirement;
    found.push({ schema, base, requirement: nearest });
    for (const keyword of samePlace)
      for (const part of [schema[keyword]].flat()) visit({ schema: part, base, requirement: nearest });
    if (typeof schema.$ref === 'string') visit({ ...referredTo(schema.$ref, base, documents), requirement: nearest });
  };
  for (const step of steps) visit(step);
  return found;
}

/** The schemas of a member or an item. */
function childrenOf({ schema, base, requirement }: Step, segment: string): Step[] {
  const { properties, additionalProperties, patternProperties, items, prefixItems, contains } = schema as Node;
  const patterns = Object.entries((patternProperties ?? {}) as Node);
  const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(segment)).map(([, each]) => each);
  const own = Object.hasOwn((properties ?? {}) as Node, segment) ? (properties as Node)[segment] : undefined;
  const inPrefix = Array.isArray(prefixItems) ? prefixItems[Number(segment)] : undefined;
  return [own, ...matching, additionalProperties, inPrefix, items, contains].map((each) => ({
    schema: each,
    base,
    requirement,
  }));
}

/** The schema that a reference names, from the document that it stands in. */
export function referredTo(ref: string, base: string, documents: ReadonlyMap<string, JsonSchema>): Step {
  const url = new URL(ref, base);
  const pointer = decodeURIComponent(url.hash.slice(1));
  url.hash = '';
  const schema = segmentsOf(pointer).reduce<unknown>(
    (value, part) => (isNode(value) ? value[part] : undefined),
    documents.get(url.href),
  );
  return { schema, base: url.href };
}

/** Whether a value is a schema that is an object. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A place where a schema names a requirement. */
export interface Named {
  requirement: string;
  /** The `$id` of its document. */
  document: string;
  /** JSON pointer into the document. */
  at: string;
}

/** Every place in a document where a requirement is named. */
export function requirementsNamedIn(document: JsonSchema): Named[] {
  const visit = (value: unknown, at: string): Named[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]): Named[] => {
      if (key === requirementKeyword && typeof inner === 'string')
        return [{ requirement: inner, document: document.$id, at }];
      return visit(inner, `${at}/${key}`);
    });
  };
  return visit(document, '');
}
