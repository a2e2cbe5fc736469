import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { bundledSchema, openApiDocument, schemaOf, validateBody } from '../../apis/bodies.js';
import { apis } from '../../apis/index.js';
import { createSchemas } from '../../src/schemas/index.js';
import { expect, test } from '../test.js';

/** The schemas of one action `ping`, whose answer is as given; `$defs` stand in the shared document. */
function schemasOf(response: object, $defs: object = {}) {
  const folder = test.info().outputPath('schemas');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, schema: object) =>
    writeFileSync(
      join(folder, `${name}.json`),
      JSON.stringify({ $id: `https://example.test/${name}.json`, ...schema }),
    );
  write('ping.request', response);
  write('ping.response', response);
  write('shared', { $defs });
  return createSchemas('small', [folder]);
}

/** The requirement of each violation, by its place. */
const attributed = (schemas: ReturnType<typeof createSchemas>, body: unknown) =>
  Object.fromEntries(schemas.validate('ping', 'response', body).map(({ path, requirement }) => [path, requirement]));

const text = { type: 'string', 'x-requirement': 'TEXT' };

for (const [what, schema, body, expected] of [
  ['none', { type: 'object', properties: { a: { type: 'string' } } }, { a: 1 }, { '/a': undefined }],
  ['the one beside the keyword', { type: 'object', properties: { a: text } }, { a: 1 }, { '/a': 'TEXT' }],
  [
    'the nearest above it',
    { type: 'object', 'x-requirement': 'ROOT', required: ['b'], properties: { a: text, b: { type: 'object' } } },
    { a: 1 },
    { '/a': 'TEXT', '/b': 'ROOT' },
  ],
  [
    'that of an item',
    { type: 'object', properties: { a: { type: 'array', items: text } } },
    { a: [1] },
    { '/a/0': 'TEXT' },
  ],
  [
    'that of a part, and of the whole for the rest',
    { type: 'object', properties: { a: { type: 'array', allOf: [{ uniqueItems: true, 'x-requirement': 'ONCE' }] } } },
    { a: [1, 1] },
    { '/a/1': 'ONCE' },
  ],
  [
    'that of a shared shape, through what refers to it',
    { type: 'object', properties: { a: { $ref: 'shared.json#/$defs/a' } } },
    { a: { b: 1 } },
    { '/a/b': 'TEXT', '/a/c': 'USE' },
  ],
  [
    'that of whoever refers, where the shape names none',
    { type: 'object', properties: { a: { allOf: [{ $ref: 'shared.json#/$defs/plain' }], 'x-requirement': 'USE' } } },
    { a: {} },
    { '/a/c': 'USE' },
  ],
  [
    'that of the names of members',
    { type: 'object', propertyNames: { pattern: '^[a-z]$', 'x-requirement': 'NAME' } },
    { 1: 1 },
    { '/1': 'NAME' },
  ],
  ['that of further members', { type: 'object', additionalProperties: text }, { 'a/b': 1 }, { '/a~1b': 'TEXT' }],
  [
    'that of an alternative',
    { type: 'object', properties: { a: { anyOf: [{ type: 'null' }, { $ref: 'shared.json#/$defs/a' }] } } },
    { a: { b: 'x' } },
    { '/a/c': 'USE' },
  ],
  [
    'that of what a condition asks',
    {
      type: 'object',
      if: { required: ['z'], properties: { z: true } },
      else: { properties: { b: text } },
      properties: { b: true },
    },
    { a: 1, b: 1 },
    { '/b': 'TEXT' },
  ],
  ['none, where the body is no object at all', { type: 'object', 'x-requirement': 'ROOT' }, [], { '': undefined }],
] as [string, object, unknown, object][]) {
  test(`a violation belongs to ${what}`, () => {
    const plain = { type: 'object', required: ['c'], properties: { c: { type: 'string' } } };
    const a = { ...plain, 'x-requirement': 'USE', properties: { ...plain.properties, b: text } };
    expect(attributed(schemasOf(schema, { a, plain }), body)).toEqual(expected);
  });
}

test('a request is no promise of a server', () => {
  const schemas = schemasOf({ type: 'object', properties: { a: text } });
  expect(schemas.validate('ping', 'request', { a: 1 })).toEqual([{ path: '/a', expected: 'a string', found: '1' }]);
  expect(validateBody('ozeki', 'mute', 'request', { timestamp: 'now' }).some(({ requirement }) => requirement)).toBe(
    false,
  );
});

test('a requirement is decided where the body holds something to judge it by, right or wrong', () => {
  const schemas = schemasOf({ type: 'object', properties: { a: { type: 'array', items: text }, b: text } });
  const decided = (body: unknown) => schemas.judge('ping', body).decided;
  expect(decided({})).toEqual([]);
  expect(decided({ a: [] })).toEqual([]);
  expect(decided({ a: ['x', 'y'] })).toEqual(['TEXT']);
  expect(decided({ a: [1] })).toEqual(['TEXT']);
  expect(decided({ a: ['x'], b: 1 })).toEqual(['TEXT']);
});

test('a body says which requirement it misses', () => {
  expect(validateBody('genesys', 'complete', 'response', { statusCode: 1 })).toMatchObject([
    { requirement: 'GE-DONE-1' },
  ]);
});

test('bundled schemas have keywords of JSON Schema alone, OpenAPI documents keep the name of each requirement', () => {
  for (const { name, schemas } of apis) {
    for (const action of schemas.actions()) {
      const bundled = bundledSchema(name, action, 'response');
      expect(JSON.stringify(bundled), `${name} ${action}`).not.toContain('x-requirement');
      expect(() => new Ajv2020({ strict: true, validateFormats: false }).compile(bundled)).not.toThrow();
    }
    const components = JSON.stringify(openApiDocument(name).components);
    for (const { requirement } of schemas.requirements())
      expect(components).toContain(`"x-requirement":"${requirement}"`);
  }
});

test('whoever compiles the schemas as they stand in the package adds one keyword', () => {
  const ajv = new Ajv2020({ strict: true, validateFormats: false });
  const schema = schemaOf('ozeki', 'refusal', 'response');
  expect(() => ajv.compile(schema)).toThrow('x-requirement');
  expect(
    new Ajv2020({ strict: true }).addKeyword('x-requirement').compile(schema)({ status: 'NO', errormessage: 'no' }),
  ).toBe(true);
});
