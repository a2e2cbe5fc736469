/** The contract for other tools. */
export { bundledSchema, bundledSchemas } from './bundle.js';
export { content, requestBody, requestOf, responses, type Shared } from './openapi/bodies.js';
export { type Described, type Description, type OpenApiDocument, openApiDocument } from './openapi/index.js';
export type { Components, Json } from './openapi/types.js';
