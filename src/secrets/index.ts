/** Keeps credentials out of everything that the suite writes, shows or throws. */
export { curlLine, type Evidence, type EvidenceSource, MAX_BODY_LENGTH, toEvidence } from './evidence.js';
export { isSecretHeader, isSecretMember } from './names.js';
export { createRedactor, type Redactor } from './redactor.js';
export { strengthOf } from './strength.js';
