import { content, responses } from '../../src/export/openapi/bodies.js';
import type { Components, Description, Json } from '../../src/export/openapi/types.js';
import { type GmsActionName, gmsActionNames, gmsActions } from './actions.js';
import { gmsSchemas } from './schemas.js';

const inLine = 'application/x-www-form-urlencoded';
const inParts = 'multipart/form-data';

/** What each part of a path names. */
const places: Readonly<Record<string, string>> = {
  serviceName: 'The service, as the server is set up.',
  chatId: 'The chat, as Request Chat answered it.',
  fileId: 'The file, as File Upload answered it.',
};

/** Each action has a path of its own. */
export const gmsOpenApi: Description = {
  title: 'GMS Chat API Version 2, 8.5',
  summary: 'Fifteen actions on chats.',
  description: [
    'Requests are forms, answers are JSON. No header and no cookie carries a credential: `secureKey` in the form does, which Request Chat',
    'answers. A member of the object `userData` is a field `userData[key]`.',
  ].join('\n'),
  security: [],
  paths: (components) =>
    Object.fromEntries(
      gmsActionNames.map((name) => {
        const path = `/genesys/2/chat/{serviceName}${gmsActions[name].path}`;
        return [path, { parameters: parametersOf(path), post: operation(name, components) }];
      }),
    ),
};

function parametersOf(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true, description: places[name] },
    schema: { type: 'string' },
  }));
}

function operation(name: GmsActionName, components: Components): Json {
  const types = { requestchat: [inLine, inParts], fileupload: [inParts] }[name as string] ?? [inLine];
  const request = content(gmsSchemas, components.body(name, 'request'), [name], 'request', types);
  // Objects are fields with a key in brackets, and a file is its bytes.
  const encoding = { userData: { style: 'deepObject', explode: true } };
  if (request[inLine] !== undefined) request[inLine] = { ...(request[inLine] as Json), encoding };
  return {
    tags: ['gms'],
    operationId: name,
    summary: gmsActions[name].page,
    description: gmsSchemas.schemaOf(name, 'request').description,
    requestBody: { required: true, content: request },
    responses: name === 'filedownload' ? fileResponses(components) : responses(gmsSchemas, components, [name]),
  };
}

function fileResponses(components: Components): Json {
  const refusal = { 'application/json': { schema: components.body('refusal', 'response') } };
  return {
    200: {
      description: 'The bytes of the file; or a refusal.',
      content: { 'application/octet-stream': { schema: components.body('filedownload', 'response') }, ...refusal },
    },
    '4XX': { description: 'A refusal.', content: refusal },
  };
}
