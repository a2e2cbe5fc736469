import fc from 'fast-check';
import type { ReceivedResponse } from '../../src/exchange/index.js';
import { parseJson } from '../../src/transport/index.js';
import { mendOf, pageOf } from '../../src/transport/page.js';
import { expect, test } from '../test.js';

/** The API of these tests answers objects with a member `code`. */
const isOwn = (body: unknown) => typeof body === 'object' && body !== null && 'code' in body;

function response(text: string, status = 200, headers: Record<string, string> = {}): ReceivedResponse {
  return { status, headers, text, bytes: Buffer.byteLength(text), ...parseJson(text) };
}

for (const [what, answer] of [
  ['a success', response('{"code":"0"}')],
  ['a refusal, whatever its status', response('{"code":"1"}', 503)],
  ['a redirect with an answer of the API', response('{"code":"1"}', 302)],
  ['JSON of nobody with a success status', response('{"ok":true}')],
  ['broken JSON', response('{"code":')],
  ['broken JSON with a status of a gateway', response('[{"code":', 502)],
  ['warnings of an interpreter before the JSON', response('<br />\n<b>Warning</b>: x in y\n{"code":"0"}')],
  ['the JSON in a page', response('<html><body>{"code":"0"}</body></html>')],
] as const) {
  test(`is the server's: ${what}`, () => {
    expect(pageOf(answer, isOwn)).toBeUndefined();
  });
}

for (const [what, answer, words] of [
  ['a redirect', response('', 302, { location: '/login?token=canary#x' }), 'HTTP 302, a redirect to /login'],
  [
    'a redirect with a password',
    response('', 307, { location: 'https://a:canary@b.example/c' }),
    'HTTP 307, a redirect to https://b.example/c',
  ],
  ['a redirect to nowhere', response('', 304), 'HTTP 304, a redirect to nowhere'],
  ['a page with a title', response('<html><title>\n Sign\n in </title>'), 'HTTP 200 with a page titled "Sign in"'],
  ['a page without', response('<!DOCTYPE html><p>x'), 'HTTP 200 with a page of HTML'],
  ['text', response('upstream connect error 12', 503), 'HTTP 503 with the text "upstream connect error 12"'],
  ['nothing', response(' \n'), 'HTTP 200 with no body'],
  [
    'JSON of a gateway',
    response('{"message":"no"}', 404),
    'HTTP 404 with JSON that is none of the API\'s ({"message":"no"})',
  ],
  [
    'who answers',
    response('', 403, { server: 'front', via: '1.1 v', 'www-authenticate': 'Basic', date: 'x' }),
    'HTTP 403 with no body [WWW-Authenticate: Basic, Server: front, Via: 1.1 v]',
  ],
] as const) {
  test(`is a page: ${what}`, () => {
    expect(pageOf(answer, isOwn)?.words).toBe(words);
  });
}

test('pages of one kind look alike, whatever numbers are in them; others do not', () => {
  const look = (...args: Parameters<typeof response>) => pageOf(response(...args), isOwn)?.look;
  expect(look('request 17 failed', 500)).toBe(look('request 4711 failed', 500));
  expect(look('<title>a</title>one')).toBe(look('<title>a</title>two'));
  expect(look('{"message":"a","id":1}', 404)).toBe(look('{"message":"b","id":2}', 404));
  expect(look('<title>a</title>')).not.toBe(look('<title>b</title>'));
  expect(look('', 401)).not.toBe(look('', 403));
});

test('any answer is told from a page, and no page makes a long sentence', () => {
  const any = fc.record({
    text: fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((text) => `<title>${text}</title>`),
    ),
    status: fc.integer({ min: 200, max: 599 }),
    location: fc.string(),
  });
  fc.assert(
    fc.property(any, ({ text, status, location }) => {
      const answer = response(text, status, { location });
      const page = pageOf(answer, isOwn);
      if (page === undefined) return;
      const asked = {
        url: 'https://a.example/x/list?q=1',
        member: 'a.url',
        base: 'https://a.example/x',
        needsAuthorization: false,
      };
      expect(mendOf(page, answer, asked).length).toBeLessThan(300 + location.length);
      expect(page.words.length).toBeLessThan(600 + location.length);
    }),
  );
});

test.describe('a redirect', () => {
  const mend = (location: string, url: string, base: string) => {
    const answer = response('', 302, { location });
    const page = pageOf(answer, isOwn);
    if (page === undefined) throw new Error('no page');
    return mendOf(page, answer, { url, member: 'x.url', base, needsAuthorization: false });
  };

  for (const [what, location, url, base, mended] of [
    ['to https', 'https://a.example/api/list', 'http://a.example/api/list', 'http://a.example', 'https://a.example'],
    ['to another path', '/v2/api/list', 'http://a.example/api/list', 'http://a.example', 'http://a.example/v2'],
    [
      'of a script with a query',
      'https://a.example/o/index.php?api=x',
      'http://a.example/o?api=x',
      'http://a.example/o',
      'https://a.example/o/index.php',
    ],
  ] as const) {
    test(`${what} is followed by whoever writes the target`, () => {
      expect(mend(location, url, base)).toBe(`write ${mended} as x.url`);
    });
  }

  for (const [what, location] of [
    ['to a sign-in page', '/login'],
    ['to itself', 'http://a.example/api/list'],
    ['that drops the query', 'https://a.example/o/index.php'],
    ['that is no address', 'http://['],
  ] as const) {
    test(`${what} is not`, () => {
      expect(mend(location, 'http://a.example/api/list', 'http://a.example')).toMatch(/^if the API is there/);
    });
  }
});
