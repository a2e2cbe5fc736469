/** The contract in the forms that other tools read. */
export { bundledSchema, bundledSchemas } from './bundle.js';
export { type OpenApiDocument, openApiDocument } from './openapi/index.js';
