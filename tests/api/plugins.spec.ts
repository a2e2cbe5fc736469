import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiNamed, apis } from '../../apis/index.js';
import type { Api } from '../../src/api/api.js';
import { type ApiDefinition, defineApi } from '../../src/api/define.js';
import { extend } from '../../src/api/extend.js';
import { withApi, withPlugins } from '../../src/api/plugins.js';
import { UsageError } from '../../src/errors.js';
import type { Exchange, Violation } from '../../src/exchange/index.js';
import type { Section } from '../../src/target/index.js';
import { expect, test } from '../test.js';

const ozeki = apiNamed('ozeki');

/** A folder with the schemas of one action `ping`, changed as asked. */
function schemas(change: Record<string, object> = {}): string {
  const folder = test.info().outputPath('schemas');
  mkdirSync(folder, { recursive: true });
  for (const name of ['ping.request', 'ping.response', 'refusal.response'])
    writeFileSync(
      join(folder, `${name}.json`),
      JSON.stringify({ $id: `https://example.test/${name}.json`, title: name, type: 'object', ...change[name] }),
    );
  return folder;
}

/** A small API that is whole. */
function small(change: Partial<ApiDefinition<Section>> = {}): Api {
  return defineApi<Section>({
    name: 'small',
    title: 'Small API',
    actions: { ping: { page: 'Ping', level: 'read' } },
    schemas: change.schemas ?? schemas(),
    requirements: [['Ping', { 'SM-PING-1 ping MUST shape read stated': 'Ping answers an object' }]],
    target: ozeki.target,
    outcome: ozeki.outcome,
    stub: ozeki.stub,
    specs: '/specs',
    slots: () => 1,
    open: () => Promise.reject(new Error('nobody opens it')),
    ...change,
  });
}

/** A success of the small API. */
function exchangeOf(json: unknown, response: Violation[], decided: string[]): Exchange {
  return {
    api: 'small',
    action: 'ping',
    intent: 'call',
    actor: 'alice',
    request: { method: 'POST', url: 'http://stub.test/', headers: {} },
    response: { status: 200, headers: {}, text: JSON.stringify(json), bytes: 0, json },
    startedAt: 0,
    durationMs: 1,
    violations: { request: [], response },
    decided,
  };
}

const told = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'nothing was wrong';
};

test('an API of a plugin joins those that are there', () => {
  const known = withApi(apis, small(), './small.js');
  expect(known.map(({ name }) => name)).toEqual([...apis.map(({ name }) => name), 'small']);
});

test('an extension takes the place of what it extends, and adds to it', () => {
  const extension = extend(ozeki, {
    actions: { ping: { page: 'Ping', level: 'read' } },
    schemas: schemas(),
    requirements: [['Ping', { 'OZX-PING-1 ping MUST shape read stated': 'Ping answers an object' }]],
    passive: () => [{ requirement: 'OZX-PING-1', findings: [] }],
    specs: '/more',
  });
  const known = withApi(apis, extension, './more.js');
  expect(known.map(({ name }) => name)).toEqual(apis.map(({ name }) => name));
  const [extended] = known;
  expect(extended?.requirements.at(-1)).toMatchObject({
    id: 'OZX-PING-1',
    ref: 'PING-1',
    api: 'ozeki',
    action: 'ping',
  });
  expect(extended?.schemas.actions()).toEqual(expect.arrayContaining(['ping', 'clear']));
  expect(extended?.specs).toEqual([...ozeki.specs, '/more']);
});

test('two extensions of one API add up', () => {
  const adding = (id: string) =>
    extend(ozeki, {
      requirements: [['Login', { [`${id} login SHOULD shape read stated`]: 'Login is even better' }]] as never,
    });
  const known = withApi(withApi(apis, adding('OZA-LOGIN-1'), 'a'), adding('OZB-LOGIN-1'), 'b');
  expect(known[0]?.requirements.slice(-2).map(({ id }) => id)).toEqual(['OZA-LOGIN-1', 'OZB-LOGIN-1']);
});

test('without passive checks, a success is judged by its schema under the requirements that it names', () => {
  const properties = { pong: { type: 'string', 'x-requirement': 'SM-PING-1' } };
  const { schemas: own, passive } = small({ schemas: schemas({ 'ping.response': { type: 'object', properties } }) });
  const said = (json: unknown) => {
    const { violations, decided } = own.judge('ping', json);
    return passive(exchangeOf(json, violations, decided), { emails: [], clockToleranceMs: 0 });
  };
  expect(said({ status: 'OK' })).toEqual([]);
  expect(said({ status: 'OK', pong: '1' })).toEqual([{ requirement: 'SM-PING-1', findings: [] }]);
  expect(said({ status: 'OK', pong: 1 })).toEqual([
    {
      requirement: 'SM-PING-1',
      findings: [{ message: '/pong is not a string', path: '/pong', expected: 'a string', found: '1' }],
    },
  ]);
});

for (const [what, make, words] of [
  [
    'a name that is taken',
    () => small({ name: 'ozeki' }),
    /^The plugin \.\/p\.js: an API named ozeki is there already\. Give/,
  ],
  ['a name of odd letters', () => small({ name: 'Small API' }), /made of lower-case letters and digits/],
  [
    'a requirement on no action',
    () => small({ requirements: [['Pong', { 'SM-PONG-1 pong MUST shape read stated': 'Pong is there' }]] }),
    /the requirement SM-PONG-1 is about an action pong, which small does not have\. Its actions: ping\./,
  ],
  [
    'an id that another API has',
    () => small({ requirements: [['Ping', { 'OZ-COM-1 ping MUST shape read stated': 'Ping answers JSON' }]] }),
    /the requirement id OZ-COM-1 is there already, in ozeki\. Choose another\./,
  ],
  [
    'a schema that does not compile',
    () => small({ schemas: schemas({ 'ping.response': { type: 'objekt' } }) }),
    /the schema .*ping\.response\.json cannot be used: it\/type/,
  ],
  [
    'a ruling on an unknown requirement',
    () => small({ rulings: [{ id: 'small-x', pages: 'a', held: 'b', since: '1.0.0', requirements: ['SM-PING-3'] }] }),
    /the ruling small-x bears on SM-PING-3, which is no requirement of small\. Did you mean SM-PING-1\?$/,
  ],
  [
    'a schema that names an unknown requirement',
    () => small({ schemas: schemas({ 'ping.response': { type: 'object', 'x-requirement': 'SM-PING-2' } }) }),
    /^The plugin \.\/p\.js: \/.*\/ping\.response\.json: x-requirement at the root names SM-PING-2, which is no requirement of small\. Did you mean SM-PING-1\?$/,
  ],
  [
    'a schema whose requirement is no text',
    () => small({ schemas: schemas({ 'ping.response': { type: 'object', 'x-requirement': 1 } }) }),
    /the schema ping\.response\.json cannot be used: x-requirement value must be \["string"\]/,
  ],
  [
    'an action without a schema',
    () => small({ actions: { pong: { page: 'P', level: 'read' } }, requirements: [] }),
    /the schema pong\.request\.json cannot be used: No schema for the request of small pong/,
  ],
  [
    'a folder that is not there',
    () => small({ schemas: '/nowhere' }),
    /\/nowhere: there is no such folder of schemas\./,
  ],
  [
    'an extension whose id is taken',
    () => extend(ozeki, { requirements: [['All', { 'OZ-COM-1 * MUST shape read stated': 'Again' }]] }),
    /the requirement id OZ-COM-1 is there already, in ozeki/,
  ],
  [
    'an extension of what is not there',
    () => extend({ ...ozeki, name: 'small' }, {}),
    /it extends the API small, which is not there/,
  ],
] as [string, () => Api, RegExp][]) {
  test(`a plugin is told of ${what}`, () => {
    expect(told(() => withApi(apis, make(), './p.js'))).toMatch(words);
  });
}

for (const [what, text, words] of [
  [
    'a file that is not there',
    undefined,
    /^The plugin \.\/p\.mjs is not found from .*\. Name a file, or install the package there\.$/,
  ],
  ['a syntax error', 'export const apis = [', /^The plugin \.\/p\.mjs cannot be loaded: /],
  [
    'an export of nothing',
    'export const api = 1;',
    /^The plugin \.\/p\.mjs exports no apis\. Write: export const apis = \[/,
  ],
  [
    'a value that is no API',
    'export const apis = [{ name: "x" }];',
    /exports apis\[0\], which is no API\. Make it with defineApi/,
  ],
] as [string, string | undefined, RegExp][]) {
  test(`a plugin module is told of ${what}`, async () => {
    const folder = test.info().outputPath('plugins');
    mkdirSync(folder, { recursive: true });
    if (text !== undefined) writeFileSync(join(folder, 'p.mjs'), text);
    await expect(withPlugins(apis, ['./p.mjs'], folder)).rejects.toThrow(words);
  });
}
