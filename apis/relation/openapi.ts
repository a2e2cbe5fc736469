import { content, responses } from '../../src/export/openapi/bodies.js';
import type { Components, Description, Json } from '../../src/export/openapi/types.js';
import { type RelationActionName, relationActionNames, relationActions } from './actions.js';
import { relationSchemas } from './schemas.js';

/** One path an action. */
export const relationOpenApi: Description = {
  title: 'Relation ONE API',
  summary: 'Messages, and the users, groups and chats that they need.',
  description: 'Ids are strings, for they are too large for a number. A `code` other than "0" tells a refusal.',
  security: [{ apiKey: [], token: [] }],
  securitySchemes: {
    apiKey: { type: 'apiKey', in: 'header', name: 'ApiKey', description: 'The key of the application.' },
    token: { type: 'http', scheme: 'bearer', description: 'The unified token of the user.' },
    addressToken: {
      type: 'apiKey',
      in: 'header',
      name: 'I-Authorization',
      description: 'Bearer and the address token of the user, of which Auth makes the unified token.',
    },
  },
  paths: (components) =>
    Object.fromEntries(
      relationActionNames.map((name) => {
        const { method, path } = relationActions[name];
        return [path, { [method.toLowerCase()]: operation(name, components) }];
      }),
    ),
};

function operation(name: RelationActionName, components: Components): Json {
  const { method, page } = relationActions[name];
  const { description } = relationSchemas.schemaOf(name, 'request');
  return {
    operationId: name,
    tags: ['relation'],
    summary: page,
    description,
    ...(name === 'auth' && { security: [{ apiKey: [], addressToken: [] }] }),
    ...(method === 'GET'
      ? { parameters: parameters(name) }
      : {
          requestBody: {
            required: true,
            content: content(relationSchemas, components.body(name, 'request'), [name], 'request'),
          },
        }),
    responses: responses(relationSchemas, components, [name]),
  };
}

/** The members of the request as query parameters, with the documented values. */
function parameters(name: RelationActionName): Json[] {
  const { properties, required = [] } = relationSchemas.schemaOf(name, 'request') as {
    properties?: Record<string, { description?: string }>;
    required?: readonly string[];
  };
  const documented = relationSchemas.examples().find(({ action, part }) => action === name && part === 'request');
  const values = (documented?.body ?? {}) as Record<string, unknown>;
  return Object.entries(properties ?? {}).map(([member, { description, ...schema }]) => ({
    name: member,
    in: 'query',
    required: required.includes(member),
    ...(description === undefined ? {} : { description }),
    schema,
    ...(values[member] === undefined ? {} : { example: values[member] }),
  }));
}
