/** The room of target files: load, check, describe. */
export { needsAuthorization } from './connection.js';
export { environmentProxy } from './environment-proxy.js';
export { findJsonError, type JsonError } from './json.js';
export { loadStubTarget, readTargetFile, type TargetText, targetFromText } from './load.js';
export * from './resolve.js';
export { sectionSchemaOf, targetSchemaOf } from './schema.js';
export { apisInScope, lacks } from './scope.js';
export * from './section.js';
export { namesOf, type RunSettings, runSettings, shareOf } from './settings.js';
export { stubTarget } from './stub.js';
export { pointerToPath } from './substitute.js';
export { loadTextModule, modulePathProblems, type TextModule, textModule } from './text-module.js';
