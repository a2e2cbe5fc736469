import { defineConfig } from '@playwright/test';
import config from './playwright.config.js';

/** All tests, the long ones too. */
export default defineConfig(config, { grepInvert: [] });
