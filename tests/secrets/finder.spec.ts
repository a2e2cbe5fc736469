import { createHash } from 'node:crypto';
import { createFinder } from '../../src/secrets/finder.js';
import { expect, test } from '../test.js';

/** Text that looks random and is the same in each run. */
function noise(length: number): string {
  let text = '';
  for (let block = 0; text.length < length; block += 1)
    text += createHash('sha512').update(`${block}`).digest('base64');
  return text.slice(0, length);
}

/** How many steps it takes to build for a secret, and to search a text. */
function steps(secret: string, text: string): number {
  const finder = createFinder();
  finder.add(secret);
  finder.find(text);
  return finder.steps();
}

const token = '8b31761b2154884c';
const texts: Record<string, (size: number) => string> = {
  prose: (size) => 'a message of some words, "quoted", 12. '.repeat(size / 39),
  base64: noise,
  hex: (size) => Buffer.from(noise(size / 2)).toString('hex'),
  backslashes: (size) => '\\'.repeat(size),
  'percent signs, encoded': (size) => `%${'25'.repeat(size / 2)}`,
  'entities of many zeros': (size) => `&#${'0'.repeat(size)}65;`,
  'one letter': (size) => 'a'.repeat(size),
  ellipses: (size) => `${noise(16)}…`.repeat(size / 17),
  'the secret without its end': (size) => token.slice(0, -1).repeat(size / 15),
};

for (const [name, make] of Object.entries(texts)) {
  test(`the work doubles at most when the text does: ${name}`, () => {
    for (const secret of [token, '\\'.repeat(64), `${'a'.repeat(63)}b`, noise(4000)]) {
      // What building takes, which a short text does not outweigh.
      const building = steps(secret, 'x');
      const [once, twice] = [steps(secret, make(20_000)) - building, steps(secret, make(40_000)) - building];
      expect(twice / once).toBeLessThan(2.1);
    }
  });
}

for (const [name, make] of Object.entries({ noise, backslashes: (size: number) => '\\'.repeat(size) })) {
  test(`the work doubles at most when the secret does: ${name}`, () => {
    for (const text of [noise(10_000), '\\'.repeat(10_000)])
      expect(steps(make(8000), text) / steps(make(4000), text)).toBeLessThan(2.1);
  });
}

test('the work doubles at most when the number of secrets does, and the last of many is found', () => {
  const cost = (number: number) => {
    const finder = createFinder();
    const secrets = Array.from({ length: number }, (_, index) => createHash('md5').update(`${index}`).digest('hex'));
    for (const secret of secrets) finder.add(secret);
    expect(finder.find(`<${secrets.at(-1)}>`)).toContainEqual({ start: 1, end: 33 });
    finder.find(noise(20_000));
    return finder.steps();
  };
  expect(cost(4000) / cost(2000)).toBeLessThan(2.1);
});
