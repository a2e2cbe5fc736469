import type { ApiName } from '../../exchange/index.js';
import { packageVersion } from '../../root.js';
import type { Schemas } from '../../schemas/index.js';
import { createComponents } from './components.js';
import type { Description, OpenApiDocument } from './types.js';

export type { Description, OpenApiDocument } from './types.js';

/** What an OpenAPI document of an API is made from. */
export interface Described {
  name: ApiName;
  schemas: Schemas;
  openapi: Description;
}

/** The OpenAPI 3.1 document of an API, made from its schemas, its table of actions and the documented bodies. Plain data. */
export function openApiDocument(api: Described): OpenApiDocument {
  const { title, summary, description, security, securitySchemes, paths } = api.openapi;
  const components = createComponents(api.schemas);
  const written = paths(components);
  const document: OpenApiDocument = {
    openapi: '3.1.0',
    info: { title, version: packageVersion, summary, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'http://127.0.0.1:8080', description: 'The stub, as `chat-conformance stub` serves it.' }],
    security,
    tags: [{ name: api.name, description: summary }],
    paths: written,
    components: { schemas: components.schemas(), ...(securitySchemes === undefined ? {} : { securitySchemes }) },
  };
  // No object stands in two places: tools that follow references would take it for one, YAML writers make an anchor of it.
  return JSON.parse(JSON.stringify(document)) as OpenApiDocument;
}
