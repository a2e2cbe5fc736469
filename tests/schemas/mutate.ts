import type { JsonSchema } from '../../src/schemas/index.js';
import { schemaDocuments } from '../apis.js';

/** A body that must be rejected, and what was done to it. */
export interface Case {
  title: string;
  body: unknown;
}

type Schema = Record<string, unknown>;
type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** One value of every JSON type; `number` is one that is no integer. */
const samples: Record<JsonType, unknown> = {
  null: null,
  boolean: true,
  integer: 7,
  number: 7.5,
  string: 'seven',
  array: [],
  object: {},
};

/**
 * Every case that the schema forbids: each required member of the body left out, each described value of the body
 * replaced by one of each type that the schema does not allow there. Values that the schema leaves open are let be.
 */
export function forbiddenCases(schema: JsonSchema, body: unknown): Case[] {
  const cases: Case[] = [];
  visit([{ schema, base: schema.$id }], body, '', (value) => value);

  function visit(schemas: Placed[], value: unknown, path: string, put: (replacement: unknown) => unknown): void {
    const all = schemas.flatMap(flatten);
    const allowed = allowedTypes(all);
    for (const [type, sample] of Object.entries(samples)) {
      if (!allowed.has(type as JsonType)) cases.push({ title: `${path || 'the body'} as ${type}`, body: put(sample) });
    }
    if (Array.isArray(value)) {
      value.forEach((item, at) => {
        visit(children(all, 'items'), item, `${path}/${at}`, (replacement) => put(value.toSpliced(at, 1, replacement)));
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        visit(membersOf(all, name), member, `${path}/${name}`, (replacement) => put({ ...value, [name]: replacement }));
      }
      for (const name of new Set(all.flatMap(({ schema }) => (schema.required as string[] | undefined) ?? []))) {
        const { [name]: _, ...rest } = value as Schema;
        cases.push({ title: `without ${path}/${name}`, body: put(rest) });
      }
    }
  }
  return cases;
}

/** A schema with the document that its `$ref`s start from. */
interface Placed {
  schema: Schema;
  base: string;
  /** The branches of an `anyOf`, of which one is enough. */
  either?: Placed[][];
}

/** The schema and everything that it refers to with `$ref` and `allOf`, each of which must hold. */
function flatten({ schema, base }: Placed): Placed[] {
  const result: Placed[] = [{ schema, base }];
  if (typeof schema.$ref === 'string') {
    const url = new URL(schema.$ref, base);
    const document = schemaDocuments().get(url.href.replace(url.hash, ''));
    let target: unknown = document;
    for (const step of url.hash.slice(2).split('/')) target = (target as Schema)[step];
    result.push(...flatten({ schema: target as Schema, base: (document as JsonSchema).$id }));
  }
  for (const part of (schema.allOf as Schema[] | undefined) ?? []) result.push(...flatten({ schema: part, base }));
  // Beside a type, an `anyOf` is a condition on members; alone it offers types.
  if (Array.isArray(schema.anyOf) && schema.type === undefined) {
    result.push({
      schema: {},
      base,
      either: (schema.anyOf as Schema[]).map((branch) => flatten({ schema: branch, base })),
    });
  }
  return result;
}

function allowedTypes(all: Placed[]): Set<JsonType> {
  let allowed = new Set(Object.keys(samples) as JsonType[]);
  const keep = (types: Set<JsonType>): void => {
    allowed = new Set([...allowed].filter((type) => types.has(type)));
  };
  for (const { schema, either } of all) {
    if (either !== undefined) keep(new Set(either.flatMap((branch) => [...allowedTypes(branch)])));
    if (schema.type !== undefined)
      keep(
        new Set(
          [schema.type].flat().flatMap((type) => (type === 'number' ? ['number', 'integer'] : [type])) as JsonType[],
        ),
      );
  }
  return allowed;
}

function membersOf(all: Placed[], name: string): Placed[] {
  const described = all.flatMap(({ schema, base }) => {
    const properties = schema.properties as Record<string, Schema> | undefined;
    const member = properties?.[name] ?? schema.additionalProperties;
    return typeof member === 'object' && member !== null ? [{ schema: member as Schema, base }] : [];
  });
  return [...described, ...all.flatMap(({ either }) => either?.flatMap((branch) => membersOf(branch, name)) ?? [])];
}

function children(all: Placed[], keyword: string): Placed[] {
  return all.flatMap(({ schema, base }) =>
    schema[keyword] === undefined ? [] : [{ schema: schema[keyword] as Schema, base }],
  );
}
