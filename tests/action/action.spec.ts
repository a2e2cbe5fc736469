import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { packageRoot } from '../../src/root.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';

interface Step {
  id?: string;
  if?: string;
  run?: string;
  uses?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}

const action = parseYaml(readFileSync(join(packageRoot, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { description: string; default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
};
const { steps } = action.runs;

test('every input has a default and reaches a step', () => {
  const given = JSON.stringify(steps.map(({ env, with: inputs }) => ({ env, inputs })));
  for (const [name, { description, default: value }] of Object.entries(action.inputs)) {
    expect(given, name).toContain(`\${{ inputs.${name} }}`);
    expect(description).not.toBe('');
    expect(typeof value).toBe('string');
  }
});

test('every script exists, reads each variable that it is given, and no input is written into a command', () => {
  const scripts = steps.flatMap(({ run, env }) => (run === undefined ? [] : [{ run, env }]));
  expect(scripts).toHaveLength(3);
  for (const { run, env = {} } of scripts) {
    expect(run).not.toContain('${{');
    const path = join(packageRoot, /\$GITHUB_ACTION_PATH\/([\w/.]+)"/.exec(run)?.[1] ?? '');
    const text = readFileSync(path, 'utf8');
    for (const name of Object.keys(env)) expect(text).toMatch(new RegExp(`\\$\\{?${name}\\b`));
  }
});

test('summary and upload come also after a run that failed, and outputs are those of the script', () => {
  const after = steps.slice(steps.findIndex(({ id }) => id === 'run') + 1);
  for (const step of after) expect(step.if).toBe(`\${{ !cancelled() }}`);
  expect(after.map(({ uses }) => uses ?? 'script')).toEqual(['script', 'actions/upload-artifact@v4']);
  const script = readFileSync(join(packageRoot, 'scripts/action/run.sh'), 'utf8');
  for (const [name, { value }] of Object.entries(action.outputs)) {
    expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
    expect(script).toContain(`echo "${name}=`);
  }
});

test('run hands over the inputs that are set, the exit code and the verdict', () => {
  program(
    'chat-conformance',
    'mkdir -p "my reports"; echo \'{"verdict":"non-conformant"}\' > "my reports/verdict.json"; exit 1',
  );
  const ran = script('run', {
    TARGET: 'my target.json',
    API: 'ozeki,relation',
    STRICT: 'true',
    REQUIRE_JUDGED: '80%',
    WAIVERS: '',
    WORKERS: '2',
    REPORTS: 'my reports',
  });
  expect(ran.status).toBe(1);
  expect(called('chat-conformance')).toEqual([
    [
      'run',
      '--target',
      'my target.json',
      '--reports',
      'my reports',
      '--api',
      'ozeki,relation',
      '--require-judged',
      '80%',
      '--workers',
      '2',
      '--strict',
    ],
  ]);
  expect(ran.output).toBe('exit-code=1\nverdict=non-conformant\n');
});

test('run leaves out what is empty, and has no verdict where there is none', () => {
  program('chat-conformance', 'exit 2');
  const ran = script('run', { TARGET: 'stub', API: '', STRICT: 'false', WAIVERS: '', WORKERS: '', REPORTS: 'reports' });
  expect(ran.status).toBe(2);
  expect(called('chat-conformance')).toEqual([['run', '--target', 'stub', '--reports', 'reports']]);
  expect(ran.output).toBe('exit-code=2\nverdict=\n');
});

test('run says what is wrong with strict', () => {
  program('chat-conformance', 'exit 0');
  const ran = script('run', { STRICT: 'yes' });
  expect(ran).toMatchObject({ status: 2, output: 'exit-code=2\n' });
  expect(ran.stdout).toContain('::error::strict: it must be true or false, not yes.');
  expect(called('chat-conformance')).toEqual([]);
});

test('run judges the stub with the real command', long, () => {
  test.setTimeout(300_000);
  program('chat-conformance', `exec "${process.execPath}" "${join(packageRoot, 'bin/chat-conformance.js')}" "$@"`);
  const ran = script('run', { TARGET: 'stub', API: 'relation', REPORTS: 'reports', WORKERS: '2' });
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  expect(ran.output).toBe('exit-code=0\nverdict=conformant\n');
  expect(script('summary', { REPORTS: 'reports' }).summary).toBe(readFileSync(at('reports/summary.md'), 'utf8'));
});

test('summary says so where a run left none', () => {
  const ran = script('summary', { REPORTS: 'nowhere' });
  expect(ran).toMatchObject({ status: 0, summary: 'The conformance run left no summary: see its log.\n' });
});

test('install takes a version, a tarball, a Git reference, or packs the very code of the action', () => {
  // What is packed is told by the tarball that npm leaves.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a shell's
  program('npm', '[ "$1" = pack ] && touch "${@: -1}/chat-api-conformance-1.tgz"; true');
  program('chat-conformance', 'echo 0.0.0');
  writeFileSync(at('own.tgz'), '');
  const named = ['1.2.3', 'own.tgz', 'github:team/chat-api-conformance#v1', 'git+file:///srv/suite.git'];
  for (const VERSION of [...named, '']) expect(script('install', { VERSION }).status).toBe(0);
  const flags = ['install', '--global', '--no-audit', '--no-fund'];
  const calls = called('npm');
  expect(calls.slice(0, 4)).toEqual([
    [...flags, 'chat-api-conformance@1.2.3'],
    [...flags, at('own.tgz')],
    [...flags, 'github:team/chat-api-conformance#v1'],
    [...flags, 'git+file:///srv/suite.git'],
  ]);
  expect(calls.slice(4)).toEqual([
    ['pack', packageRoot, '--ignore-scripts', '--silent', '--pack-destination', expect.any(String)],
    [...flags, `${calls[4]?.at(-1)}/chat-api-conformance-1.tgz`],
  ]);
});

test('install says what is missing', () => {
  program('npm', '');
  expect(script('install', { VERSION: 'none.tgz' })).toMatchObject({
    status: 2,
    stdout: expect.stringContaining('::error::version: there is no file none.tgz.'),
  });
  program('node', '[ "$1" = --version ] && echo v18.0.0 && exit 0; exit 1');
  expect(script('install', { VERSION: '' })).toMatchObject({
    status: 2,
    stdout: expect.stringContaining('::error::Node.js v18.0.0 is too old'),
  });
  expect(called('npm')).toEqual([]);
});

/** A file of this test's own folder, in which the scripts run. */
function at(name: string): string {
  return test.info().outputPath(name);
}

/** Puts a program before all others that notes its arguments, line by line with an empty line behind, and then does `body`. */
function program(name: string, body: string): void {
  mkdirSync(at('bin'), { recursive: true });
  const note = `printf '%s\\n' "$@" '' >> "${at(`${name}.calls`)}"`;
  writeFileSync(at(`bin/${name}`), `#!/usr/bin/env bash\n${note}\n${body}\n`);
  chmodSync(at(`bin/${name}`), 0o755);
}

/** The arguments of each call of a program. */
function called(name: string): string[][] {
  if (!existsSync(at(`${name}.calls`))) return [];
  const calls = readFileSync(at(`${name}.calls`), 'utf8').split('\n\n');
  return calls.filter((call) => call !== '').map((call) => call.split('\n'));
}

/** Runs a script of the action as a step of a job would. */
function script(name: string, inputs: Record<string, string>) {
  mkdirSync(at('bin'), { recursive: true });
  const [output, summary] = [at('output'), at('summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const env = {
    PATH: `${at('bin')}:${process.env.PATH}`,
    HOME: process.env.HOME,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    ...inputs,
  };
  const path = join(packageRoot, 'scripts/action', `${name}.sh`);
  const { status, stdout, stderr } = spawnSync('bash', [path], { cwd: at(''), env, encoding: 'utf8' });
  return { status, stdout, stderr, output: readFileSync(output, 'utf8'), summary: readFileSync(summary, 'utf8') };
}
