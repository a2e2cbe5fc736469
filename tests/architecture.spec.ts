import { circles, filesNamingApis, importsBetweenApis, loadedWith, wrongImports } from '../scripts/architecture.js';
import { expect, test } from './test.js';

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

test('the command line starts without the engine: what a command does is loaded when it is to be done', () => {
  const { files, packages } = loadedWith('main.ts');
  expect(packages).toEqual(['@bomb.sh/tab/commander', 'commander', 'fastest-levenshtein']);
  expect(files.filter((file) => !/^src\/cli\/(?!actions\/)/.test(file))).toEqual([
    'apis/names.ts',
    'main.ts',
    'src/console.ts',
    'src/errors.ts',
    'src/requirements/types.ts',
    'src/root.ts',
    'src/target/settings.ts',
  ]);
});
