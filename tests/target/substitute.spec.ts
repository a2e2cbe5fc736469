// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what these tests are about

import fc from 'fast-check';
import { findJsonError, pointerToPath } from '../../src/target/index.js';
import { substitute } from '../../src/target/substitute.js';
import { expect, test } from '../test.js';

const variable = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((name) => name !== '__proto__');
const filled = fc.string({ minLength: 1 });
const plain = fc.string().filter((text) => !text.includes('$'));

/** Any JSON whose texts and member names hold no placeholder. */
const plainJson = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    plain,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(plain, tie('node'), { maxKeys: 4 }),
  ),
})).node;

test('what has no placeholder stays as it is', () => {
  fc.assert(
    fc.property(plainJson, fc.dictionary(variable, filled), (json, env) => {
      const result = substitute(json, env);
      expect(result.value).toEqual(json);
      expect(result.problems).toEqual([]);
      expect(result.fromEnvironment.size).toBe(0);
    }),
  );
});

test('a placeholder becomes the exact value of its variable, wherever it stands', () => {
  fc.assert(
    fc.property(plain, variable, filled, plain, plain, (before, name, value, after, member) => {
      const text = `${before}\${${name}}${after}`;
      const { value: replaced, problems } = substitute([{ [member]: text }], { [name]: value });
      expect(problems).toEqual([]);
      expect(replaced).toEqual([{ [member]: before + value + after }]);
    }),
  );
});

test('what comes out of the environment is not searched again', () => {
  fc.assert(
    fc.property(variable, variable, filled, (outer, inner, value) => {
      fc.pre(outer !== inner);
      const env = { [outer]: `\${${inner}}`, [inner]: value };
      expect(substitute(`\${${outer}}`, env).value).toBe(`\${${inner}}`);
    }),
  );
});

test('each unset variable is named where it stands', () => {
  fc.assert(
    fc.property(variable, fc.nat({ max: 5 }), (name, index) => {
      const list = Array.from({ length: index + 1 }, (_, at) => (at === index ? { key: `\${${name}}` } : 'x'));
      const { problems } = substitute({ pairs: list }, {});
      expect(problems).toHaveLength(1);
      expect(problems[0]?.path).toBe(`pairs[${index}].key`);
      expect(problems[0]?.problem).toContain(`environment variable ${name} is not set`);
    }),
  );
});

test('two placeholders in one text are both replaced, and both told', () => {
  expect(substitute('${A}-${B}', { A: '1', B: '2' }).value).toBe('1-2');
  expect(substitute('${A}-${B}', {}).problems.map(({ path }) => path)).toEqual(['', '']);
});

for (const [text, told] of [
  ['${}', '${} names no variable'],
  ['${A B}', '${A B} names no variable'],
  ['x${A', 'without its closing brace'],
] as const) {
  test(`told: ${text}`, () => {
    expect(substitute({ a: text }, { A: '1' }).problems).toEqual([
      { path: 'a', problem: expect.stringContaining(told) },
    ]);
  });
}

test('a dollar or a brace alone is plain text', () => {
  expect(substitute('$A {B} $', { A: '1', B: '2' })).toMatchObject({ value: '$A {B} $', problems: [] });
});

test('a JSON pointer is written in the words of the file', () => {
  expect(pointerToPath('')).toBe('');
  expect(pointerToPath('/ozeki/pairs/0/alice/apikey')).toBe('ozeki.pairs[0].alice.apikey');
  expect(pointerToPath('/a~1b/c~0d')).toBe('a/b.c~d');
});

test('the finder of JSON errors agrees with the parser on what is JSON', () => {
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '}', ']', '"', ':', '\\', '\n', '\u0001', '0', '-', 'x', '{', '['),
    )
    .map(([text, at, piece]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place + (at % 2));
    });
  fc.assert(
    fc.property(fc.oneof(damaged, fc.json(), fc.string()), (text) => {
      expect(findJsonError(text) === undefined).toBe(parses(text));
    }),
    { numRuns: 2000 },
  );
});

test('the place of a JSON error is where the text first goes wrong', () => {
  expect(findJsonError('{"a": 1,\r\n  "b": tru}')).toEqual({ line: 2, column: 8, expected: 'a value' });
  expect(findJsonError('{"a" 1}')).toMatchObject({ line: 1, column: 6, expected: 'a colon after the member name' });
  expect(findJsonError('[1, 2\n3]')).toMatchObject({ line: 2, column: 1, expected: 'a comma or ]' });
  expect(findJsonError('{} x')).toMatchObject({ line: 1, column: 4, expected: 'the end of the file' });
  expect(findJsonError('['.repeat(200_000))).toMatchObject({ line: 1, column: 200_001 });
});
