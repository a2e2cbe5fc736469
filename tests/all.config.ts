import { defineConfig } from '@playwright/test';
import config from './playwright.config.js';

/** All tests, the long ones too: those keep several processes busy each, so there are no more workers than processors. */
export default defineConfig(config, { grepInvert: [], workers: '100%' });
