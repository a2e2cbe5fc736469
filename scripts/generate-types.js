// @ts-check
/**
 * Writes `types/*.ts` from `schemas/`. With `--check` it writes nothing and exits 1 naming the stale files.
 * Plain JavaScript, so that it runs before anything is compiled.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import { apiNames } from './architecture.js';

/** @typedef {Record<string, unknown>} Schema */
/** @typedef {(ref: string) => string} NameOf gives the type that a `$ref` stands for */

const root = fileURLToPath(new URL('..', import.meta.url));
const banner = '// Generated from schemas/ by `npm run generate`. Do not edit.\n';
const apis = apiNames();
/** The project's own files, each with what its `$defs` begin with in TypeScript. */
const documents = [
  { file: 'target', prefix: 'Target' },
  { file: 'verdict', prefix: 'Verdict' },
  { file: 'waivers', prefix: '' },
  { file: 'replay', prefix: 'Replay' },
];

/** What a type can say. The other keywords (patterns, bounds, conditions) are the validator's alone. */
const typed = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'description',
]);

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} path @returns {Schema} */
const read = (path) => JSON.parse(readFileSync(join(root, 'schemas', path), 'utf8'));

/** @param {unknown} value @returns {value is Schema} */
const isSchema = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {Schema} */
const asSchema = (value) => (isSchema(value) ? value : {});

/**
 * The schema with the members of its nameless parts among its own: such a part is there for a requirement on some members alone.
 * @param {Schema} schema
 * @returns {Schema}
 */
function joined(schema) {
  const parts = (Array.isArray(schema.allOf) ? schema.allOf : []).filter((part) => 'required' in part);
  if (parts.length === 0) return schema;
  const all = [schema, ...parts];
  const allOf = /** @type {Schema[]} */ (schema.allOf).filter((part) => !parts.includes(part));
  return {
    ...schema,
    allOf,
    required: all.flatMap((part) => part.required ?? []),
    properties: Object.assign({}, ...all.map((part) => part.properties)),
  };
}

/**
 * The schema as json-schema-to-typescript reads it best: `$ref`s into one document, a parent shape as `extends`,
 * and no keyword that a type cannot express.
 * @param {unknown} schema
 * @param {NameOf} nameOf
 * @returns {unknown}
 */
function typeSchema(schema, nameOf) {
  if (!isSchema(schema)) return schema;
  const whole = joined(schema);
  if (whole !== schema) return typeSchema(whole, nameOf);
  /** @param {unknown} inner */
  const inner = (inner) => typeSchema(inner, nameOf);
  /** @param {string} ref */
  const refTo = (ref) => ({ $ref: `#/$defs/${nameOf(ref)}` });
  if (typeof schema.$ref === 'string') {
    const target = refTo(schema.$ref);
    return schema.description ? { description: schema.description, allOf: [target] } : target;
  }
  /** @type {Schema} */
  const result = Object.fromEntries(Object.entries(schema).filter(([keyword]) => typed.has(keyword)));
  if (isSchema(schema.properties)) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, value]) => [name, inner(value)]),
    );
  }
  if (schema.items !== undefined) result.items = inner(schema.items);
  if (schema.additionalProperties !== undefined) result.additionalProperties = inner(schema.additionalProperties);
  const parts = Array.isArray(schema.allOf) ? schema.allOf : [];
  const parents = parts.filter((part) => '$ref' in part);
  if (parents.length > 0) result.extends = parents.map(inner);
  // Beside a type, `anyOf` is a condition on the value; alone, it is the type.
  if (Array.isArray(schema.anyOf) && schema.type === undefined) result.anyOf = schema.anyOf.map(inner);
  // A description alone lets anything through; the generator would say "any object".
  return Object.keys(result).every((keyword) => keyword === 'description') ? { ...result, tsType: 'unknown' } : result;
}

/**
 * One interface over all bodies of an API, so that a client can be typed by action.
 * @param {string} api
 * @returns {Schema}
 */
function apiDocument(api) {
  const prefix = capital(api);
  /** @type {NameOf} */
  const nameOf = (ref) => prefix + capital(ref.slice(ref.lastIndexOf('/') + 1));
  /** @type {Schema} */
  const defs = {};
  for (const [name, schema] of Object.entries(asSchema(read(`${api}/shared.json`).$defs))) {
    defs[prefix + capital(name)] = typeSchema(schema, nameOf);
  }
  const files = readdirSync(join(root, 'schemas', api)).sort();
  /** @type {Schema} */
  const bodies = {};
  for (const file of files.filter((name) => name.endsWith('.request.json'))) {
    const action = file.slice(0, -'.request.json'.length);
    const names = { request: `${prefix}${capital(action)}Request`, response: `${prefix}${capital(action)}Response` };
    defs[names.request] = typeSchema(read(`${api}/${file}`), nameOf);
    defs[names.response] = typeSchema(read(`${api}/${action}.response.json`), nameOf);
    bodies[action] = {
      type: 'object',
      required: ['request', 'response'],
      properties: { request: { $ref: `#/$defs/${names.request}` }, response: { $ref: `#/$defs/${names.response}` } },
    };
  }
  defs[`${prefix}Refusal`] = typeSchema(read(`${api}/refusal.response.json`), nameOf);
  const description = `The request and response body of every ${prefix} action.`;
  return { type: 'object', description, required: Object.keys(bodies), properties: bodies, $defs: defs };
}

/**
 * @param {string} file
 * @param {string} prefix
 * @returns {Schema}
 */
function ownDocument(file, prefix) {
  const schema = read(`${file}.json`);
  /** @type {NameOf} */
  const nameOf = (ref) => prefix + capital(ref.slice(ref.lastIndexOf('/') + 1));
  const defs = Object.entries(asSchema(schema.$defs)).map(([name, value]) => [
    prefix + capital(name),
    typeSchema(value, nameOf),
  ]);
  return { ...asSchema(typeSchema(schema, nameOf)), $defs: Object.fromEntries(defs) };
}

/**
 * @param {Schema} document
 * @param {string} name
 */
async function toTypeScript(document, name) {
  const source = await compile(document, name, {
    additionalProperties: false,
    bannerComment: '',
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 120, bracketSpacing: true },
  });
  // The generator notes where it came upon a shape, which tells a reader nothing.
  const notes =
    /(\n \*)?\n \* This (?:interface|type) was referenced by `[^`]*`'s JSON-Schema\n \* via the `definition` "[^"]*"\./g;
  return banner + source.replace(notes, '').replace(/\/\*\*\n \*\/\n/g, '');
}

/** @returns {Promise<Map<string, string>>} the text of each file, by its path under the root */
async function generate() {
  const files = new Map();
  for (const api of apis) files.set(`types/${api}.ts`, await toTypeScript(apiDocument(api), `${capital(api)}Bodies`));
  for (const { file, prefix } of documents) {
    files.set(`types/${file}.ts`, await toTypeScript(ownDocument(file, prefix), capital(file)));
  }
  return files;
}

const files = await generate();
if (process.argv.includes('--check')) {
  const stale = [...files].filter(([path, text]) => {
    const full = join(root, path);
    return !existsSync(full) || readFileSync(full, 'utf8') !== text;
  });
  for (const [path] of stale) console.error(`${path} is stale: run \`npm run generate\` and commit what it writes.`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(join(root, 'types'), { recursive: true });
  for (const [path, text] of files) {
    writeFileSync(join(root, path), text);
    console.log(relative(process.cwd(), join(root, path)));
  }
}
