/** The library: the contract as schemas, types and rules, a server that keeps it, and what a team's own API is made with. */
export {
  actionsOf,
  bundledSchema,
  bundledSchemas,
  examplesOf,
  openApiDocument,
  schemaOf,
  validateBody,
  validateRefusal,
} from './apis/bodies.js';
export { validateExchange } from './apis/exchange.js';
export { genesys } from './apis/genesys/index.js';
export { gms } from './apis/gms/index.js';
export { apis, catalogue, requirementsOf } from './apis/index.js';
export { ozeki } from './apis/ozeki/index.js';
export { relation } from './apis/relation/index.js';
export {
  createStub,
  faults,
  genesysHandlers,
  gmsHandlers,
  ozekiHandlers,
  relationHandlers,
  serveStub,
  stubTarget,
  variants,
} from './apis/stub.js';
export type { ActionRow, Api } from './src/api/api.js';
export { type ApiDefinition, defineApi } from './src/api/define.js';
export { type Addition, type Extension, extend } from './src/api/extend.js';
export type { ApiName, Finding, Level, PageRow, Violation } from './src/exchange/index.js';
export type { OpenApiDocument } from './src/export/index.js';
export type {
  ExchangeGroundTruth,
  ExchangeInput,
  ExchangeObservation,
  HeaderFields,
  JudgedExchange,
  UnjudgedExchange,
} from './src/library/exchange.js';
export type { RequirementRows } from './src/requirements/rows.js';
export type { Basis, Requirement, Ruling, Topic } from './src/requirements/types.js';
export * as rules from './src/rules/index.js';
export type { Example, JsonSchema, Part, Schemas } from './src/schemas/index.js';
export type { Fault, ServedStub, Stub, StubApi, StubOptions, Variant } from './src/stub/index.js';
export type * from './types/genesys.js';
export type * from './types/gms.js';
export type * from './types/ozeki.js';
export type * from './types/relation.js';
export type * from './types/target.js';
export type * from './types/verdict.js';
export type * from './types/waivers.js';
