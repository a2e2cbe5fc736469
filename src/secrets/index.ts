/** Keeps credentials out of everything that the suite writes, shows or throws. */
export { type Evidence, type EvidenceSource, type ShownExchange, toEvidence, toShownExchange } from './evidence.js';
export { isSecretHeader, isSecretMember } from './names.js';
export { createRedactor, type Redactor } from './redactor.js';
export { type Scene, sceneScript } from './scene.js';
export { type ScriptCall, scriptOf } from './script.js';
export { curlLine, MAX_BODY_LENGTH } from './shell.js';
export { givenOut, variableFor } from './stage.js';
export { strengthOf } from './strength.js';
