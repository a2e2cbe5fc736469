/** Keeps credentials out of everything that the suite writes, shows or throws. */
export { curlLine, type Evidence, type EvidenceSource, MAX_BODY_LENGTH, toEvidence } from './evidence.js';
export { MIN_SECRET_LENGTH } from './forms.js';
export { createRedactor, type Redactor, redactError } from './redactor.js';
export { isSecretHeader, isSecretMember } from './structure.js';
