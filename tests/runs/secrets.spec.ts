import { join } from 'node:path';
import { createStub } from '../../apis/stub.js';
import type { ApiName } from '../../src/exchange/index.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';
import { serve } from '../transport/hostile-servers.js';
import { type Canary, echoes, hitsIn, nearMisses, plantCanaries, type Searched, textsIn } from './canaries.js';
import { checkEnded, type Ended, makePlace, of, runArgs, start, writeTarget } from './runs.js';

test.describe.configure({ timeout: 300_000 });

const apis: ApiName[] = ['ozeki', 'genesys', 'relation'];

/** Checks that log in, and that send what is to be refused; all of them in the thorough tests. */
const some = 'OZ-LOGIN-|OZ-COM-1[0-3]|GE-REQ-|GE-COM-|RE-COM-';

/** Runs against an echoing stub with canaries for credentials; gives what the run left to be searched. */
async function leave(faults: string[], selected: readonly string[]) {
  const place = makePlace();
  let canaries: Canary[] = [];
  const stub = createStub({ faults });
  const behaviour: { now?: ReturnType<typeof echoes> } = {};
  await using server = await serve((...given) => behaviour.now?.(...given));
  writeTarget(place, server.url, (target) => {
    target.ozeki?.pairs.splice(2);
    canaries = plantCanaries(target);
  });
  behaviour.now = echoes(stub, canaries);
  const args = [...runArgs(apis, { html: true }), ...(thorough ? selected : ['--grep', some])];
  const ended = await start(place, args, { GITHUB_ACTIONS: 'true' }).ended;
  const files = textsIn(join(place, 'reports'));
  return { verdict: checkEnded(ended, place, apis), ended, files, canaries };
}

function expectNoHit(what: string, files: Searched[], ended: Ended, canaries: Canary[]): void {
  const texts = [...files, { from: 'standard output', text: ended.out }, { from: 'standard error', text: ended.err }];
  const bytes = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const paths = new Set(files.map(({ from }) => from.replace(/( part \d+)+$/, '')));
  console.log(
    `${what}: ${canaries.length} canaries in ${paths.size} files (${texts.length} texts, ${(bytes / 1e6).toFixed(1)} MB), console ${ended.out.length + ended.err.length} characters`,
  );
  expect(hitsIn(texts, [...canaries, ...canaries.flatMap(nearMisses)])).toEqual([]);
  expect(bytes).toBeGreaterThan(100_000);
  expect(ended.out).not.toBe('');
  for (const name of ['verdict.json', 'junit.xml', 'summary.md', 'index.html part 0'])
    expect(
      files.some(({ from }) => from.endsWith(name) || from.includes(`${name} part`)),
      name,
    ).toBe(true);
  expect(files.some(({ from }) => from.includes('allure-results'))).toBe(true);
}

test('the search finds a secret however it is spelt', () => {
  const canaries = plantCanaries({
    name: 'x',
    relation: {
      url: '',
      apiKey: 'a',
      channelUuid: '',
      member: { relationId: '', token: 'b' },
      peer: { relationId: '', token: 'c' },
    },
  });
  for (const { name, secret } of canaries) {
    const texts = [
      `x${secret}y`,
      JSON.stringify({ text: JSON.stringify({ secret }) }),
      encodeURIComponent(`a=${secret}`),
      Buffer.from(`ab${secret}cd`).toString('base64'),
      Buffer.from(`ab${secret}cd`).toString('hex'),
    ];
    for (const text of texts) expect(hitsIn([{ from: 'here', text }], canaries).join()).toContain(name);
  }
});

test('no secret is left by a run that passes', long, async () => {
  const { verdict, ended, files, canaries } = await leave([], ['--shard', '2/3']);
  expect(of(verdict, 'fail', 'error').map(({ id, reason }) => [id, reason])).toEqual([]);
  expect(canaries.map(({ name }) => name)).toContain('rsakey received');
  expectNoHit('a run that passes', files, ended, canaries);
});

test('no secret is left by a run that fails', long, async () => {
  const faults = [
    'ozeki-refusals-500',
    'ozeki-list-status-blank',
    'ozeki-login-apikey-letter-case',
    'ozeki-signature-letter-case',
    'ozeki-large-body-hangs-up',
    'genesys-statuscode-string',
    'genesys-key-prefix-compared',
    'relation-code-number',
    'relation-token-any-case',
  ];
  const { verdict, ended, files, canaries } = await leave(faults, []);
  expect(verdict.verdict).toBe('non-conformant');
  expect(canaries.map(({ name }) => name)).toEqual(expect.arrayContaining(['rsakey received', 'secureKey received']));
  expectNoHit('a run that fails', files, ended, canaries);
});
