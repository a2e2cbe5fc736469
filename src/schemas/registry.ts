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
  compiled: ValidateFunction | undefined;
}

interface Registry {
  ajv: Ajv2020;
  bodies: Map<string, Map<string, Partial<Record<Part, Slot>>>>;
  own: Map<string, Slot>;
  documents: Map<string, JsonSchema>;
}

export const schemaFolder = join(packageRoot, 'schemas');

const apis: readonly Api[] = ['ozeki', 'genesys', 'relation'];
let loaded: Registry | undefined;

/** All schemas, read from disk at the first call. */
export function registry(): Registry {
  loaded ??= load();
  return loaded;
}

/** The compiled validator of a slot. */
export function compile(slot: Slot): ValidateFunction {
  const { ajv } = registry();
  slot.compiled ??= ajv.getSchema(slot.schema.$id) ?? ajv.compile(slot.schema);
  return slot.compiled;
}

function load(): Registry {
  // The tests check the schemas against the dialect's own schema once; a run need not.
  // `verbose` puts the failing schema into each error, from which the words for people are made.
  const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true, validateSchema: false });
  formats.default(ajv);
  const result: Registry = { ajv, bodies: new Map(), own: new Map(), documents: new Map() };

  const add = (path: string): Slot => {
    const schema = JSON.parse(readFileSync(join(schemaFolder, path), 'utf8')) as JsonSchema;
    ajv.addSchema(schema);
    result.documents.set(schema.$id, schema);
    return { schema, compiled: undefined };
  };
  for (const name of ['target', 'verdict', 'waivers']) result.own.set(name, add(`${name}.json`));
  for (const api of apis) {
    const actions = new Map<string, Partial<Record<Part, Slot>>>();
    for (const file of readdirSync(join(schemaFolder, api)).sort()) {
      const [, action, part] = /^(\w+)\.(request|response)\.json$/.exec(file) ?? [];
      if (action !== undefined) {
        actions.set(action, { ...actions.get(action), [part as Part]: add(`${api}/${file}`) });
      } else if (file === 'shared.json') {
        add(`${api}/${file}`);
      }
    }
    result.bodies.set(api, actions);
  }
  return result;
}
