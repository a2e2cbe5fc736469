// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what these tests are about
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { genesysOf } from '../../apis/genesys/target.js';
import { ozekiOf } from '../../apis/ozeki/target.js';
import { relationOf } from '../../apis/relation/target.js';
import { UsageError } from '../../src/errors.js';
import { apisInScope, describeTarget, type ResolvedTarget, runSettings } from '../../src/target/index.js';
import { loadTarget, secretsOf, targetFromText } from '../apis.js';
import { expect, test } from '../test.js';
import { account, type Json, ozeki, relation, secretEnv } from './samples.js';

/** Loads a target file of this content; `env` has the samples' variables unless told otherwise. */
function load(content: Json, env: Record<string, string | undefined> = secretEnv): ResolvedTarget {
  return targetFromText(JSON.stringify(content), 'staging.json', env);
}

/** The problems that loading this content names. */
function problemsOf(content: unknown, env: Record<string, string | undefined> = secretEnv): readonly string[] {
  try {
    targetFromText(typeof content === 'string' ? content : JSON.stringify(content), 'staging.json', env);
  } catch (error) {
    if (error instanceof UsageError) {
      for (const secret of Object.values(secretEnv)) expect(error.message).not.toContain(secret);
      return error.problems;
    }
    throw error;
  }
  return [];
}

test('a file with the fewest members gets every default', () => {
  const target = load({ name: 'staging', ozeki: ozeki() });
  expect(target).toMatchObject({
    name: 'staging',
    allow: 'read',
    timeoutMs: 10_000,
    clockToleranceSeconds: 120,
    sections: { ozeki: { firstPageCursor: 'now', signing: { scheme: 'static' } } },
  });
  expect(target.maxRequestsPerSecond).toBeUndefined();
  expect(ozekiOf(target)?.pairs[0]?.alice.apikey).toBe(secretEnv.ALICE_APIKEY);
});

test('members that are written hold over the defaults', () => {
  const target = load({
    $schema: './${NOT_READ}.json',
    name: 'staging',
    allow: 'write',
    timeoutMs: 5,
    clockToleranceSeconds: 0,
    maxRequestsPerSecond: 0.5,
    ozeki: { ...ozeki(), firstPageCursor: 'omit' },
  });
  expect(target).toMatchObject({ allow: 'write', timeoutMs: 5, clockToleranceSeconds: 0, maxRequestsPerSecond: 0.5 });
  expect(ozekiOf(target)?.firstPageCursor).toBe('omit');
});

test('a byte order mark is no part of the text', () => {
  const text = `\uFEFF${JSON.stringify({ name: 'staging', ozeki: ozeki() })}`;
  expect(targetFromText(text, 'staging.json', secretEnv).name).toBe('staging');
});

test('slashes at the end of a URL go, but for the folder of a script', () => {
  const target = load({
    name: 'staging',
    ozeki: { ...ozeki(), url: 'https://staging.example/ozeki/index.php//' },
    genesys: { url: 'https://staging.example/', tenantName: 'Environment' },
    relation: { ...relation(), url: 'https://api.staging.example/base///' },
  });
  expect(ozekiOf(target)?.url).toBe('https://staging.example/ozeki/index.php');
  expect(genesysOf(target)?.url).toBe('https://staging.example');
  expect(relationOf(target)?.url).toBe('https://api.staging.example/base');
  const folder = load({ name: 'staging', ozeki: { ...ozeki(), url: 'https://staging.example/ozeki/' } });
  expect(ozekiOf(folder)?.url).toBe('https://staging.example/ozeki/');
});

const whole = { name: 'staging', ozeki: ozeki() };

for (const [what, content, ...sentences] of [
  [
    'no API section',
    { name: 'staging' },
    'no API section stands in it: add at least one of ozeki, genesys, relation, gms',
  ],
  ['a list in place of the file', [], 'expected an object, found an empty array'],
  ['null in place of the file', null, 'expected an object, found null'],
  ['no name', { ozeki: ozeki() }, 'name: this member is missing: write a member "name"'],
  [
    'an unknown member with a near name',
    { ...whole, timeoutMS: 5 },
    'timeoutMS: no member of this name is known. Did you mean timeoutMs?',
  ],
  [
    'an unknown member with no near name',
    { ...whole, genesys: { url: 'https://a.example', tenantName: 'E', x: 1 } },
    'genesys.x: no member of this name is known. Known here: url, tenantName, without, headers, basicAuth, tls, proxy, cookies, userAgent, requestId.',
  ],
  [
    'an unknown member deep down',
    { ...whole, ozeki: { ...ozeki(), pairs: [{ alice: { ...account('ALICE'), apiKey: 'x' }, bob: account('BOB') }] } },
    'ozeki.pairs[0].alice.apiKey: no member of this name is known. Did you mean apikey?',
  ],
  [
    'a member named like a part of every object',
    '{"name":"staging","genesys":{"url":"https://a.example","tenantName":"E","__proto__":{},"constructor":1}}',
    'genesys.__proto__: no member of this name is known. Known here: url, tenantName, without, headers, basicAuth, tls, proxy, cookies, userAgent, requestId.',
    'genesys.constructor: no member of this name is known. Known here: url, tenantName, without, headers, basicAuth, tls, proxy, cookies, userAgent, requestId.',
  ],
  ['a wrong level', { ...whole, allow: 'delete' }, 'allow: expected one of "read", "write", "destroy", found "delete"'],
  ['a text for a number', { ...whole, timeoutMs: '10' }, 'timeoutMs: expected an integer, found "10"'],
  [
    'a time-out of nothing',
    { ...whole, timeoutMs: 0 },
    'timeoutMs: expected at least 1 (How long a request may take, in milliseconds.), found 0',
  ],
  [
    'no pairs',
    { ...whole, ozeki: { ...ozeki(), pairs: [] } },
    'ozeki.pairs: expected an array of at least 1, found an empty array',
  ],
  [
    'half a pair',
    { ...whole, ozeki: { ...ozeki(), pairs: [{ alice: account('ALICE') }] } },
    'ozeki.pairs[0].bob: this member is missing: write a member "bob"',
  ],
  [
    'a static account without a signature',
    { ...whole, ozeki: { ...ozeki(), outsider: { email: 'c@example.test', apikey: 'x', station: 's' } } },
    'ozeki.outsider.signature: this member is missing: write a member "signature"',
  ],
  [
    'an address that is none',
    { ...whole, ozeki: { ...ozeki(), outsider: { ...account('CAROL'), email: 'carol' } } },
    'ozeki.outsider.email: expected an e-mail address such as alice@example.test, found "carol"',
  ],
  [
    'a credential of a wrong type, which stays hidden',
    { ...whole, ozeki: { ...ozeki(), outsider: { ...account('CAROL'), apikey: 12345 } } },
    'ozeki.outsider.apikey: expected a string, found something else',
  ],
  [
    'no URL',
    { ...whole, genesys: { url: 'staging', tenantName: 'E' } },
    'genesys.url: this is no absolute URL: write one such as https://staging.example',
  ],
  [
    'a host and a port for a URL',
    { ...whole, genesys: { url: 'localhost:8080', tenantName: 'E' } },
    'genesys.url: the scheme localhost: cannot be tested: write a URL that starts with http:// or https://',
  ],
  [
    'a URL without its slashes',
    { ...whole, genesys: { url: 'https:staging.example', tenantName: 'E' } },
    'genesys.url: two slashes are missing after the scheme: write https://',
  ],
  [
    'a URL with a query',
    { ...whole, ozeki: { ...ozeki(), url: 'https://a.example/index.php?srv=chatserver' } },
    'ozeki.url: a query (?…) stands in the URL: take it out, the suite adds its own',
  ],
  [
    'a URL with a fragment',
    { ...whole, ozeki: { ...ozeki(), url: 'https://a.example/index.php#top' } },
    'ozeki.url: a fragment (#…) stands in the URL: take it out, it is never sent',
  ],
  [
    'a URL with white space',
    { ...whole, ozeki: { ...ozeki(), url: 'https://a.example/index.php ' } },
    'ozeki.url: white space stands in the URL: take it out',
  ],
  [
    'an account that stands twice in the pairs',
    {
      ...whole,
      ozeki: {
        ...ozeki(),
        pairs: [
          ...(ozeki().pairs as Json[]),
          { alice: { ...account('CAROL'), email: 'BOB@example.test' }, bob: account('DAVE') },
        ],
      },
    },
    'ozeki.pairs[1].alice.email: the same email stands at ozeki.pairs[0].bob.email: each account must be another one, with its own email',
  ],
  [
    'an outsider who is in a pair',
    { ...whole, ozeki: { ...ozeki(), outsider: account('ALICE') } },
    'ozeki.outsider.email: the same email stands at ozeki.pairs[0].alice.email: each account must be another one, with its own email',
    'ozeki.outsider.station: the same station stands at ozeki.pairs[0].alice.station: each account must be another one, with its own station',
  ],
  [
    'a member who is the peer',
    { ...whole, relation: { ...relation(), peer: { relationId: 'm1', token: 't' } } },
    'relation.peer.relationId: the same relationId stands at relation.member.relationId: each account must be another one, with its own relationId',
  ],
  [
    'module signing without a path',
    { ...whole, ozeki: { ...ozeki(), signing: { scheme: 'module' } } },
    'ozeki.signing.path: this member is missing: write a member "path"',
  ],
  [
    'an unset variable',
    { ...whole, relation: { ...relation(), apiKey: 'x-${NOT_SET}' } },
    'relation.apiKey: the environment variable NOT_SET is not set: set it, or write the value into the file',
  ],
  [
    'an unset variable where only some words are legal',
    { ...whole, allow: '${NOT_SET}' },
    'allow: the environment variable NOT_SET is not set: set it, or write the value into the file',
  ],
  [
    'several problems at once',
    { nme: 'staging', allow: 'all', genesys: { url: '${NOT_SET}', tenantName: 3 } },
    'genesys.url: the environment variable NOT_SET is not set: set it, or write the value into the file',
    'nme: no member of this name is known. Did you mean name?',
    'name: this member is missing: write a member "name"',
    'allow: expected one of "read", "write", "destroy", found "all"',
    'genesys.tenantName: expected a string, found 3',
  ],
] as [string, unknown, ...string[]][]) {
  test(`told: ${what}`, () => {
    expect(problemsOf(content)).toEqual(sentences);
  });
}

test('an empty variable is told apart from one that is not set', () => {
  expect(problemsOf(whole, { ...secretEnv, ALICE_APIKEY: '' })).toEqual([
    'ozeki.pairs[0].alice.apikey: the environment variable ALICE_APIKEY is empty: set it, or write the value into the file',
  ]);
});

test('a value from the environment is never shown, whatever member it stands in', () => {
  const env = { ...secretEnv, ALLOW: 'canary-in-allow' };
  expect(problemsOf({ ...whole, allow: '${ALLOW}' }, env)).toEqual([
    'allow: expected one of "read", "write", "destroy", found something else',
  ]);
});

test('problems stand under a heading that names the file, a line each', () => {
  expect(() => load({ name: '', ozeki: { ...ozeki(), url: 'x' } })).toThrow(
    /^The target file staging\.json cannot be used:\n {2}- ozeki\.url: .*\n {2}- name: expected a string that is not empty, found ""$/,
  );
});

for (const [what, text, sentence] of [
  ['nothing', '', 'The target file staging.json is empty. Write one with: chat-conformance init --api NAME'],
  ['a comment', '{\n  // staging\n}', 'at line 2, column 3: expected a member name in double quotes'],
  ['a comma too many', '{"name": "a",\n}', 'at line 2, column 1: expected another member (no comma stands before a })'],
  ['a file cut off', '{"name": "a"', 'at line 1, column 13: expected a comma or }'],
  ['an open string', '{"apikey": "sesame\n}', 'at line 1, column 12: expected a string that ends in a double quote'],
] as const) {
  test(`told with its place: ${what} in place of JSON`, () => {
    const [problem = ''] = problemsOf(text);
    expect(problem).toContain(sentence);
    expect(problem).not.toContain('sesame');
  });
}

test('a file that cannot be read is told, and why', () => {
  const folder = test.info().outputPath('folder');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'file.json');
  writeFileSync(file, '{}');
  expect(() => loadTarget(join(folder, 'none.json'))).toThrow(
    /none\.json cannot be read: there is no such file\. Name a/,
  );
  expect(() => loadTarget(folder)).toThrow(/cannot be read: it is a folder, not a file/);
  expect(() => loadTarget(join(file, 'x.json'))).toThrow(/a part of its path is a file, not a folder/);
});

test('a signing module is looked for beside the target file', () => {
  const file = test.info().outputPath('staging.json');
  const module = test.info().outputPath('sign.mjs');
  const signing = { scheme: 'module', path: './sign.mjs' };
  writeFileSync(file, JSON.stringify({ ...whole, ozeki: { ...ozeki(), signing } }));
  expect(() => loadTarget(file, secretEnv)).toThrow(
    `ozeki.signing.path: there is no file ${module}: name the signing module`,
  );
  writeFileSync(module, 'export default () => "s";');
  expect(loadTarget(file, secretEnv)).toMatchObject({
    source: file,
    sections: { ozeki: { signing: { scheme: 'module', path: module } } },
  });
});

test('the stub is loaded from its address and seed', () => {
  const target = loadTarget('stub', {
    CHAT_CONFORMANCE_STUB_URL: 'http://127.0.0.1:1',
    CHAT_CONFORMANCE_STUB_SEED: '7',
  });
  expect(target).toMatchObject({ source: 'stub', name: 'stub', allow: 'destroy' });
  expect(ozekiOf(target)?.url).toContain('http://127.0.0.1:1');
  expect(ozekiOf(target)?.pairs.length).toBeGreaterThanOrEqual(8);
  expect(() => loadTarget('stub', {})).toThrow(/CHAT_CONFORMANCE_STUB_URL is not set/);
  const wrong = { CHAT_CONFORMANCE_STUB_URL: 'http://127.0.0.1:1', CHAT_CONFORMANCE_STUB_SEED: 'x' };
  expect(() => loadTarget('stub', wrong)).toThrow(/CHAT_CONFORMANCE_STUB_SEED is no whole number/);
});

test('only APIs that the target has a section of come into scope', () => {
  const target = load({ ...whole, relation: relation() });
  expect(apisInScope(target)).toEqual(['ozeki', 'relation']);
  expect(apisInScope(target, ['relation'])).toEqual(['relation']);
  expect(() => apisInScope(target, ['ozeki', 'genesys'])).toThrow(
    '--api genesys: the target staging has no section of that name. Add one to the target file, or ask for ozeki, relation.',
  );
});

test('every credential is listed, and no description shows one', () => {
  const target = load({
    ...whole,
    genesys: { url: 'https://staging.example', tenantName: 'E', proxy: 'http://user:p%40ss@proxy.example' },
    relation: relation(),
  });
  const secrets = secretsOf(target);
  expect([...secrets].sort()).toEqual(
    [...Object.values(secretEnv), 'p%40ss', 'p@ss', Buffer.from('user:p@ss').toString('base64')].sort(),
  );
  const description = describeTarget(target);
  expect(description.urls.genesys).toBe('https://staging.example');
  for (const secret of secrets) expect(JSON.stringify(description)).not.toContain(secret);
});

test('without the settings of a run those of a bare Playwright hold', () => {
  expect(runSettings({})).toEqual({ strict: false, reports: 'reports' });
  expect(runSettings({ CHAT_CONFORMANCE_RUN: '{"strict":true,"reports":"/r"}' })).toEqual({
    strict: true,
    reports: '/r',
  });
});
