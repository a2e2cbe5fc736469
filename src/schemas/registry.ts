import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { UsageError } from '../errors.js';

/** A JSON Schema as it stands in its file. */
export type JsonSchema = { $id: string; title: string; description: string } & Record<string, unknown>;

export type Part = 'request' | 'response';

/** The keyword by which a schema names the requirement that its constraints decide. */
export const requirementKeyword = 'x-requirement';

/** One schema, compiled when it is first asked for and never again. */
export interface Slot {
  schema: JsonSchema;
  /** Compiles the schema with all that it refers to. */
  compile(allErrors: boolean): ValidateFunction;
  /** Stops at the first error, so that a hostile body cannot make it collect a million. */
  quick?: ValidateFunction;
  /** Collects every error; compiled only once something has been found wrong. */
  thorough?: ValidateFunction;
  /** The members that are strings of JSON, each with the schema of what is written there (`contentSchema`). */
  contents?: { member: string; slot: Slot }[];
  /** All that the schema may refer to, where its violations belong to requirements: a request is no promise of a server. */
  promises?: ReadonlyMap<string, JsonSchema>;
}

/** The schemas of some folders, as they stand in their files. */
export interface SchemaFiles {
  /** By action, then part; `refusal` is the form of a refusal on any action. */
  bodies: Record<Part, Map<string, Slot>>;
  /** Every document by its `$id`, the shared ones included. */
  documents: ReadonlyMap<string, JsonSchema>;
  /** The file of each document, absolute, by its `$id`. */
  paths: ReadonlyMap<string, string>;
}

/** The validator that stops at the first error. */
export function quickOf(slot: Slot): ValidateFunction {
  slot.quick ??= slot.compile(false);
  return slot.quick;
}

/** The validator that collects every error. */
export function thoroughOf(slot: Slot): ValidateFunction {
  slot.thorough ??= slot.compile(true);
  return slot.thorough;
}

/** Options for schemas of files that are read once: each compiles in a third of the time, and checks a little slower. */
export const forOnce: Options = { inlineRefs: false, code: { optimize: false } };

/** A compiler of schemas that may refer to any of `documents`. One validator is made for each way of collecting errors. */
export function compilerOf(
  documents: ReadonlyMap<string, JsonSchema>,
  options: Options = {},
): (schema: JsonSchema) => Slot {
  const made = new Map<boolean, Ajv2020>();
  const ajvOf = (allErrors: boolean): Ajv2020 => {
    const known = made.get(allErrors);
    if (known !== undefined) return known;
    // The tests check the schemas against the dialect's own schema once; a run need not.
    // `verbose` puts the failing schema into each error, from which the words for people are made.
    const ajv = new Ajv2020({
      strict: true,
      allErrors,
      verbose: true,
      validateSchema: false,
      passContext: true,
      ...options,
    });
    formats.default(ajv);
    // Refuses nothing: it takes down that the body holds what this requirement is about.
    ajv.addKeyword({
      keyword: requirementKeyword,
      schemaType: 'string',
      errors: false,
      validate(this: unknown, requirement: string) {
        if (this instanceof Set) this.add(requirement);
        return true;
      },
    });
    for (const schema of documents.values()) ajv.addSchema(schema);
    made.set(allErrors, ajv);
    return ajv;
  };
  return (schema) => ({
    schema,
    compile: (allErrors) => ajvOf(allErrors).getSchema(schema.$id) ?? ajvOf(allErrors).compile(schema),
  });
}

/**
 * Reads the schemas of an API: `<action>.request.json`, `<action>.response.json` and `shared.json` of each folder. A later folder
 * adds to the earlier ones.
 * @throws UsageError that names the file where a folder is missing, a file is no JSON, or two files have one `$id`
 */
export function readSchemas(folders: readonly string[]): SchemaFiles {
  const documents = new Map<string, JsonSchema>();
  const paths = new Map<string, string>();
  const bodies = { request: new Map<string, Slot>(), response: new Map<string, Slot>() };
  const slotOf = compilerOf(documents);
  const add = (path: string): Slot => {
    const schema = readSchema(path);
    if (documents.has(schema.$id))
      throw new UsageError(`${path}: another schema has the $id ${schema.$id} too. Give this one an $id of its own.`);
    documents.set(schema.$id, schema);
    paths.set(schema.$id, path);
    return slotOf(schema);
  };
  for (const folder of folders) {
    if (!existsSync(folder)) throw new UsageError(`${folder}: there is no such folder of schemas.`);
    for (const file of readdirSync(folder).sort()) {
      const [, action, part] = /^(\w+)\.(request|response)\.json$/.exec(file) ?? [];
      if (action !== undefined) bodies[part as Part].set(action, add(join(folder, file)));
      else if (file === 'shared.json') add(join(folder, file));
    }
  }
  for (const slot of bodies.request.values()) slot.contents = contentsOf(slot.schema, documents, slotOf);
  for (const slot of bodies.response.values()) slot.promises = documents;
  return { bodies, documents, paths };
}

/** Why a document is no JSON Schema of the dialect, in the validator's words; `undefined` where it is one. */
export function dialectProblem(schema: JsonSchema): string | undefined {
  const ajv = new Ajv2020({ strict: false });
  return ajv.validateSchema(schema) === true ? undefined : ajv.errorsText(ajv.errors, { dataVar: 'it' });
}

/** A schema of a file. Throws a `UsageError` that names the file where it is none. */
export function readSchema(path: string): JsonSchema {
  try {
    const schema = JSON.parse(readFileSync(path, 'utf8')) as JsonSchema;
    if (typeof schema?.$id === 'string') return schema;
  } catch (error) {
    throw new UsageError(`${path}: it is no JSON Schema that can be read (${(error as Error).message}).`);
  }
  throw new UsageError(`${path}: the member $id is missing. Write a URL that no other schema has.`);
}

/** What the schema says of JSON within strings; `undefined` where it says nothing. */
function contentsOf(
  { $id, properties }: JsonSchema,
  documents: ReadonlyMap<string, JsonSchema>,
  slotOf: (schema: JsonSchema) => Slot,
): Slot['contents'] | undefined {
  const contents = Object.entries((properties ?? {}) as Record<string, { contentSchema?: { $ref: string } }>).flatMap(
    ([member, { contentSchema }]) => {
      if (contentSchema === undefined) return [];
      const url = new URL(contentSchema.$ref, $id);
      const [, name = ''] = /^#\/\$defs\/(\w+)$/.exec(url.hash) ?? [];
      const definitions = documents.get(url.href.slice(0, -url.hash.length))?.$defs as Record<string, JsonSchema>;
      return [{ member, slot: slotOf({ ...(definitions[name] as JsonSchema), $id: url.href }) }];
    },
  );
  return contents.length === 0 ? undefined : contents;
}
