import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../src/errors.js';
import type { Connection } from '../../src/exchange/connection.js';
import { environmentProxy, type ResolvedTarget } from '../../src/target/index.js';
import { targetFromText } from '../apis.js';
import { expect, test } from '../test.js';
import { createIssuer, selfSigned } from '../transport/certificates.js';

const genesys = { url: 'https://staging.example', tenantName: 'E' };
const relation = {
  url: 'https://api.example',
  apiKey: 'canary-apikey',
  channelUuid: 'c',
  member: { relationId: 'm', token: 'canary-member' },
  peer: { relationId: 'p', token: 'canary-peer' },
};

/** A folder of this test's own for files that a target names. */
function folder(): string {
  const path = test.info().outputPath('files');
  mkdirSync(path, { recursive: true });
  return path;
}

function load(file: object, env: Record<string, string> = {}): ResolvedTarget {
  return targetFromText(JSON.stringify({ name: 'staging', ...file }), join(folder(), 'target.json'), env);
}

function connectionOf(file: object, env: Record<string, string> = {}): Connection {
  return load(file, env).connections.genesys as Connection;
}

function problemsOf(file: object, env: Record<string, string> = {}): string[] {
  try {
    load(file, env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return [...(error as UsageError).problems];
  }
}

test('nothing stands before a server of which nothing is said', () => {
  expect(connectionOf({ genesys })).toEqual({ headers: {}, cookies: false });
});

test('what stands in a section holds before what stands at the top, of headers each for itself', () => {
  const connection = connectionOf({
    headers: { 'X-Both': 'far', 'X-Far': 'f' },
    cookies: 'session',
    userAgent: 'far',
    requestId: 'X-Far-Id',
    proxy: 'http://far.example:3128',
    genesys: {
      ...genesys,
      headers: { 'x-both': 'near', 'X-Near': 'n' },
      userAgent: 'near',
      proxy: 'http://near.example',
    },
  });
  expect(connection).toEqual({
    headers: { 'X-Far': 'f', 'x-both': 'near', 'X-Near': 'n' },
    cookies: true,
    userAgent: 'near',
    requestId: 'X-Far-Id',
    proxy: { url: 'http://near.example', from: 'genesys.proxy' },
  });
});

test('basicAuth is sent as Authorization', () => {
  const { headers } = connectionOf({ genesys: { ...genesys, basicAuth: { username: 'ü', password: 'a:b' } } });
  expect(headers).toEqual({ Authorization: `Basic ${Buffer.from('ü:a:b').toString('base64')}` });
});

test('secrets are secrets in every form in which they go out; plain words are none', () => {
  const { secrets } = load({
    headers: { 'X-Key': 'k3y-of-the-gateway', 'X-Env': 'staging', Cookie: 'sso=abcdef0123' },
    basicAuth: { username: 'user', password: 'sesame-open' },
    proxy: 'http://me:p%40ss@proxy.example',
    genesys,
  });
  expect(secrets).toEqual(
    expect.arrayContaining(['k3y-of-the-gateway', 'sso=abcdef0123', 'sesame-open', 'p%40ss', 'p@ss']),
  );
  expect(secrets).toContain(Buffer.from('user:sesame-open').toString('base64'));
  expect(secrets).not.toContain('staging');
});

test('the files of tls are read, relative to the folder of the target file', async () => {
  const issuer = await createIssuer();
  const { cert, key } = await issuer.issue('client', { passphrase: 'canary-passphrase' });
  const files = { 'ca.pem': issuer.cert, 'client.pem': cert, 'client.key': key };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder(), name), text);
  const tls = {
    ca: 'ca.pem',
    cert: './client.pem',
    key: join(folder(), 'client.key'),
    passphrase: 'canary-passphrase',
  };
  const target = load({ tls: { ...tls, serverName: 'inner.example' }, genesys });
  expect(target.connections.genesys?.tls).toEqual({
    ca: issuer.cert,
    cert,
    key,
    passphrase: 'canary-passphrase',
    serverName: 'inner.example',
  });
  expect(target.secrets).toEqual(expect.arrayContaining(['canary-passphrase', key]));
});

const told: [what: string, file: object, ...problems: (string | RegExp)[]][] = [
  [
    'headers of HTTP itself',
    { headers: { host: 'h', 'Content-Length': '1', 'content-type': 't' }, genesys },
    'headers.host: each request has a host of its own, which cannot be set: leave it out',
    'headers.Content-Length: each request has a Content-Length of its own, which cannot be set: leave it out',
    'headers.content-type: each request has a content-type of its own, which cannot be set: leave it out',
  ],
  [
    'headers of the API, at the top and in its section',
    { headers: { apikey: 'canary' }, genesys, relation: { ...relation, headers: { Authorization: 'canary' } } },
    'headers.apikey: apikey is a header of the relation API itself, which cannot be set: write it into the sections of the other APIs',
    'relation.headers.Authorization: Authorization is a header of the relation API itself, which cannot be set: leave it out',
  ],
  [
    'basicAuth where the API needs Authorization',
    { genesys, relation: { ...relation, basicAuth: { username: 'u', password: 'canary' } } },
    'relation.basicAuth: it is sent as Authorization, which is a header of the relation API itself: let the gateway ask for something else, such as a header or a client certificate.',
  ],
  [
    'basicAuth for all where one API needs Authorization',
    { basicAuth: { username: 'u', password: 'canary' }, genesys, relation },
    /^basicAuth: .*For the other APIs, write basicAuth into their sections\.$/,
  ],
  [
    'a request id in a header of the API',
    { requestId: 'Authorization', relation },
    /^requestId: Authorization is a header of the relation API itself/,
  ],
  [
    'two of one header',
    { requestId: 'x-key', headers: { 'X-Key': 'canary' }, genesys },
    'requestId: x-key stands in headers too: leave one of them out',
  ],
  [
    'a line break in a header',
    { headers: { 'X-Key': 'canary\r\nX-More: 1' }, userAgent: 'a\nb', genesys },
    /^headers\.X-Key: it holds a character that no HTTP header can carry/,
    /^userAgent: it holds a character/,
  ],
  ['a header that is none', { headers: { 'a b': 'canary' }, genesys }, /^headers.*the name of a header/],
  [
    'a header of another kind',
    { headers: { 'X-Key': 1 }, genesys },
    'headers.X-Key: expected a string, found something else',
  ],
  [
    'credentials in the url',
    { genesys: { ...genesys, url: 'https://user:canary@staging.example' } },
    /^genesys\.url: a user name or a password stands in the URL: take it out, and write it as "basicAuth"/,
  ],
  [
    'a proxy that is no URL',
    { proxy: 'canary', genesys },
    /^proxy: this is no URL: write one such as http:\/\/proxy\.example:3128$/,
  ],
  [
    'a proxy of another kind',
    { proxy: 'socks5://canary@p.example', genesys },
    /^proxy: a proxy of the kind socks5:\/\/ cannot be used/,
  ],
  ['a proxy with a path', { proxy: 'http://p.example/canary', genesys }, /^proxy: it goes on behind host and port/],
  [
    'a proxy with a user name alone',
    { proxy: 'http://canary@p.example', genesys },
    /^proxy: a user name stands in it without a password/,
  ],
  [
    'proxy credentials as a header',
    { headers: { 'Proxy-Authorization': 'canary' }, genesys },
    /^headers\.Proxy-Authorization: this goes to a proxy/,
  ],
  ['other cookies', { cookies: 'all', genesys }, 'cookies: expected one of "session", found "all"'],
  [
    'a user name with a colon',
    { genesys: { ...genesys, basicAuth: { username: 'a:b', password: 'canary' } } },
    /^genesys\.basicAuth\.username: /,
  ],
  [
    'a certificate without its key',
    { tls: { cert: 'client.pem' }, genesys },
    /^tls\.key: this member is missing/,
    /^tls\.cert: /,
  ],
  [
    'a member that is misspelt',
    { tls: { certificate: 'c' }, genesys },
    /^tls\.certificate: no member of this name is known/,
  ],
];

for (const [what, file, ...sentences] of told) {
  test(`told: ${what}`, () => {
    const problems = problemsOf(file);
    expect(problems).toHaveLength(sentences.length);
    for (const sentence of sentences)
      expect(problems).toContainEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
    expect(problems.join()).not.toContain('canary');
  });
}

test('files of tls that cannot be used are told one by one, without what is in them', async () => {
  const [one, other] = [await selfSigned('one'), await selfSigned('other')];
  const { key: locked } = await (await createIssuer()).issue('locked', { passphrase: 'canary-right' });
  const files = {
    'one.pem': one.cert,
    'one.key': one.key,
    'other.key': other.key,
    'locked.key': locked,
    'none.pem': 'canary, no PEM',
    'half.pem': one.cert.slice(0, 200) + one.cert.slice(-60),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder(), name), text);
  const at = (name: string) => join(folder(), name);
  const cases: [tls: object, problem: string][] = [
    [
      { ca: 'missing.pem' },
      `tls.ca: ${at('missing.pem')} cannot be read, there is no such file: name a file that can be read, relative to the folder of the target file`,
    ],
    [
      { ca: '.' },
      `tls.ca: ${folder()} cannot be read, it is a folder, not a file: name a file that can be read, relative to the folder of the target file`,
    ],
    [
      { ca: 'none.pem' },
      `tls.ca: ${at('none.pem')} holds no certificate in PEM: name a file with -----BEGIN CERTIFICATE-----`,
    ],
    [{ ca: 'half.pem' }, `tls.ca: ${at('half.pem')} holds a certificate that is damaged: write the file anew`],
    [
      { cert: 'one.pem', key: 'other.key' },
      'tls.key: this is not the key of the certificate in tls.cert: name the two that belong together',
    ],
    [
      { cert: 'one.pem', key: 'one.pem' },
      `tls.key: ${at('one.pem')} holds no private key in PEM: name a file with -----BEGIN PRIVATE KEY-----`,
    ],
    [
      { cert: 'one.pem', key: 'locked.key' },
      `tls.key: ${at('locked.key')} is encrypted: write its passphrase beside it`,
    ],
    [
      { cert: 'one.pem', key: 'locked.key', passphrase: 'canary-wrong' },
      `tls.key: ${at('locked.key')} is not opened by the passphrase: mend tls.passphrase`,
    ],
  ];
  for (const [tls, problem] of cases) expect(problemsOf({ tls, genesys })).toEqual([problem]);
  for (const [tls] of cases) expect(problemsOf({ genesys: { ...genesys, tls } })[0]).toMatch(/^genesys\.tls\./);
});

test.describe('the proxy of the environment', () => {
  const proxies = { HTTP_PROXY: 'http://plain.example:1', HTTPS_PROXY: 'secure.example:2' };
  const asked = (url: string, env: Record<string, string> = {}) =>
    environmentProxy(new URL(url), { ...proxies, ...env });

  test('is that of the scheme, and may be written without its own', () => {
    expect(asked('http://a.example')).toEqual({ url: 'http://plain.example:1', from: 'HTTP_PROXY' });
    expect(asked('https://a.example')).toEqual({ url: 'http://secure.example:2', from: 'HTTPS_PROXY' });
    expect(asked('http://a.example', { http_proxy: 'http://lower.example' })?.url).toBe('http://lower.example');
    expect(environmentProxy(new URL('https://a.example'), { HTTP_PROXY: 'http://plain.example' })).toBeUndefined();
    expect(environmentProxy(new URL('https://a.example'), { HTTPS_PROXY: '' })).toBeUndefined();
  });

  test('is not asked for this machine itself', () => {
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:1', 'app.localhost', '127.9.9.9'])
      expect(asked(`http://${host}`), host).toBeUndefined();
  });

  for (const [list, url, isExcepted] of [
    ['*', 'http://a.example', true],
    ['a.example', 'http://a.example', true],
    ['A.EXAMPLE', 'http://a.example', true],
    ['example', 'http://a.example', true],
    ['.example', 'http://a.example', true],
    ['*.example', 'http://a.example', true],
    ['ample', 'http://a.example', false],
    ['b.example, a.example', 'http://a.example', true],
    ['a.example:80', 'http://a.example', true],
    ['a.example:8080', 'http://a.example', false],
    ['a.example:443', 'https://a.example', true],
    ['10.0.0.0/8', 'http://10.1.2.3', true],
    ['10.0.0.0/8', 'http://11.1.2.3', false],
    ['10.0.0.0/99', 'http://10.1.2.3', false],
    ['2001:db8::/32', 'http://[2001:db8::1]', true],
    ['2001:db8::1', 'http://[2001:db8::1]', true],
    ['[2001:db8::1]:80', 'http://[2001:db8::1]', true],
    ['', 'http://a.example', false],
    [' , ', 'http://a.example', false],
  ] as const) {
    test(`NO_PROXY="${list}" ${isExcepted ? 'excepts' : 'does not except'} ${url}`, () => {
      expect(asked(url, { NO_PROXY: list }) === undefined).toBe(isExcepted);
    });
  }

  test('comes into a target, behind that of the file, and its faults are told', () => {
    expect(connectionOf({ genesys }, proxies).proxy).toEqual({ url: 'http://secure.example:2', from: 'HTTPS_PROXY' });
    expect(connectionOf({ genesys, proxy: 'http://own.example' }, proxies).proxy?.from).toBe('proxy');
    expect(problemsOf({ genesys }, { HTTPS_PROXY: 'http://canary@p.example' })).toEqual([
      expect.stringMatching(/^the environment variable HTTPS_PROXY: a user name stands in it without a password/),
    ]);
  });
});
