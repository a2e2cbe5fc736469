import { requestBody, requestOf, responses, type Shared } from '../../src/export/openapi/bodies.js';
import type { Components, Description, Json } from '../../src/export/openapi/types.js';
import { type OzekiAction, ozekiActionNames, ozekiActions } from './actions.js';
import { ozekiSchemas } from './schemas.js';

const shared: Shared = { schemas: ozekiSchemas, actions: ozekiActionNames, by: 'action' };
const actions: OzekiAction[] = ozekiActionNames.map((name) => ozekiActions[name]);

/** One script serves every action: the query picks the service, the body names the action. */
export const ozekiOpenApi: Description = {
  title: 'Ozeki Chat Client API',
  summary: 'Nineteen actions behind one URL.',
  description: [
    'Every action is a POST to one script. Its query (`srv`, `api`) picks the service, and the member `action` of the body names the action',
    'within the service. A path of OpenAPI holds no query, so all actions are one operation here, with the two parameters and with one',
    'body an action. Two names stand for two actions each: `list` (Friends, Conversation) with the same body, `download` (Notification,',
    'Conversation) with different ones; there the query decides. `x-actions` of the operation says for each action which query,',
    'headers, request and answer belong together, which OpenAPI cannot express.',
    '',
    'How `Ozeki-Signature` is computed is documented nowhere.',
  ].join('\n'),
  security: signatures(),
  securitySchemes: {
    signature: header('Ozeki-Signature', 'The signature of the request.'),
    station: header('Ozeki-Station', 'The id of the station, 32 hex digits; Login ties it to the user.'),
    user: header('Ozeki-User', 'The id of the user: the md5 of the e-mail address.'),
  },
  paths: (components) => ({ '/ozeki/index.php': { post: operation(components) } }),
};

function operation(components: Components): Json {
  return {
    operationId: 'call',
    tags: ['ozeki'],
    summary: 'Calls an action',
    description: 'The table `x-actions` says what belongs to which action.',
    parameters: [
      query('srv', 'The server asked.', [...new Set(actions.map(({ srv }) => srv))]),
      query('api', 'The service asked.', [...new Set(actions.map(({ api }) => api))]),
    ],
    requestBody: requestBody(shared, components),
    responses: responses(ozekiSchemas, components, ozekiActionNames),
    'x-actions': ozekiActionNames.map((name) => rowOf(name, components)),
  };
}

function rowOf(name: (typeof ozekiActionNames)[number], components: Components): Json {
  const { page, srv, api, action, headers } = ozekiActions[name];
  return {
    name,
    page,
    query: { srv, api },
    action,
    headers: headers.map((word) => `Ozeki-${word}`),
    request: components.body(requestOf(shared, name), 'request').$ref,
    response: components.body(name, 'response').$ref,
  };
}

/** Each set of headers that some action asks for. */
function signatures(): Json[] {
  const sets = actions.map(({ headers }) => headers.map((word) => word.toLowerCase()).sort());
  const different = new Map(sets.map((names) => [names.join(), names]));
  return [...different.values()].map((names) => Object.fromEntries(names.map((name) => [name, []])));
}

function header(name: string, description: string): Json {
  return { type: 'apiKey', in: 'header', name, description };
}

function query(name: string, description: string, values: readonly string[]): Json {
  return { name, in: 'query', required: true, description, schema: { type: 'string', enum: values } };
}
