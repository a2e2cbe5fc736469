import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { createRedactor, redactError } from '../../src/secrets/index.js';

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const escapeAll = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
const percentAll = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '%$&');

/** How servers and libraries write a text. */
const forms: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'URL-encoded': encodeURIComponent,
  'URL-encoded, lower case': (text) => encodeURIComponent(text).replace(/%../g, (triplet) => triplet.toLowerCase()),
  'URL-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'form-encoded': (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'URL-encoded, every byte': percentAll,
  'in JSON': json,
  'in JSON in JSON': (text) => json(json(text)),
  'in JSON in JSON in JSON': (text) => json(json(json(text))),
  'in JSON, every character escaped': escapeAll,
  'in JSON in JSON, every character escaped': (text) => json(escapeAll(text)),
  'in JSON, URL-encoded': (text) => encodeURIComponent(json(text)),
  'in JSON, URL-encoded twice': (text) => encodeURIComponent(encodeURIComponent(json(text))),
  'in JSON in JSON, URL-encoded': (text) => encodeURIComponent(json(json(text))),
  'in JSON, form-encoded': (text) => new URLSearchParams({ a: json(text) }).toString().slice(2),
  'URL-encoded, in HTML': (text) => encodeURIComponent(text).replaceAll("'", '&#39;'),
  'in JSON, in HTML': (text) =>
    json(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in JSON with escaped slashes': (text) => json(text).replaceAll('/', '\\/'),
  'in HTML': (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`),
  'in HTML, named': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  base64,
  'base64, not padded': (text) => base64(text).replace(/=+$/, ''),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64, URL-encoded': (text) => encodeURIComponent(base64(text)),
  'base64 of JSON': (text) => base64(JSON.stringify({ token: text })),
  'base64 of a URL-encoded text': (text) => base64(`token=${encodeURIComponent(text)}`),
  hex: (text) => Buffer.from(text).toString('hex'),
  HEX: (text) => Buffer.from(text).toString('hex').toUpperCase(),
};

/** The mask itself can make or be a secret of three asterisks; no generator of credentials makes one. */
const secrets = fc
  .oneof(
    fc.string({ minLength: 4, maxLength: 48 }),
    fc.string({ minLength: 4, maxLength: 48, unit: 'grapheme' }),
    fc.string({ minLength: 8, maxLength: 64, unit: fc.constantFrom(...'abcdef0123456789') }),
    fc.base64String({ minLength: 8, maxLength: 64 }),
    fc.string({
      minLength: 4,
      maxLength: 12,
      unit: fc.constantFrom('\\', '"', '%', '&', '/', '+', ' ', '\n', "'", '<'),
    }),
  )
  .filter((secret) => !secret.includes('*'));

test('a secret survives in no form, whatever stands around it', () => {
  const around = fc.string({ maxLength: 12, unit: fc.constantFrom(...'xyz ,;:{}[]"=-') });
  fc.assert(
    fc.property(secrets, around, around, (secret, before, after) => {
      const redactor = createRedactor([secret]);
      // Plain comparisons: thousands of expects would each become a step of the report.
      const survivors = Object.entries(forms).filter(([, form]) => {
        const shown = redactor.text(`${before}(${form(secret)})${after}`);
        return shown.includes(form(secret)) || !shown.includes('***');
      });
      expect(survivors.map(([name]) => name)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('a secret survives at no place within a longer base64 text', () => {
  fc.assert(
    fc.property(secrets, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (secret, before, after) => {
      const redactor = createRedactor([secret]);
      return (['base64', 'base64url'] as const).every((encoding) => {
        const shown = redactor.text(Buffer.from(before + secret + after).toString(encoding));
        const parts = shown.split('***');
        return parts.length > 1 && !parts.some((part) => Buffer.from(part, encoding).includes(secret));
      });
    }),
    { numRuns: 400 },
  );
});

test('a secret that an excerpt cuts is gone up to the cut', () => {
  const long = secrets.filter((secret) => secret.length > 12 && Array.from(secret).length === secret.length);
  fc.assert(
    fc.property(long, fc.integer({ min: 8, max: 12 }), (secret, length) => {
      const redactor = createRedactor([secret]);
      const part = secret.slice(0, length);
      const survivors = [`x ${part}…`, `{"a":"${json(part)}…`, `found "${json(part)}"… (99 characters)`].filter(
        (text) => !redactor.text(text).includes('***'),
      );
      expect(survivors).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('what only begins like a secret is left as it is where nothing was cut', () => {
  const redactor = createRedactor(['signature-of-alice']);
  for (const text of ['signature', 'signature-of-', 'signature-of-bob…', 'the signa…'])
    expect(redactor.text(text)).toBe(text);
});

test('many secrets, side by side and overlapping, all go', () => {
  fc.assert(
    fc.property(fc.uniqueArray(secrets, { minLength: 2, maxLength: 8 }), (all) => {
      const shown = createRedactor(all).text(
        all.join('') + all.map(encodeURIComponent).join('|') + all.map(base64).join('.'),
      );
      return !all.some((secret) => shown.includes(secret));
    }),
    { numRuns: 300 },
  );
  expect(createRedactor(['abcd1234', '1234wxyz']).text('<abcd1234wxyz>')).toBe('<***>');
  expect(createRedactor(['abcd', 'abcd1234']).text('<abcd1234>')).toBe('<***>');
});

test('text without secrets is left as it is', () => {
  const redactor = createRedactor(['canary-0123456789', 'P@ss w0rd/+']);
  for (const text of [
    '',
    '{"id":"d40b","text":"a %20 b \\u0041 \\n &amp; c"}',
    'https://example.test/a?b=c&token_count=3#d',
    'mail alice@example.test',
    'the header authorization is missing',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  ]) {
    expect(redactor.text(text)).toBe(text);
  }
});

test('short secrets are masked only where secrets stand', () => {
  const redactor = createRedactor(['abc', '', '1']);
  expect(redactor.text('abc 1')).toBe('abc 1');
  expect(redactor.text('{"apikey":"abc"}')).toBe('{"apikey":"***"}');
});

test('secrets may be added later, and twice', () => {
  const redactor = createRedactor();
  expect(redactor.text('late-secret')).toBe('late-secret');
  redactor.add('late-secret', 'late-secret', 'other-secret');
  expect(redactor.text('late-secret other-secret')).toBe('*** ***');
});

test.describe('what stands where secrets stand is masked, known or not', () => {
  const redactor = createRedactor();
  const cases: [string, string][] = [
    ['https://alice:pw@chat.test/x', 'https://***@chat.test/x'],
    ['"https:\\/\\/alice@chat.test\\/x"', '"https:\\/\\/***@chat.test\\/x"'],
    ['https://chat.test/?apikey=abc&x=1&Token=d%20e#f', 'https://chat.test/?apikey=***&x=1&Token=***#f'],
    ['secureKey=8b31&alias=117', 'secureKey=***&alias=117'],
    ['{"secureKey": "8b\\"31", "alias":"117"}', '{"secureKey": "***", "alias":"117"}'],
    ['{"apikey":"","x":1}', '{"apikey":"","x":1}'],
    ['"{\\"apikey\\":\\"a\\\\\\"b\\",\\"x\\":\\"1\\"}"', '"{\\"apikey\\":\\"***\\",\\"x\\":\\"1\\"}"'],
    ['{"token":"cut in the mid', '{"token":"***'],
    ['Host: a\r\nOzeki-Signature: abc\r\nX: y', 'Host: a\r\nOzeki-Signature: ***\r\nX: y'],
    ["curl -H 'Authorization: Bearer abc' 'url'", "curl -H 'Authorization: ***' 'url'"],
    ['a -----BEGIN RSA PRIVATE KEY-----\r\nMII\r\n-----END RSA PRIVATE KEY----- b', 'a *** b'],
    ['"-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----"', '"***"'],
    ['-----BEGIN RSA PRIVATE KEY-----\ncut', '***'],
  ];
  for (const [text, expected] of cases) {
    test(text.replaceAll(/\s+/g, ' '), () => expect(redactor.text(text)).toBe(expected));
  }

  test('headers', () => {
    const headers = {
      'Ozeki-Signature': 'x',
      ApiKey: 'y',
      'set-cookie': 'z',
      'Ozeki-User': 'alice',
      Authorization: '',
    };
    expect(redactor.headers(headers)).toEqual({
      'Ozeki-Signature': '***',
      ApiKey: '***',
      'set-cookie': '***',
      'Ozeki-User': 'alice',
      Authorization: '',
    });
  });
});

test.describe('JSON values', () => {
  test('a deep copy: strings, names and numbers redacted, the rest as it was', () => {
    const redactor = createRedactor(['canary-secret', '12345678']);
    const value = {
      list: ['a canary-secret b', 1, null, true, 12345678],
      'canary-secret': { RSAKEY: 'unknown', token: 5, password: '' },
    };
    const before = structuredClone(value);
    expect(redactor.json(value)).toEqual({
      list: ['a *** b', 1, null, true, '***'],
      '***': { RSAKEY: '***', token: 5, password: '' },
    });
    expect(value).toEqual(before);
  });

  test('a member named __proto__ is a member', () => {
    const copy = createRedactor().json(JSON.parse('{"__proto__":{"token":"x"}}')) as object;
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"token":"***"}}');
  });

  test('circles and depth end', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(createRedactor().json(circle)).toEqual({ self: '(circular)' });
    let deep: unknown = 'x';
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    expect(JSON.stringify(createRedactor().json(deep))).toContain('nested deeper than 512 levels');
  });
});

test.describe('errors', () => {
  const secret = 'canary-secret';
  const redactor = createRedactor([secret]);

  test('message, stack, cause, members and the errors within are redacted, and the error stays itself', () => {
    const cause = new TypeError(`cause ${secret}`);
    const error = new AggregateError([new Error(`inner ${secret}`)], `outer ${secret}`, { cause });
    Object.assign(error, { matcherResult: { actual: secret, message: `got ${secret}` }, loop: error });
    expect(redactError(error, redactor)).toBe(error);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.message).toBe('outer ***');
    expect(error.stack).toContain('redactor.spec');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  });

  test('what is no error comes back redacted', () => {
    expect(redactError(`thrown ${secret}`, redactor)).toBe('thrown ***');
    expect(redactError(undefined, redactor)).toBeUndefined();
  });
});

test('a large text takes a moment, not minutes', () => {
  const many = Array.from({ length: 60 }, (_, index) => randomBytes(24).toString(index % 2 ? 'hex' : 'base64'));
  const redactor = createRedactor(many);
  const large = randomBytes(500_000).toString('hex') + many.join(' ');
  for (const text of [large, JSON.stringify({ large: JSON.stringify({ large }) })]) {
    redactor.text(text);
    const start = performance.now();
    redactor.text(text);
    // Some 15 ms on one core; the bound is wide because other tests run beside this one.
    expect(performance.now() - start).toBeLessThan(1000);
  }
});
