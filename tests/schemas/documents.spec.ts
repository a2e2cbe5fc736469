import { validateVerdict, validateWaivers } from '../../src/schemas/index.js';
import { validateTargetFile } from '../apis.js';
import { expect, test } from '../test.js';

const account = (name: string) => ({
  email: `${name}@example.test`,
  apikey: `\${${name.toUpperCase()}_APIKEY}`,
  station: '801c91e6466a1ab34945d73ae4f762c6',
  signature: 'signed',
});
const user = { relationId: 'r', token: 't' };
const target = {
  name: 'staging',
  allow: 'write',
  timeoutMs: 10000,
  clockToleranceSeconds: 120,
  maxRequestsPerSecond: 50,
  ozeki: {
    url: 'https://staging.example/ozeki/index.php',
    firstPageCursor: 'now',
    signing: { scheme: 'static' } as { scheme: string; path?: string },
    pairs: [{ alice: account('alice'), bob: account('bob') }],
    outsider: account('carol'),
  },
  genesys: { url: 'https://staging.example', tenantName: 'Environment' },
  gms: { url: 'https://staging.example/genesys/2/chat', serviceName: 'customer-support', form: { subject: 'help' } },
  relation: {
    url: 'https://api.staging.example',
    apiKey: 'k',
    channelUuid: 'c',
    member: user,
    peer: user,
    outsider: user,
  },
};
const pathsOf = (json: unknown): string[] => validateTargetFile(json).map(({ path }) => path);

test('a full target file is valid, and so is each API alone', () => {
  expect(validateTargetFile({ $schema: './target.json', ...target })).toEqual([]);
  for (const api of ['ozeki', 'genesys', 'relation', 'gms'] as const) {
    expect(validateTargetFile({ name: 'one', [api]: target[api] })).toEqual([]);
  }
});

test('a target file whose variables are not yet replaced is valid for editors', () => {
  const ozeki = { ...target.ozeki, url: `\${SERVER}/index.php`, outsider: { ...account('carol'), email: `\${CAROL}` } };
  expect(validateTargetFile({ ...target, ozeki })).toEqual([]);
});

test('a target file without any API is not valid', () => {
  expect(validateTargetFile({ name: 'none' })).toEqual([
    { path: '', expected: 'at least one of "ozeki", "genesys", "relation", "gms"', found: 'none of them' },
  ]);
});

test('unknown members are rejected everywhere in a target file', () => {
  const { ozeki, genesys, relation } = target;
  const [pair] = ozeki.pairs;
  const x = { x: 1 };
  const changed = {
    ...target,
    ...x,
    genesys: { ...genesys, ...x },
    relation: { ...relation, ...x, member: { ...user, ...x } },
  };
  const signing = { ...ozeki.signing, ...x };
  const json = {
    ...changed,
    ozeki: { ...ozeki, ...x, signing, pairs: [{ ...pair, ...x, bob: { ...account('bob'), ...x } }] },
  };
  expect(pathsOf(json).toSorted()).toEqual(
    [
      '/x',
      '/genesys/x',
      '/relation/x',
      '/relation/member/x',
      '/ozeki/x',
      '/ozeki/signing/x',
      '/ozeki/pairs/0/x',
      '/ozeki/pairs/0/bob/x',
    ].toSorted(),
  );
});

test('bounds and words of a target file hold', () => {
  expect(pathsOf({ ...target, allow: 'all' })).toEqual(['/allow']);
  expect(pathsOf({ ...target, timeoutMs: 0 })).toEqual(['/timeoutMs']);
  expect(pathsOf({ ...target, timeoutMs: 1.5 })).toEqual(['/timeoutMs']);
  expect(pathsOf({ ...target, maxRequestsPerSecond: 0 })).toEqual(['/maxRequestsPerSecond']);
  expect(pathsOf({ ...target, clockToleranceSeconds: -1 })).toEqual(['/clockToleranceSeconds']);
  expect(pathsOf({ ...target, ozeki: { ...target.ozeki, pairs: [] } })).toEqual(['/ozeki/pairs']);
  expect(pathsOf({ ...target, ozeki: { ...target.ozeki, firstPageCursor: 'never' } })).toEqual([
    '/ozeki/firstPageCursor',
  ]);
  expect(validateTargetFile({ ...target, genesys: { ...target.genesys, url: 'staging.example' } })).toEqual([
    {
      path: '/genesys/url',
      expected: `an http or https URL, or text with a \${NAME} in it`,
      found: '"staging.example"',
    },
  ]);
  const outsider = { ...account('carol'), email: 'carol' };
  expect(validateTargetFile({ ...target, ozeki: { ...target.ozeki, outsider } })).toMatchObject([
    { path: '/ozeki/outsider/email' },
  ]);
});

test('a signature is needed for static signing alone, a path for a module alone', () => {
  const { signature, ...unsigned } = account('alice');
  const pairs = [{ alice: unsigned, bob: unsigned }];
  const ozeki = { ...target.ozeki, pairs, outsider: unsigned };
  expect(pathsOf({ ...target, ozeki }).toSorted()).toEqual([
    '/ozeki/outsider/signature',
    '/ozeki/pairs/0/alice/signature',
    '/ozeki/pairs/0/bob/signature',
  ]);
  expect(pathsOf({ ...target, ozeki: { ...target.ozeki, signing: undefined } })).toEqual([]);
  expect(pathsOf({ ...target, ozeki: { ...ozeki, signing: { scheme: 'module', path: './sign.mjs' } } })).toEqual([]);
  expect(pathsOf({ ...target, ozeki: { ...ozeki, signing: { scheme: 'module' } } })).toEqual(['/ozeki/signing/path']);
});

const requirement = {
  id: 'OZ-CLEAR-1',
  ref: 'CLEAR-1',
  api: 'ozeki',
  action: 'clear',
  topic: 'state',
  level: 'MUST',
  needs: 'destroy',
  status: 'fail',
  title: 'afterwards no participant can download any message',
  source: { page: 'Conversation / Clear', basis: 'stated' },
  reason: 'after clear, downloadpartial still returned 3 messages',
  evidence: [
    {
      request: { method: 'POST', url: 'http://localhost/', headers: {}, body: {} },
      response: { status: 200, headers: {}, body: {} },
      durationMs: 12,
      curl: 'curl',
    },
    {
      request: { method: 'POST', url: 'http://localhost/', headers: {} },
      response: null,
      note: 'timed out',
      durationMs: 12,
      curl: 'curl',
      count: 2,
      action: 'clear',
      actor: 'alice',
    },
  ],
};
const verdict = {
  version: 1,
  target: 'staging',
  verdict: 'non-conformant',
  strict: false,
  startedAt: '2026-11-21T22:00:00.000Z',
  durationMs: 4210,
  requests: 312,
  counts: { pass: 140, fail: 1, warn: 3, skip: 9, error: 0 },
  requirements: [requirement],
};
const waiver = { reason: 'known', ticket: 'T-1', owner: 'ann', expires: '2027-01-31' };

test('a verdict is valid with and without its optional members', () => {
  expect(validateVerdict(verdict)).toEqual([]);
  const full = {
    ...requirement,
    cause: 'server',
    intermittent: true,
    durationMs: 1,
    judged: 2,
    missed: 1,
    findings: [
      {
        message: 'm',
        path: '/a',
        expected: 'b',
        found: 'c',
        count: 2,
        pages: [{ page: 1, cursor: '', items: ['a'], marks: { a: 'again' } }],
      },
    ],
    steps: ['clear'],
    fingerprint: 'f',
    waiver,
  };
  const tally = { judged: 1, total: 2 };
  const more = {
    coverage: { ozeki: { clear: { must: tally, should: tally } } },
    allow: 'destroy',
    urls: { ozeki: 'http://localhost/' },
    seed: 7,
    interrupted: false,
    reason: 'nothing left to check',
    staleWaivers: [{ requirement: 'OZ-CLEAR-2', ...waiver, fingerprint: 'f', why: 'it is met' }],
  };
  expect(
    validateVerdict({ ...verdict, counts: { ...verdict.counts, waived: 1 }, ...more, requirements: [full] }),
  ).toEqual([]);
});

test('a skip needs a reason, an error a cause as well, a waived miss its waiver', () => {
  const { reason, ...bare } = requirement;
  const missing = (status: string) =>
    validateVerdict({ ...verdict, requirements: [{ ...bare, status }] }).map(({ path }) => path);
  expect(missing('pass')).toEqual([]);
  expect(missing('skip')).toEqual(['/requirements/0/reason']);
  expect(missing('error')).toEqual(['/requirements/0/reason', '/requirements/0/cause']);
  expect(missing('waived')).toEqual(['/requirements/0/waiver']);
});

test('a verdict without any one of its members is not valid', () => {
  for (const member of Object.keys(verdict)) {
    expect(validateVerdict({ ...verdict, [member]: undefined }), member).not.toEqual([]);
  }
});

test('a waiver needs all of requirement, reason, ticket, owner and a date', () => {
  const whole = { requirement: 'OZ-CLEAR-1', ...waiver };
  expect(validateWaivers({ $schema: './waivers.json', waivers: [whole, { ...whole, fingerprint: 'f' }] })).toEqual([]);
  for (const member of Object.keys(whole)) {
    expect(validateWaivers({ waivers: [{ ...whole, [member]: '' }] }), member).toMatchObject([
      { path: `/waivers/0/${member}` },
    ]);
  }
  expect(validateWaivers({ waivers: [{ ...whole, expires: '2027-02-30' }] })).toHaveLength(1);
  expect(validateWaivers({ waivers: [{ ...whole, until: '2027' }] })).toMatchObject([{ path: '/waivers/0/until' }]);
});
