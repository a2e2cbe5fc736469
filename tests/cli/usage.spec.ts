import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outside } from '../../src/cli/io.js';
import { run } from '../../src/cli/main.js';
import { packageVersion } from '../../src/root.js';
import { expect, test } from '../test.js';
import { command, folder } from './command.js';

/** Command lines that are wrong, and the sentence about each. */
const mistakes: [args: string, sentence: string][] = [
  ['rum', "unknown command 'rum'. Did you mean run?"],
  ['frobnicate', "unknown command 'frobnicate'. The commands are: run, explore, stub, "],
  ['help frobnicate', 'there is no command of this name. The commands are: run, explore, stub, '],
  ['--strict', "unknown option '--strict'. See: chat-conformance --help"],
  ['run --wokers 2', "unknown option '--wokers'. Did you mean --workers?"],
  ['run --frobnicate', "unknown option '--frobnicate'. See: chat-conformance run --help"],
  ['run extra', "too many arguments for 'run'. Expected 0 arguments but got 1. See: chat-conformance run --help"],
  ['run --target', "option '--target <file>' argument missing. See: chat-conformance run --help"],
  [
    'run --api genesis',
    "--api: 'genesis' is no known API. Name one or more of ozeki, genesys, relation, gms, with commas between. Did you mean genesys?",
  ],
  ['run --api ozeki,', 'A name is missing: name one or more, with commas between.'],
  ['run --workers 0', "option '--workers <n>' argument '0' is invalid. It must be a whole number of 1 or more."],
  ['run --workers -1', "argument '-1' is invalid. It must be a whole number of 1 or more."],
  ['run --workers 1.5', "argument '1.5' is invalid. It must be a whole number of 1 or more."],
  ['run --workers many', "argument 'many' is invalid. It must be a whole number of 1 or more."],
  ['run --shard 0/2', "option '--shard <i/n>' argument '0/2' is invalid. It must be I/N"],
  ['run --shard 3/2', "argument '3/2' is invalid. It must be I/N"],
  ['run --shard 2', "argument '2' is invalid. It must be I/N"],
  [
    'run --require-judged 80',
    "option '--require-judged <share>' argument '80' is invalid. It must be all, or a percentage",
  ],
  [
    'run --explore 0',
    "option '--explore <seconds>' argument '0' is invalid. It must be a whole number from 1 to 86400.",
  ],
  ['run --seed 1', '--seed is the seed of what is explored. Say how long with --explore SECONDS.'],
  ['run --explore-calls 9', '--explore-calls bounds what is explored. Say how long with --explore SECONDS.'],
  ['run --explore 5 --shard 1/2', '--explore cannot be shared between shards. Explore in a job of its own'],
  ['run --replay x.json --explore 5', '--replay plays one file and nothing else.'],
  ['run --replay none.json', '--replay none.json: there is no such file. Name a file that can be read.'],
  ['explore --replay broken.json', '--replay broken.json: it is not valid JSON at line 2, column 1: expected a value.'],
  ['run --only OZ-CLEAR-11', '--only OZ-CLEAR-11: there is no requirement of this id. Did you mean OZ-CLEAR-1?'],
  ['run --topic pagin', '--topic pagin: there is no such topic. Did you mean paging?'],
  ['run --grep (', '--grep (: Invalid regular expression'],
  ['run --only OZ-CLEAR-1 --topic paging', 'no requirement of ozeki, genesys, relation, gms is left to check.'],
  ['run --last-failed --reports folder', '--last-failed: '],
  ['merge folder --require-judged 80', "option '--require-judged <share>' argument '80' is invalid."],
  ['run --waivers none.json', '--waivers none.json: there is no such file. Name a file that can be read.'],
  ['run --waivers folder', '--waivers folder: it is a folder, not a file.'],
  ['run --waivers broken.json', '--waivers broken.json: it is not valid JSON at line 2, column 1: expected a value.'],
  [
    'run --waivers waivers.json',
    'waivers[0].requirement: there is no requirement OZ-CLEAR-11. Did you mean OZ-CLEAR-1?',
  ],
  ['run --waivers other.json', '--waivers other.json cannot be used:\n  - waivers: expected'],
  [
    'run --reports broken.json',
    '--reports broken.json: a file stands in its place. Name a folder that can be written.',
  ],
  ['run --target none.json', 'none.json cannot be read: there is no such file. Name a target file, or the word stub.'],
  ['run --target broken.json', 'broken.json is not valid JSON at line 2, column 1: expected a value.'],
  [
    'run --target other.json',
    'other.json cannot be used:\n  - genesys.tenantName: the environment variable TENANT is not set',
  ],
  ['run --target genesys.json --api ozeki', '--api ozeki: the target g has no section of that name.'],
  ['stub --port 70000', "option '--port <n>' argument '70000' is invalid. It must be a whole number from 0 to 65535."],
  ['stub --seed x', "option '--seed <n>' argument 'x' is invalid."],
  ['stub --latency -1', "option '--latency <ms>' argument '-1' is invalid."],
  ['stub --fault ozeki-page-edg', '--fault ozeki-page-edg: there is no such fault. Did you mean ozeki-page-edge?'],
  ['stub --fault none', '--fault none: there is no such fault. See: chat-conformance faults'],
  ['stub --variant none', '--variant none: there is no such variant. Known: ozeki-'],
  [
    'stub --port 0 --write-target none/stub.json',
    '--write-target none/stub.json: it cannot be written, there is no such folder.',
  ],
  ['init', "required option '--api <names>' not specified. See: chat-conformance init --help"],
  [
    'init --api ozeki --out other.json',
    '--out other.json: the file exists already. Name another, or overwrite it with --force.',
  ],
  ['init --api ozeki --out none/target.json', '--out none/target.json: it cannot be written, there is no such folder.'],
  ['compare other.json', "missing required argument 'new'. See: chat-conformance compare --help"],
  ['compare none.json other.json', 'none.json is no verdict: there is no such file.'],
  ['compare broken.json other.json', 'broken.json is no verdict: it is not JSON.'],
  ['compare other.json other.json', 'other.json is no verdict of version 1.'],
  ['merge', "missing required argument 'dir'. See: chat-conformance merge --help"],
  ['merge folder', 'is no verdict: there is no such file.'],
  ['report folder', 'is no verdict: there is no such file.'],
  [
    'merge folder --reports folder',
    '--reports folder: a shard lies there. Name another folder for the joined reports.',
  ],
];

for (const [args, sentence] of mistakes) {
  test(`told with exit code 2: ${args}`, async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(join(cwd, 'broken.json'), '{"a":\n}');
    writeFileSync(
      join(cwd, 'other.json'),
      `{"name":"o","genesys":{"url":"http://127.0.0.1:9","tenantName":"\${TENANT}"}}`,
    );
    const waiver = { requirement: 'OZ-CLEAR-11', reason: 'r', ticket: 't', owner: 'o', expires: '2099-01-01' };
    writeFileSync(join(cwd, 'waivers.json'), JSON.stringify({ waivers: [waiver] }));
    writeFileSync(join(cwd, 'genesys.json'), '{"name":"g","genesys":{"url":"http://127.0.0.1:9","tenantName":"E"}}');
    const ran = await command(args.split(' '));
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(/^chat-conformance: /m);
    expect(ran.err).toContain(sentence);
    expect(ran.err).not.toMatch(/^\s+at /m);
  });
}

test('without a command the help is shown, and the mend', async () => {
  const ran = await command([]);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain('Usage: chat-conformance');
  expect(ran.err).toMatch(/\nchat-conformance: No command is named\. Name one, such as: chat-conformance run$/);
});

test('--version prints the version alone', async () => {
  expect(await command(['--version'])).toEqual({ code: 0, out: packageVersion, err: '' });
});

for (const args of [
  ['--help'],
  ['help', 'run'],
  ...['run', 'stub', 'init', 'merge', 'report', 'compare'].map((name) => [name, '--help']),
]) {
  test(`${args.join(' ')} shows exit codes or an example`, async () => {
    const ran = await command(args);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/Exit codes|Example/);
  });
}

for (const [debug, pattern] of [
  [
    '',
    /^chat-conformance: internal error: the disk is full \(set DEBUG=chat-conformance to see where it comes from\)$/,
  ],
  ['chat-conformance', /^chat-conformance: Error: the disk is full\n\s+at /],
] as const) {
  test(`an error nobody expected is one line${debug && ', or its whole stack for who asks'}`, async () => {
    const err: string[] = [];
    const out = () => {
      throw new Error('the disk is full\nand more');
    };
    const outside: Outside = {
      env: { DEBUG: debug },
      cwd: folder(),
      out,
      err: (line) => err.push(line),
      apiNames: [],
      apis: async () => [],
      apisAt: '',
      matrix: () => Promise.reject(),
    };
    expect(await run(['--version'], outside)).toBe(2);
    expect(err.join('\n').replace('\nand more', '')).toMatch(pattern);
  });
}
