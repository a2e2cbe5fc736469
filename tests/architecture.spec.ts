import { expect, test } from '@playwright/test';
import { circles, filesNamingApis, importsBetweenApis, wrongImports } from '../scripts/architecture.js';

test('imports go one way, as the table of rooms says', () => {
  expect(wrongImports()).toEqual([]);
});

test('no API imports another', () => {
  expect(importsBetweenApis()).toEqual([]);
});

test('no import leads back to where it came from', () => {
  expect(circles()).toEqual([]);
});

test('the engine knows no API by name', () => {
  expect(filesNamingApis()).toEqual([]);
});
