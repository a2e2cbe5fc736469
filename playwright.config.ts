import { defineConfig } from './playwright.js';

/** The conformance suite, as the variables of the environment ask for it. */
export default defineConfig();
