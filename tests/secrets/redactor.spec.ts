import fc from 'fast-check';
import { createRedactor } from '../../src/secrets/index.js';
import { expect, test } from '../test.js';

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const escapeAll = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
const percentAll = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '%$&');

const mimeLines = (text: string): string => text.replace(/.{76}/g, '$&\r\n');

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
  'hex in mixed case': (text) =>
    Buffer.from(text)
      .toString('hex')
      .replace(/[a-f]/, (digit) => digit.toUpperCase()),
  'base64 of base64': (text) => base64(base64(text)),
  'base64 of base64 of JSON': (text) => base64(JSON.stringify({ inside: base64(JSON.stringify({ token: text })) })),
  'base64 of hex': (text) => base64(Buffer.from(text).toString('hex')),
  'base64 in MIME lines': (text) => mimeLines(base64(`${'x'.repeat(50)}${text}${'y'.repeat(50)}`)),
  'base64 in MIME lines, in JSON': (text) => json(mimeLines(base64(`${'x'.repeat(50)}${text}${'y'.repeat(50)}`))),
  'URL-encoded three times': (text) => encodeURIComponent(encodeURIComponent(encodeURIComponent(text))),
  'in HTML, numbers with leading zeros': (text) => text.replace(/[\s\S]/gu, (char) => `&#000${char.codePointAt(0)};`),
  'in HTML, hex numbers with leading zeros': (text) =>
    text.replace(/[\s\S]/gu, (char) => `&#X0${char.codePointAt(0)?.toString(16)};`),
};

/**
 * The mask itself can make or be a secret of three asterisks; no generator of credentials makes one. Of one that is hardly more than
 * the beginnings of escapes too little is left when they are resolved.
 */
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
  .filter((secret) => !secret.includes('*') && secret.replace(/[\\%&]/g, '').length >= 4);

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

test.describe('what a server gives out', () => {
  const words = [
    'message',
    'a',
    '',
    '0',
    'status',
    'Authorization',
    'two words, 12',
    '\\'.repeat(64),
    'x'.repeat(100_000),
  ];
  const finding = {
    message: 'list was not served: HTTP 200, {"status":"ERROR"}',
    path: '/messages/0/message',
    expected: 'a status, such as "OK"',
    found: 'no message',
    pages: [{ page: 1, cursor: 'a', items: ['x'], marks: { x: 'again' } }],
  };

  for (const word of words) {
    test(`is masked in its place alone when it is no key: ${word.slice(0, 20)}`, () => {
      const redactor = createRedactor();
      redactor.add(word);
      expect(redactor.finding({ ...finding, exchanges: [] })).toEqual(finding);
      expect(redactor.sentence('the message that has a status')).toBe('the message that has a status');
      expect(redactor.json({ message: 'a message', secureKey: word })).toEqual({
        message: 'a message',
        secureKey: word === '' ? '' : '***',
      });
    });
  }

  test('changes none of our words, whatever it is', () => {
    const sentences = [
      'list was not served: HTTP 200, no JSON',
      'the body does not fit the documented schema at /conversations/0/properties/0/hideid',
      'needs "allow": "write"; the target allows "read"',
      'alice asks for the messages of 2024-03-08 13:55:47, limit 50',
      'OZ-LOGIN-2-SHOULD and GE-COM-4: application/json; charset=utf-8, HTTP/1.1, md5, base64',
      'the rate limit was reached: 429 3 times; it asks to wait 60 s, longer than the 5 s that a run waits',
    ];
    const parts = fc.constantFrom(...sentences).chain((sentence) =>
      fc.tuple(fc.nat(sentence.length), fc.nat(sentence.length)).map(([from, to]) => ({
        sentence,
        part: sentence.slice(Math.min(from, to), Math.max(from, to)),
      })),
    );
    fc.assert(
      fc.property(parts, ({ sentence, part }) => {
        const redactor = createRedactor();
        redactor.add(part);
        return redactor.sentence(sentence) === sentence;
      }),
      { numRuns: 2000 },
    );
  });

  test('is masked wherever it stands when it looks like a key, in the words of the server most of all', () => {
    const redactor = createRedactor();
    redactor.add('8b31761b2154884c', 'canary-secure-key');
    expect(redactor.text('a canary-secure-key')).toBe('a ***');
    expect(redactor.json({ '8b31761b2154884c': 'x', 'canary-secure-key': 'canary-secure-key' })).toEqual({
      '***': 'x',
      'canary-secure-key': '***',
    });
    expect(redactor.sentence('refused for 8b31761b2154884c, it says "no canary-secure-key"')).toBe(
      'refused for ***, it says "no ***"',
    );
    expect(redactor.sentence('it says {"errormessage":"no canary-secure-k…')).toBe('it says {"errormessage":"no ***…');
  });

  test('leaves our opening quote where it begins with one, however that is escaped', () => {
    const redactor = createRedactor(['%22canary-secret-1', '"canary"secret-2']);
    expect(redactor.sentence('it says "canary-secret-1" and "no"')).toBe('it says "***" and "no"');
    expect(redactor.sentence('it has "canary"secret-2')).toBe('it has ***');
  });

  test('changes none of our words around what a server says in quotes', () => {
    const said = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            ...[
              '-----BEGIN PRIVATE KEY-----',
              '\nCookie: ',
              'token=',
              '"password":"',
              '<secret>',
              '&token=',
              '%22',
              '\\"',
              '\\',
              '…',
            ],
            ...[
              'name="password"\r\n\r\n',
              'https://a@',
              'Digest response="',
              'Bearer ',
              'eyJhbGciOiJIUzI1NiJ9.',
              "pin='",
              '"',
              "'",
            ],
          ),
          fc.string({ maxLength: 6 }),
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(said, said, (first, second) => {
        const redactor = createRedactor();
        redactor.add(first, second);
        const sentence = `list was not served: ${JSON.stringify(first)}, token: alice; then ${JSON.stringify(second)} (99 characters)`;
        const shown = redactor.sentence(sentence);
        return (
          shown.startsWith('list was not served: "') &&
          shown.includes('", token: alice; then "') &&
          shown.endsWith('" (99 characters)')
        );
      }),
      { numRuns: 3000 },
    );
  });

  test('is forgotten, the oldest first, when there is too much of it; what the target names is not', () => {
    const redactor = createRedactor(['own-secret']);
    for (let index = 0; index < 5000; index += 1) redactor.add(`given-${index}-key`);
    expect(redactor.text('own-secret given-0-key given-4999-key')).toBe('*** given-0-key ***');
    expect(redactor.json({ token: 'given-0-key' })).toEqual({ token: '***' });
  });
});

test('long texts of hostile shape end', () => {
  const redactor = createRedactor(['canary-secret-1']);
  const shapes = [
    '\\"',
    'name="a"\n',
    '"token":"',
    'a:"',
    '<a ',
    'Digest response=',
    'https://hooks.slack.com/services/',
    '="',
  ];
  for (const shape of shapes) {
    const text = `${shape.repeat(60_000 / shape.length)}\\`;
    expect(redactor.sentence(text)).not.toContain('canary');
    expect(redactor.text(text)).not.toContain('canary');
  }
  const codes = Object.fromEntries(
    Array.from({ length: 5000 }, (_, at) => [`${'_'.repeat(at % 128)}c${'-'.repeat(at >> 7)}ode`, at]),
  );
  expect(redactor.json(codes)).toEqual(codes);
});

test('what a finding quotes is cut, with no part of a credential at the end', () => {
  const redactor = createRedactor(['canary-secret-1']);
  const long = `${'x'.repeat(7992)}canary-secret-1${'y'.repeat(1_000_000)}`;
  const shown = redactor.finding({
    message: `found "${long}"`,
    found: long,
    expected: long,
    pages: [{ page: 1, cursor: long, items: Array.from({ length: 200_000 }, (_, item) => `${item}`) }],
    exchanges: [],
  });
  expect(JSON.stringify(shown)).not.toContain('canary');
  expect(shown.found).toBe(`${'x'.repeat(7992)}… [cut from 1008007 characters]`);
  // Fewer than eight characters of it, which tell nothing, may stay in a sentence.
  expect(shown.message.slice(-45)).toMatch(/xc?… \[cut from 1008015 characters\]$/);
  expect(shown.pages?.[0]?.items).toHaveLength(1001);
  expect(shown.pages?.[0]?.items.at(-1)).toBe('… [cut from 200000 items]');
  expect(JSON.stringify(shown).length).toBeLessThan(60_000);
});

test('a text is cut where no more of a credential is left than five characters of base64', () => {
  const redactor = createRedactor(['canary-secret/1']);
  for (const written of ['canary-secret/1', 'canary-secret%2F1', base64('canary-secret/1')]) {
    const text = `${written} – ${written} – ${written}`;
    for (let length = 0; length <= text.length; length += 1) {
      const left = redactor.cut(text, length).replace(/[*– ]+/g, '');
      expect(left.length).toBeLessThanOrEqual(written.startsWith('canary') ? 0 : 5);
    }
  }
  expect(redactor.cut('short', 10)).toBe('short');
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
    ['https://chat.test/cb?code=abc&state=x', 'https://chat.test/cb?code=***&state=x'],
    ['{"grant_type":"authorization_code","code":"abc"}', '{"grant_type":"authorization_code","code":"***"}'],
    ['{"code":"10110","desc":"x"}', '{"code":"10110","desc":"x"}'],
    [
      'redirect=https%3A%2F%2Fx.test%3Faccess_token%3Dabc%26a%3Db',
      'redirect=https%3A%2F%2Fx.test%3Faccess_token%3D***%26a%3Db',
    ],
    ['"{\\"refresh_token\\":\\"abc\\"}"', '"{\\"refresh_token\\":\\"***\\"}"'],
    ['{"x":"token":"abc"}', '{"x":"token":"***"}'],
    ['<password>abc</password>', '<password>***</password>'],
    ['it says Bearer abc12345678', 'it says Bearer ***'],
    ['the bearer documents, Basic information', 'the bearer documents, Basic information'],
    ['see eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl.', 'see ***'],
    ['key AKIAIOSFODNN7EXAMPLE!', 'key ***!'],
    ['ghp_0123456789abcdefghijklmnopqrstuvwxyz', '***'],
    ['code=Zq7canaryX81wPz3&a=b', 'code=***&a=b'],
    ['{"code":"Zq7canaryX81wPz3"}', '{"code":"***"}'],
    ['{"code":"ERR_NOT_FOUND","x":1}', '{"code":"ERR_NOT_FOUND","x":1}'],
    ['{"password":12345678,"pin":-1234}', '{"password":***,"pin":***}'],
    ['https://chat.test/#access_token=abc&x=1', 'https://chat.test/#access_token=***&x=1'],
    ["{'password':'abc', token: \"d'e\"}", "{'password':'***', token: \"***'e\"}"],
    ['<user password="abc" name="x"/>', '<user password="***" name="x"/>'],
    ['<password><![CDATA[abc]]></password>', '<password><![CDATA[***]]></password>'],
    ['<wsse:Password Type="x">abc</wsse:Password>', '<wsse:Password Type="x">***</wsse:Password>'],
    ['a; name="password"\r\n\r\nabc\r\n--x', 'a; name="password"\r\n\r\n***\r\n--x'],
    ['Authorization: Digest username="a", response="abc"\r\nX: y', 'Authorization: ***\r\nX: y'],
    ['it wants Digest username="a", response="abc"', 'it wants Digest username="a", response="***"'],
    ['OAuth oauth_token="abc", realm="x"', 'OAuth oauth_token="***", realm="x"'],
    ['it says Bearer abcdefGHIJKLmnop', 'it says Bearer ***'],
    ['123456789:AAF1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q', '***'],
    ['https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXX', 'https://hooks.slack.com/services/***'],
    [`shpat_${'0a1b2c3d'.repeat(4)} dapi${'0a1b2c3d'.repeat(4)}`, '*** ***'],
    ['x -----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----', 'x ***'],
    ['x -----BEGIN PGP PRIVATE KEY BLOCK-----\nb3Bl\n-----END PGP PRIVATE KEY BLOCK-----', 'x ***'],
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
      'X-Auth-Token': 'z',
      'X-Amz-Security-Token': 'z',
      'X-Amz-Date': '20240308T135547Z',
    };
    expect(redactor.headers(headers)).toEqual({
      'Ozeki-Signature': '***',
      ApiKey: '***',
      'set-cookie': '***',
      'Ozeki-User': 'alice',
      Authorization: '',
      'X-Auth-Token': '***',
      'X-Amz-Security-Token': '***',
      'X-Amz-Date': '20240308T135547Z',
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

  test('numbers, and objects with a value, under a telling name', () => {
    expect(
      createRedactor().json({ pin: 123456, token: 5, password: { type: 'x', value: 'abc' }, code: 'Zq7canaryX81wPz3' }),
    ).toEqual({
      pin: '***',
      token: 5,
      password: { type: 'x', value: '***' },
      code: '***',
    });
  });

  test('lists under a telling name, and pairs of name and value', () => {
    expect(
      createRedactor().json({
        tokens: ['abc', 5, { id: 'x' }],
        headers: [
          { name: 'X-Api-Key', value: 'abc' },
          { name: 'Accept', value: 'abc' },
        ],
      }),
    ).toEqual({
      tokens: ['***', 5, { id: 'x' }],
      headers: [
        { name: 'X-Api-Key', value: '***' },
        { name: 'Accept', value: 'abc' },
      ],
    });
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

test('a part of a credential at the end of a header is masked, also in base64', () => {
  const secret = 'kJ8f-2mQx71Zp_0aVbN4tRyUw9LsEd63';
  const redactor = createRedactor([secret]);
  const echo = Buffer.from(`POST /chat ${secret} and more`).toString('base64');
  const { 'x-echo': plain = '', 'x-coded': coded = '' } = redactor.headers({
    'x-echo': `POST /chat ${secret.slice(0, 20)}`,
    'x-coded': echo.slice(0, 40),
  });
  expect(plain).not.toContain(secret.slice(0, 12));
  expect(Buffer.from(coded, 'base64').toString('latin1')).not.toContain(secret.slice(0, 12));
});

test('a header that ends in what a credential may begin with stays as it is', () => {
  const redactor = createRedactor(['ekJ8f-2mQx71Zp_0aVbN4tRyUw9LsEd63', '3f8aa2b9c4d5e6f7']);
  const headers = { connection: 'keep-alive', 'content-length': '113', server: 'node-ekJ8f' };
  expect(redactor.headers(headers)).toEqual(headers);
});
