/** The library: the contract as schemas, types and rules, and a server that keeps it. */
export { catalogue, type Requirement, requirementsOf } from '../apis/catalogue.js';
export type * from '../types/genesys.js';
export type * from '../types/ozeki.js';
export type * from '../types/relation.js';
export type * from '../types/target.js';
export type * from '../types/verdict.js';
export type * from '../types/waivers.js';
export type { Api, Finding, Level, PageRow, Violation } from './exchange/index.js';
export { bundledSchema, bundledSchemas, type OpenApiDocument, openApiDocument } from './export/index.js';
export {
  type ExchangeGroundTruth,
  type ExchangeInput,
  type ExchangeObservation,
  type HeaderFields,
  type JudgedExchange,
  type UnjudgedExchange,
  validateExchange,
} from './library/exchange.js';
export { genesysHandlers, ozekiHandlers, relationHandlers } from './library/handlers.js';
export type { Basis, Topic } from './requirements/types.js';
export * as rules from './rules/index.js';
export {
  actionsOf,
  type Example,
  examplesOf,
  type JsonSchema,
  type Part,
  schemaOf,
  validateBody,
  validateRefusal,
} from './schemas/index.js';
export {
  createStub,
  type Fault,
  faults,
  type ServedStub,
  type Stub,
  type StubOptions,
  serveStub,
  stubTarget,
  type Variant,
  variants,
} from './stub/index.js';
