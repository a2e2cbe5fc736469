import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { named } from '../../src/api/api.js';
import { validateVerdict } from '../../src/schemas/index.js';
import type { Verdict } from '../../src/verdict/index.js';
import type { Target } from '../../types/target.js';
import { healthyStub } from '../doctor/front.js';
import { serveWithout } from '../matrix/lacking.js';
import { expect, test } from '../test.js';
import { command, folder } from './command.js';

/** Writes a target file for a stub with two pairs, one of whose accounts takes its apikey from the environment. */
function writeTarget(url: string): Target {
  const target = stubTarget({ url });
  target.ozeki?.pairs.splice(2);
  if (target.ozeki?.pairs[1] !== undefined) target.ozeki.pairs[1].bob.apikey = `\${BOB_APIKEY}`;
  writeFileSync(join(folder(), 'target.json'), JSON.stringify(target));
  return target;
}

/** Every text in a target at a member that holds a credential. */
function credentials(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return /^(apikey|apiKey|signature|token)$/.test(name) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, inside]) => credentials(inside, member));
}

test('the stub is started, and a run against it can be judged', async () => {
  const ran = await command(['doctor']);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(/^ok {7}"allow": "destroy" lets a run judge all \d+ requirements\.$/m);
  expect(ran.out).not.toMatch(/^problem/m);
  expect(ran.out).toMatch(/\n\nA run can be judged\. Start it with: chat-conformance run --target stub$/);
  for (const secret of credentials(stubTarget({ url: 'http://127.0.0.1' }))) expect(ran.out).not.toContain(secret);
});

test('a problem is a line with the mend and exit code 2, without a credential', async () => {
  await using stub = await healthyStub();
  const target = writeTarget(stub.url);
  const ran = await command(['doctor', '--target', 'target.json', '--api', 'ozeki'], { BOB_APIKEY: 'canary-apikey' });
  expect(ran).toMatchObject({ code: 2, err: '' });
  expect(ran.out.match(/^problem .*/gm)).toEqual([
    expect.stringMatching(
      /^problem {2}ozeki\.pairs\[1\]\.bob \(\S+\) is refused by Login \(.*\): write the right apikey/,
    ),
  ]);
  expect(ran.out).toMatch(/\n\nA run could not be judged: one problem to mend\.$/);
  expect(ran.out).not.toMatch(/genesys|relation/);
  for (const secret of [...credentials(target), 'canary']) expect(ran.out).not.toContain(secret);
});

test('an unset variable is told as it is by run', async () => {
  await using stub = await healthyStub();
  writeTarget(stub.url);
  const asked = await command(['doctor', '--target', 'target.json']);
  expect(asked).toMatchObject({ code: 2, out: '' });
  expect(asked.err).toContain('ozeki.pairs[1].bob.apikey: the environment variable BOB_APIKEY is not set');
  expect(asked).toEqual(await command(['run', '--target', 'target.json']));
});

test('a run with refused credentials is unjudged, names the account and leaves a verdict', async () => {
  test.setTimeout(120_000); // an HTML report, on a machine that may be busy
  await using stub = await healthyStub();
  writeTarget(stub.url);
  const ran = await command(['run', '--target', 'target.json'], { BOB_APIKEY: 'canary-apikey' });
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(/^chat-conformance: unjudged\. ozeki\.pairs\[1\]\.bob \(\S+\) is refused by Login .*\.$/);
  const file = join(folder(), 'reports', 'verdict.json');
  expect(existsSync(file)).toBe(true);
  const verdict = JSON.parse(readFileSync(file, 'utf8')) as Verdict;
  expect(validateVerdict(verdict)).toEqual([]);
  expect(verdict).toMatchObject({ verdict: 'unjudged', requests: 0 });
  expect(JSON.stringify(verdict) + ran.err + ran.out).not.toContain('canary');
});

test('the help tells exit codes and an example', async () => {
  for (const name of ['doctor', 'cleanup']) {
    const ran = await command([name, '--help']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/Exit codes[\s\S]*Example/);
  }
});

test('--discover names the actions that the server refuses, and proposes to say so', async () => {
  const server = await serveWithout(named(apis, 'genesys'), 'sendurl');
  try {
    const { genesys } = stubTarget({ url: server.url });
    writeFileSync(join(folder(), 'target.json'), JSON.stringify({ name: 'a', allow: 'write', genesys }));
    const ran = await command(['doctor', '--target', 'target.json', '--discover']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain(
      'genesys refuses every legal call of sendurl: if the server does not have it, write "without": ["sendurl"] into the genesys section.',
    );
    writeFileSync(
      join(folder(), 'target.json'),
      JSON.stringify({ name: 'a', allow: 'write', genesys: { ...genesys, without: ['sendurl'] } }),
    );
    const declared = await command(['doctor', '--target', 'target.json', '--discover']);
    expect(declared.out).toContain('genesys serves each documented action that the target allows.');
  } finally {
    await server.close();
  }
});
