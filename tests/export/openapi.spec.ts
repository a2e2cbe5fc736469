import { createConfig, lintFromString } from '@redocly/openapi-core';
import formats from 'ajv-formats';
import { type Context, type Document, OpenAPIBackend, type Request } from 'openapi-backend';
import { actionsOf, examplesOf, openApiDocument, schemaOf } from '../../apis/bodies.js';
import { type GenesysActionName, genesysPath } from '../../apis/genesys/actions.js';
import { type GmsActionName, gmsPath } from '../../apis/gms/actions.js';
import { gmsSchemas } from '../../apis/gms/schemas.js';
import { type OzekiActionName, ozekiActionNames, ozekiActions } from '../../apis/ozeki/actions.js';
import { type RelationActionName, relationActions } from '../../apis/relation/actions.js';
import type { ApiName } from '../../src/exchange/index.js';
import type { OpenApiDocument } from '../../src/export/index.js';
import { apis } from '../apis.js';
import { expect, test } from '../test.js';

for (const api of apis) {
  test(`the linter finds nothing in the ${api} document, examples included`, async () => {
    // Unknown members are legal in every answer; the linter would take them for misspelt ones.
    const examples = { severity: 'error', allowAdditionalProperties: true } as const;
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: { 'no-invalid-media-type-examples': examples, 'no-invalid-parameter-examples': examples },
    });
    const source = JSON.stringify(openApiDocument(api));
    const problems = await lintFromString({ source, config, absoluteRef: `${api}.openapi.json` });
    expect(problems.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer }))).toEqual(
      [],
    );
  });

  test(`a contract tool accepts every documented request and answer of ${api}`, async () => {
    const tool = await contractTool(openApiDocument(api));
    for (const action of actionsOf(api)) {
      const { request, response } = documented(api, action);
      // A query that no page shows in an example.
      const isShown = examplesOf(api).some((each) => each.action === action && each.part === 'request');
      if (!isShown && schemaOf(api, action, 'request').required !== undefined) continue;
      const answer = (await tool.handleRequest(requestOf(api, action, request))) as { operation?: string };
      expect(answer, action).toEqual({ operation: expect.any(String) });
      // A file is no JSON, which is all that the tool looks at.
      if (action === 'filedownload') continue;
      // What the pages cut off is no whole answer.
      if (response === undefined) continue;
      const { valid, errors } = tool.validateResponse(response, answer.operation ?? '', 200);
      expect(errors ?? [], action).toEqual([]);
      expect(valid).toBe(true);
    }
  });

  test(`the ${api} document holds every schema that it refers to, and no other`, () => {
    const { paths, components } = openApiDocument(api);
    const text = JSON.stringify({ paths, components });
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]));
    expect([...referred].sort()).toEqual(Object.keys(components.schemas));
    expect(text).not.toContain('shared.json');
    expect(text).not.toContain('"$id"');
  });
}

test('a contract tool refuses a body that fits no action of its name', async () => {
  const tool = await contractTool(openApiDocument('ozeki'));
  const refused = async (body: unknown) =>
    ((await tool.handleRequest(requestOf('ozeki', 'mute', body))) as { refused?: unknown }).refused !== undefined;
  const mute = documented('ozeki', 'mute').request as Record<string, unknown>;
  expect(await refused(mute)).toBe(false);
  expect(await refused({ ...mute, action: 'silence' })).toBe(true);
  expect(await refused({ ...mute, conversationid: '' })).toBe(true);
  expect(await refused({ ...(documented('ozeki', 'download').request as object), firstmessageid: undefined })).toBe(
    true,
  );
});

test('a mock made from the document answers with the documented body', async () => {
  const tool = await contractTool(openApiDocument('ozeki'));
  const { mock } = tool.mockResponseForOperation('call', { code: 200, example: 'clear' });
  expect(mock).toEqual(documented('ozeki', 'clear').response);
});

test('each Ozeki action is told with its query, headers and bodies', () => {
  const { paths, components } = openApiDocument('ozeki');
  const post = postOf(paths);
  expect(post['x-actions'].map(({ name }) => name)).toEqual(ozekiActionNames);
  for (const { name, query, headers, request, response } of post['x-actions']) {
    const { srv, api } = ozekiActions[name];
    expect(query).toEqual({ srv, api });
    expect(headers).toEqual(ozekiActions[name].headers.map((header) => `Ozeki-${header}`));
    for (const ref of [request, response]) expect(components.schemas).toHaveProperty(ref.split('/').at(-1) ?? '');
  }
});

test('two Ozeki actions of one name share a body, or stand side by side under the name', () => {
  const { components, paths } = openApiDocument('ozeki');
  const mapping = postOf(paths).requestBody.content['application/json'].schema.discriminator.mapping;
  expect(mapping.list).toBe('#/components/schemas/ListRequest');
  expect(components.schemas).not.toHaveProperty('FriendsRequest');
  expect(mapping.download).toBe('#/components/schemas/DownloadRequests');
  expect(components.schemas.DownloadRequests).toMatchObject({
    oneOf: [{ $ref: '#/components/schemas/NotificationRequest' }, { $ref: '#/components/schemas/DownloadRequest' }],
  });
});

/** The one operation of the Ozeki document. */
function postOf(paths: OpenApiDocument['paths']) {
  return paths['/ozeki/index.php']?.post as {
    requestBody: {
      content: { 'application/json': { schema: { discriminator: { mapping: Record<string, string> } } } };
    };
    'x-actions': { name: OzekiActionName; query: object; headers: string[]; request: string; response: string }[];
  };
}

/** A backend of openapi-backend that says of each request whether it fits the document. */
async function contractTool(document: unknown): Promise<OpenAPIBackend> {
  const customizeAjv = (ajv: Parameters<typeof formats.default>[0]) => formats.default(ajv);
  const tool = new OpenAPIBackend({ definition: document as Document, strict: true, customizeAjv });
  // Its own check of documents knows OpenAPI 3.0 alone; the linter has judged this one.
  tool.validateDefinition = () => tool.document;
  tool.register({
    notFound: () => ({ refused: 'no such path' }),
    validationFail: ({ validation }: Context) => ({ refused: validation.errors }),
    notImplemented: ({ operation }: Context) => ({ operation: operation.operationId }),
  });
  return await tool.init();
}

/** The documented bodies of an action, or those that its schema shows; `{}` for the query of an action that takes none. */
function documented(api: ApiName, action: string): { request: unknown; response: unknown } {
  const of = (part: string) => examplesOf(api).find((example) => example.action === action && example.part === part);
  const shown = (part: 'request' | 'response') =>
    api === 'gms' ? (gmsSchemas.schemaOf(action, part).examples as unknown[] | undefined)?.[0] : undefined;
  return {
    request: of('request')?.body ?? shown('request') ?? {},
    response: of('response')?.body ?? shown('response'),
  };
}

/** The request of an action as its documentation has it go over the wire. */
function requestOf(api: ApiName, action: string, body: unknown): Request {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  if (api === 'genesys') return { ...json, path: genesysPath(action as GenesysActionName, '00019a9SXTQW001N') };
  if (api === 'relation') {
    const { method, path } = relationActions[action as RelationActionName];
    return method === 'POST' ? { ...json, path } : { method, path, headers: {}, query: body as Record<string, string> };
  }
  if (api === 'gms') {
    const place = { serviceName: 'customer-support', chatId: '00048aAPEQJ8000U', fileId: '1' };
    const type = action === 'fileupload' ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
    const path = `/genesys/2/chat${gmsPath(action as GmsActionName, place)}`;
    return { method: 'POST', path, headers: { 'content-type': type }, body };
  }
  const { srv, api: service } = ozekiActions[action as OzekiActionName];
  return { ...json, path: '/ozeki/index.php', query: { srv, api: service } };
}
