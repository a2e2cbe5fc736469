/** The room of target files: load, check, describe, sign. */
export { findJsonError, type JsonError } from './json.js';
export { loadTarget, targetFromText } from './load.js';
export * from './resolve.js';
export { apisInScope } from './scope.js';
export { apis } from './sections.js';
export { apisOf, type RunSettings, runSettings, shareOf } from './settings.js';
export { checkSigning, type Signer, type SigningRequest, signerFor } from './signing.js';
export { pointerToPath } from './substitute.js';
