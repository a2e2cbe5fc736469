import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/root.js';
import { strengthOf } from '../../src/secrets/strength.js';
import { expect, test } from '../test.js';

for (const value of [
  '',
  'a',
  '0',
  'message',
  'Authorization',
  'lastmessageid',
  'two words 1',
  '\\'.repeat(64),
  'abab1abab',
  '1234567',
])
  test(`a word: ${value}`, () => expect(strengthOf(value)).toBe('word'));

for (const value of ['hunter2', 'canary-secure-key', '1431932011847', 'correcthorsebatterystaple', 'application/json'])
  test(`likely: ${value}`, () => expect(strengthOf(value)).toBe('likely'));

for (const value of [
  '8b31761b2154884c',
  '4f326124-812c-4144-8bc5-87bf6b2eaf42',
  'dGhpcyBpcyBhIHRva2Vu',
  '-----BEGIN RSA PRIVATE KEY-----\r\nMII\r\n-----END RSA PRIVATE KEY-----',
])
  test(`random: ${value.slice(0, 40)}`, () => expect(strengthOf(value)).toBe('random'));

test('what is longer than any key is a word', () => {
  expect(strengthOf(randomBytes(50_000).toString('hex'))).toBe('word');
});

test('keys that a machine made are taken for random', () => {
  const made = Array.from({ length: 500 }, () => randomBytes(16)).flatMap((bytes) => [
    bytes.toString('hex'),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ]);
  expect(made.filter((key) => strengthOf(key) !== 'random').length).toBeLessThan(made.length / 20);
});

test('no word of our own sentences is taken for random', () => {
  const files = ['apis', 'fixtures', 'runner', 'specs', 'src'].flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('stub'))
      .map((file) => join(folder, file)),
  );
  expect(files.length).toBeGreaterThan(100);
  const words = new Set(
    files.flatMap((file) =>
      Array.from(
        readFileSync(join(packageRoot, file), 'utf8').matchAll(
          /(?<=\b(?:message|reason|step|expected|found)\b.{0,20})[`']([^`'\n]*)[`']/g,
        ),
        ([, text]) => text ?? '',
      ).flatMap((text) => text.split(/\$\{[^}]*\}|\s+/)),
    ),
  );
  expect(words.size).toBeGreaterThan(300);
  expect([...words].filter((word) => strengthOf(word) === 'random')).toEqual([]);
});
