import { content, requestBody, responses, type Shared } from '../../src/export/openapi/bodies.js';
import type { Components, Description, Json } from '../../src/export/openapi/types.js';
import {
  type GenesysAction,
  type GenesysActionName,
  genesysActionNames,
  genesysActions,
  genesysPath,
} from './actions.js';
import { genesysSchemas } from './schemas.js';

const operations: Shared = {
  schemas: genesysSchemas,
  actions: genesysActionNames.filter((name) => (genesysActions[name] as GenesysAction).operationName !== undefined),
  by: 'operationName',
};

/** Two actions have paths of their own; the others share that of the chat, and the body names the operation. */
export const genesysOpenApi: Description = {
  title: 'Genesys eServices chat API 8.5',
  summary: 'Nine actions on chats.',
  description: [
    'No header and no cookie carries a credential: `userId` and `secureKey` in the body do, which Request Chat answers.',
    'Seven actions share the path of a chat; the member `operationName` of the body tells them apart.',
  ].join('\n'),
  security: [],
  paths: (components) => {
    const paths: Record<string, Json> = {};
    for (const name of genesysActionNames) {
      // The braces of a template are none that a path segment holds.
      const path = genesysPath(name, 'chatId').replace(/\/chatId\b/, '/{chatId}');
      paths[path] ??= { ...chatIn(path), post: operation(name, components) };
    }
    return paths;
  },
};

function chatIn(path: string): Json {
  if (!path.includes('{chatId}')) return {};
  const description = 'The chat, as Request Chat answered it.';
  return { parameters: [{ name: 'chatId', in: 'path', required: true, description, schema: { type: 'string' } }] };
}

function operation(name: GenesysActionName, components: Components): Json {
  const common = { tags: ['genesys'] };
  if (operations.actions.includes(name)) {
    return {
      ...common,
      operationId: 'operate',
      summary: 'Acts in a chat',
      description: `\`operationName\` says how: ${operations.actions.map((action) => genesysActions[action as GenesysActionName].page).join(', ')}.`,
      requestBody: requestBody(operations, components),
      responses: responses(genesysSchemas, components, operations.actions),
    };
  }
  return {
    ...common,
    operationId: name,
    summary: genesysActions[name].page,
    description: genesysSchemas.schemaOf(name, 'request').description,
    requestBody: {
      required: true,
      content: content(genesysSchemas, components.body(name, 'request'), [name], 'request'),
    },
    responses: responses(genesysSchemas, components, [name]),
  };
}
