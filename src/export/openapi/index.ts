import { genesys } from '../../../apis/genesys/openapi.js';
import { ozeki } from '../../../apis/ozeki/openapi.js';
import { relation } from '../../../apis/relation/openapi.js';
import type { Api } from '../../exchange/index.js';
import { packageVersion } from '../../root.js';
import { createComponents } from './components.js';
import type { Description, OpenApiDocument } from './types.js';

export type { OpenApiDocument } from './types.js';

const descriptions: Record<Api, Description> = { ozeki, genesys, relation };

/** The OpenAPI 3.1 document of an API, made from its schemas, its table of actions and the documented bodies. Plain data. */
export function openApiDocument(api: Api): OpenApiDocument {
  const { title, summary, description, security, securitySchemes, paths } = descriptions[api];
  const components = createComponents(api);
  const written = paths(components);
  const document: OpenApiDocument = {
    openapi: '3.1.0',
    info: { title, version: packageVersion, summary, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'http://127.0.0.1:8080', description: 'The stub, as `chat-conformance stub` serves it.' }],
    security,
    tags: [{ name: api, description: summary }],
    paths: written,
    components: { schemas: components.schemas(), ...(securitySchemes === undefined ? {} : { securitySchemes }) },
  };
  // No object stands in two places: tools that follow references would take it for one, YAML writers make an anchor of it.
  return JSON.parse(JSON.stringify(document)) as OpenApiDocument;
}
