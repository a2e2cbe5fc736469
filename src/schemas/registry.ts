import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Api } from '../exchange/index.js';
import { packageRoot } from '../root.js';

/** A JSON Schema as it stands in its file. */
export type JsonSchema = { $id: string; title: string; description: string } & Record<string, unknown>;

export type Part = 'request' | 'response';

/** The files that describe the project's own documents. */
export type OwnDocument = 'target' | 'verdict' | 'waivers';

/** One schema, compiled when it is first asked for and never again. */
export interface Slot {
  schema: JsonSchema;
  /** Stops at the first error, so that a hostile body cannot make it collect a million. */
  quick?: ValidateFunction;
  /** Collects every error; compiled only once something has been found wrong. */
  thorough?: ValidateFunction;
  /** The members that are strings of JSON, each with the schema of what is written there (`contentSchema`). */
  contents?: { member: string; slot: Slot }[];
}

interface Registry {
  bodies: Map<string, Record<Part, Map<string, Slot>>>;
  own: Map<string, Slot>;
  documents: Map<string, JsonSchema>;
}

export const schemaFolder = join(packageRoot, 'schemas');

const apis: readonly Api[] = ['ozeki', 'genesys', 'relation'];
let loaded: Registry | undefined;
let quickAjv: Ajv2020 | undefined;
let thoroughAjv: Ajv2020 | undefined;

/** All schemas, read from disk at the first call. */
export function registry(): Registry {
  loaded ??= load();
  return loaded;
}

/** The validator that stops at the first error. */
export function quickOf(slot: Slot): ValidateFunction {
  quickAjv ??= newAjv(false);
  slot.quick ??= compile(quickAjv, slot.schema);
  return slot.quick;
}

/** The validator that collects every error. */
export function thoroughOf(slot: Slot): ValidateFunction {
  thoroughAjv ??= newAjv(true);
  slot.thorough ??= compile(thoroughAjv, slot.schema);
  return slot.thorough;
}

function newAjv(allErrors: boolean): Ajv2020 {
  // The tests check the schemas against the dialect's own schema once; a run need not.
  // `verbose` puts the failing schema into each error, from which the words for people are made.
  const ajv = new Ajv2020({ strict: true, allErrors, verbose: true, validateSchema: false });
  formats.default(ajv);
  for (const schema of registry().documents.values()) ajv.addSchema(schema);
  return ajv;
}

function compile(ajv: Ajv2020, schema: JsonSchema): ValidateFunction {
  return ajv.getSchema(schema.$id) ?? ajv.compile(schema);
}

function load(): Registry {
  const result: Registry = { bodies: new Map(), own: new Map(), documents: new Map() };

  const add = (path: string): Slot => {
    const schema = JSON.parse(readFileSync(join(schemaFolder, path), 'utf8')) as JsonSchema;
    result.documents.set(schema.$id, schema);
    return { schema };
  };
  for (const name of ['target', 'verdict', 'waivers']) result.own.set(name, add(`${name}.json`));
  for (const api of apis) {
    const slots = { request: new Map<string, Slot>(), response: new Map<string, Slot>() };
    for (const file of readdirSync(join(schemaFolder, api)).sort()) {
      const [, action, part] = /^(\w+)\.(request|response)\.json$/.exec(file) ?? [];
      if (action !== undefined) {
        slots[part as Part].set(action, add(`${api}/${file}`));
      } else if (file === 'shared.json') {
        add(`${api}/${file}`);
      }
    }
    result.bodies.set(api, slots);
    for (const slot of slots.request.values()) slot.contents = contentsOf(slot.schema, result.documents);
  }
  return result;
}

/** What the schema says of JSON within strings; `undefined` where it says nothing. */
function contentsOf(
  { $id, properties }: JsonSchema,
  documents: ReadonlyMap<string, JsonSchema>,
): Slot['contents'] | undefined {
  const contents = Object.entries((properties ?? {}) as Record<string, { contentSchema?: { $ref: string } }>).flatMap(
    ([member, { contentSchema }]) => {
      if (contentSchema === undefined) return [];
      const url = new URL(contentSchema.$ref, $id);
      const [, name = ''] = /^#\/\$defs\/(\w+)$/.exec(url.hash) ?? [];
      const definitions = documents.get(url.href.slice(0, -url.hash.length))?.$defs as Record<string, JsonSchema>;
      return [{ member, slot: { schema: { ...(definitions[name] as JsonSchema), $id: url.href } } }];
    },
  );
  return contents.length === 0 ? undefined : contents;
}
