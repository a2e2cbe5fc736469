/** Where people get the package, beside a registry: the action in a Git checkout, and the image. Each builds it from a clone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot, packageVersion } from '../../src/root.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';
import { cleanEnv } from './environment.js';

test.describe.configure({ mode: 'default', timeout: 1_200_000 });
test.skip(!thorough, 'npm run test:release tries it: each takes an npm ci of its own');

let place = '';

test.beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'chat-conformance-'));
});

test.afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

test('the action works at a Git reference: it builds what was checked out, and runs it', () => {
  const checkout = clone('action');
  const prefix = folder('global');
  const job = folder('job');
  const env = { npm_config_prefix: prefix, PATH: `${join(prefix, 'bin')}:${process.env.PATH}` };
  const install = run('bash', [join(checkout, 'scripts/action/install.sh')], job, { ...env, VERSION: '' });
  expect(install.status, install.stdout + install.stderr).toBe(0);
  expect(install.stdout).toContain(packageVersion);
  const output = join(job, 'output');
  writeFileSync(output, '');
  const inputs = { TARGET: 'stub', API: 'relation', REPORTS: 'reports', GITHUB_OUTPUT: output };
  const ran = run('bash', [join(checkout, 'scripts/action/run.sh')], job, { ...env, ...inputs });
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  expect(readFileSync(output, 'utf8')).toBe('exit-code=0\nverdict=conformant\n');
});

test('npm installs the package from a Git reference', () => {
  const repository = clone('reference');
  const project = folder('project');
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const install = run('npm', ['i', '-D', `git+file://${repository}`, '--no-audit', '--no-fund'], project);
  expect(install.status, install.stdout + install.stderr).toBe(0);
  expect(run('npx', ['chat-conformance', '-v'], project)).toMatchObject({ status: 0, stdout: `${packageVersion}\n` });
});

test('the steps of the Dockerfile make a command that runs', () => {
  const context = clone('context');
  const root = folder('image');
  const prefix = join(root, 'usr/local');
  for (const line of instructions(context)) {
    const [, name = '', rest = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
    if (name === 'COPY' && !rest.startsWith('--from'))
      expect(run('cp', ['-a', `${context}/.`, join(root, 'build')], root).status).toBe(0);
    if (name === 'WORKDIR') mkdirSync(join(root, rest), { recursive: true });
    if (name !== 'RUN') continue;
    // No engine: the root of the image is a folder, and there is no user of the name node.
    const command = rest.replaceAll(/(?<=\s)\/(?=package|work)/g, `${root}/`).replace('-o node -g node ', '');
    const env = { npm_config_prefix: prefix, npm_config_cache: join(root, 'cache') };
    const ran = run('sh', ['-c', command], join(root, 'build'), env);
    expect(ran.status, `${line}\n${ran.stdout}${ran.stderr}`).toBe(0);
  }
  const ran = run(join(prefix, 'bin/chat-conformance'), ['run', '--api', 'relation', '--no-html'], join(root, 'work'));
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
});

test('the image is of a slim Node.js, and not run by root', () => {
  const lines = instructions(packageRoot);
  expect(lines.filter((line) => line.startsWith('FROM '))).toEqual(['FROM node:22-slim AS build', 'FROM node:22-slim']);
  expect(lines.slice(-4)).toEqual(['USER node', 'WORKDIR /work', 'ENTRYPOINT ["chat-conformance"]', 'CMD ["--help"]']);
});

function instructions(root: string): string[] {
  return readFileSync(join(root, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** A clone of what is committed. */
function clone(name: string): string {
  const path = join(place, name);
  const cloned = run('git', ['clone', '--quiet', packageRoot, path], place);
  expect(cloned.status, cloned.stderr).toBe(0);
  return path;
}

function folder(name: string): string {
  const path = join(place, name);
  mkdirSync(path, { recursive: true });
  return path;
}

function run(program: string, args: readonly string[], cwd: string, more: Record<string, string> = {}) {
  return spawnSync(program, args, { cwd, env: { ...cleanEnv(), ...more }, encoding: 'utf8' });
}
