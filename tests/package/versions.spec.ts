/** The packed package on every supported version of Node.js. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot, packageVersion } from '../../src/root.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';
import { cleanEnv } from './environment.js';

const versions = ['20', '22', '24', '26'];

test('the README names the versions', () => {
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const row = /^\| (20 \(from 20\.19\).*?) \| supported/m.exec(readme)?.[1] ?? '';
  expect(row.split(', ').map((version) => version.slice(0, 2))).toEqual(versions);
});

test.describe('on each version', () => {
  test.describe.configure({ mode: 'default', timeout: 600_000 });
  test.skip(!thorough, 'npm run test:release tries them: each is 50 MB');

  let project = '';

  test.beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'chat-conformance-'));
    writeFileSync(join(project, 'package.json'), '{ "private": true }');
    expect(npm(['pack', packageRoot, '--ignore-scripts', '--pack-destination', project]).status).toBe(0);
    const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '';
    expect(npm(['i', '-D', `./${tarball}`, '--no-audit', '--no-fund', '--ignore-scripts']).status).toBe(0);
  });

  test.afterAll(() => rmSync(project, { recursive: true, force: true }));

  for (const version of versions) {
    test(`the suite runs on Node.js ${version}`, () => {
      const node = binaryOf(version);
      test.skip(node === undefined, `no registry gives the binary of Node.js ${version} for this machine`);
      const bin = join(project, 'node_modules/chat-api-conformance/bin/chat-conformance.js');
      const run = (...args: string[]) =>
        spawnSync(node ?? '', [bin, ...args], { cwd: project, env: cleanEnv(), encoding: 'utf8' });
      expect(run('-v').stdout).toBe(`${packageVersion}\n`);
      const ran = run('run', '--reports', `reports-${version}`, '--no-html');
      expect(ran.status, ran.stdout + ran.stderr).toBe(0);
      expect(ran.stdout).toMatch(/^CONFORMANT/m);
    });
  }

  /** The path of a binary of this major version: that of this process, or one that a package carries. */
  function binaryOf(version: string): string | undefined {
    if (process.versions.node.startsWith(`${version}.`)) return process.execPath;
    const carrier = `node-${process.platform}-${process.arch}`;
    const place = join(project, `node-${version}`);
    mkdirSync(place);
    if (npm(['i', '--prefix', place, `${carrier}@${version}`, '--no-audit', '--no-fund']).status !== 0)
      return undefined;
    return join(place, 'node_modules', carrier, 'bin/node');
  }

  function npm(args: readonly string[]) {
    return spawnSync('npm', args, { cwd: project, env: cleanEnv(), encoding: 'utf8' });
  }
});
