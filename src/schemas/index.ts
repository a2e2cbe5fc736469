/** The room of schemas: loads and compiles them once, and says in words what violates them. */
export { isNode, type Node, referredTo } from './attribution.js';
export { schemaFolder, validateReplay, validateVerdict, validateWaivers, validatorOf } from './own.js';
export { dialectProblem, type JsonSchema, type Part, readSchema, requirementKeyword } from './registry.js';
export { createSchemas, type Example, type Schemas } from './schemas.js';
