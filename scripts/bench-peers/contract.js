// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { addressOf } from './plan.js';

const annotations = new Set(['$schema', '$id', '$defs', 'title', 'description', 'examples']);

/**
 * An exported JSON Schema with each reference and each part of an `allOf` put in place, and no annotation: draft 7 and OpenAPI read it
 * alike, and tools that read little of either understand most of it. A schema within itself is open there.
 * @param {string} folder what `chat-conformance export schemas` wrote
 * @param {string} api
 * @param {string} action
 * @param {'request' | 'response'} part
 */
export function schemaOf(folder, api, action, part) {
  const file = JSON.parse(readFileSync(join(folder, api, `${action}.${part}.json`), 'utf8'));
  /** @param {any} schema @param {string[]} within @returns {any} */
  const inPlace = (schema, within) => {
    if (typeof schema !== 'object' || schema === null) return schema;
    if (Array.isArray(schema)) return schema.map((each) => inPlace(each, within));
    const { $ref, allOf = [], ...rest } = schema;
    const own = Object.entries(rest)
      .filter(([word]) => !annotations.has(word))
      .map(([word, value]) => [word, memberOf(word, value, within)]);
    const parts = allOf.map((/** @type {any} */ each) => inPlace(each, within));
    if ($ref !== undefined && !within.includes($ref)) {
      parts.push(inPlace(file.$defs[$ref.slice('#/$defs/'.length)], [...within, $ref]));
    }
    return parts.reduce(both, Object.fromEntries(own));
  };
  /** @param {string} word @param {any} value @param {string[]} within */
  const memberOf = (word, value, within) => {
    if (['const', 'enum', 'required'].includes(word)) return value;
    if (word !== 'properties') return inPlace(value, within);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inPlace(each, within)]));
  };
  return inPlace(file, []);
}

/** One schema that holds where both hold. @param {any} one @param {any} other @returns {any} */
function both(one, other) {
  if (typeof one !== 'object') return one ? other : one;
  if (typeof other !== 'object') return other ? one : other;
  const result = { ...one };
  const rest = [];
  for (const [word, value] of Object.entries(other)) {
    if (!(word in one) || isDeepStrictEqual(one[word], value)) result[word] = value;
    else if (word === 'required') result.required = [...new Set([...one.required, ...value])];
    else if (word === 'properties') {
      const names = Object.keys({ ...one.properties, ...value });
      result.properties = Object.fromEntries(
        names.map((name) => [name, both(one.properties[name] ?? true, value[name] ?? true)]),
      );
    } else if (word === 'allOf') result.allOf = [...one.allOf, ...value];
    else rest.push({ [word]: value });
  }
  return rest.length ? { ...result, allOf: [...(result.allOf ?? []), ...rest] } : result;
}

/**
 * An OpenAPI document with one path an action, each with the request that is sent as its example and the documented answer of a
 * success. The exported one has several actions of Ozeki and Genesys on one path, which would give each tool one request for all.
 * @param {string} folder
 * @param {string} api
 * @param {import('./plan.js').Step[]} steps
 * @param {string} url
 */
export function openApiOf(folder, api, steps, url) {
  const paths = steps.map(({ action, method, path, query, headers, body }) => {
    const template = path.replace(/\{\{(\w+)\}\}/g, '{$1}');
    const inPath = [...path.matchAll(/\{\{(\w+)\}\}/g)].map(([example, name]) => parameter('path', name, example));
    const others = [
      ...Object.entries(query).map(([name, example]) => parameter('query', name, example)),
      ...Object.entries(headers).map(([name, example]) => parameter('header', name, example)),
    ];
    const operation = {
      operationId: action,
      summary: action,
      parameters: [...inPath, ...others],
      ...(body && {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemaOf(folder, api, action, 'request'), example: body } },
        },
      }),
      responses: {
        200: {
          description: 'The answer.',
          content: { 'application/json': { schema: schemaOf(folder, api, action, 'response') } },
        },
      },
    };
    return [template, { [method.toLowerCase()]: operation }];
  });
  return {
    openapi: '3.1.0',
    info: { title: api, version: '1' },
    servers: [{ url }],
    paths: Object.fromEntries(paths),
  };
}

/** @param {'path' | 'query' | 'header'} place @param {string | undefined} name @param {string} example */
function parameter(place, name, example) {
  return { in: place, name, required: true, schema: { type: 'string' }, example };
}

/**
 * An API Blueprint, the form that Dredd was made for; its answers are told by JSON Schema.
 * @param {string} folder
 * @param {string} api
 * @param {import('./plan.js').Step[]} steps
 */
export function blueprintOf(folder, api, steps) {
  /** @param {string} text @param {number} by */
  const indent = (text, by) => text.replace(/^/gm, ' '.repeat(by));
  const actions = steps.map((step) => {
    const { action, method, headers, body } = step;
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return [
      // Braces are of the URI template here: what a hook puts in their place stands in none.
      `# ${action} [${method} ${addressOf(step).replace(/\{\{(\w+)\}\}/g, '--$1--')}]`,
      `+ Request (application/json)`,
      ...(lines.length ? ['    + Headers', '', indent(lines.join('\n'), 12), ''] : []),
      ...(body ? ['    + Body', '', indent(JSON.stringify(body), 12), ''] : []),
      `+ Response 200 (application/json)`,
      '    + Schema',
      '',
      indent(JSON.stringify(draft7(schemaOf(folder, api, action, 'response'))), 12),
      '',
    ].join('\n');
  });
  return ['FORMAT: 1A', '', `# ${api}`, '', ...actions].join('\n');
}

/** @param {object} schema */
export function draft7(schema) {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...schema };
}
