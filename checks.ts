/** What the spec files of a plugin are written with. */
export { badBodies, legalMembers, mistyped, requiredIn, spoilt, without } from './fixtures/bad-input.js';
export { createExpect, type Expect, type Look, type Matcher } from './fixtures/expect/expect.js';
export { commonMatchers, commonNegations } from './fixtures/expect/matchers.js';
export { requirement as ozekiRequirement } from './fixtures/ozeki/vocabulary.js';
export { checksOf, type PlainWords } from './fixtures/plain.js';
export { type ApiSuite, createTest } from './runner/suite.js';
