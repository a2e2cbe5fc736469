/**
 * The `test` and `expect` of the tests of this project. Playwright's `test` sets up some thirty options of browsers for each test, which
 * takes longer than most tests here: this is the one without them. A test that wants a browser starts one.
 */
export { _baseTest as test, expect } from '@playwright/test';
