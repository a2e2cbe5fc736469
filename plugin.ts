/** What a plugin makes an API of, or extends one with. Light: nothing that serves or runs checks is loaded. */
export { genesys } from './apis/genesys/index.js';
export { ozeki } from './apis/ozeki/index.js';
export { relation } from './apis/relation/index.js';
export type { ActionRow, Api, Opening } from './src/api/api.js';
export { type ApiDefinition, defineApi } from './src/api/define.js';
export { type Addition, type Extension, extend } from './src/api/extend.js';
export { type RestCaller, type RestRow, type RestSend, restRequest, restSender } from './src/client/rest.js';
export { type Call, jsonOf, sendCall, type Wire } from './src/client/send.js';
export { openWire, type SessionWire } from './src/environment/wire.js';
export type { Exchange, Finding, Level } from './src/exchange/index.js';
export type { Outcome } from './src/exchange/outcome.js';
export { type CheckLog, NotServed, type Session, Skip } from './src/judge/index.js';
export type { GroundTruth, Observation, PassiveCheck } from './src/passive/types.js';
export type { RequirementRows } from './src/requirements/rows.js';
export * as rules from './src/rules/index.js';
export { readSchema } from './src/schemas/index.js';
export type { Fault, StubApi, Variant } from './src/stub/index.js';
export { type Section, type TargetSection, withoutTrailingSlashes } from './src/target/index.js';
