import type { RestRow } from '../client/rest.js';
import { type Components, content, type Json, responses } from '../export/index.js';
import type { Schemas } from '../schemas/index.js';
import type { ActionRow } from './api.js';

/** The operations of an OpenAPI document, by path and method, from the rows that have both. */
export function pathsOfRows(
  tag: string,
  actions: Readonly<Record<string, ActionRow & Partial<RestRow>>>,
  schemas: Schemas,
  components: Components,
): Record<string, Json> {
  const paths: Record<string, Json> = {};
  for (const [name, { page, method, path }] of Object.entries(actions)) {
    if (method === undefined || path === undefined) continue;
    const described = {
      required: true,
      content: content(schemas, components.body(name, 'request'), [name], 'request'),
    };
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        operationId: name,
        tags: [tag],
        summary: page,
        parameters: parametersOf(path),
        ...(method === 'GET' ? {} : { requestBody: described }),
        responses: responses(schemas, components, [name]),
      },
    };
  }
  return paths;
}

function parametersOf(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}
