import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apis } from '../../apis/index.js';
import { wantsColor } from '../../src/console.js';
import { packageRoot, packageVersion } from '../../src/root.js';
import { expect, test } from '../test.js';
import { command, folder } from './command.js';

const bin = join(packageRoot, 'bin', 'chat-conformance.js');

/** What a shell is offered for the last of these words. */
function offered(...words: string[]): string[] {
  const said = execFileSync(process.execPath, [bin, 'complete', '--', ...words], { cwd: folder(), encoding: 'utf8' });
  return said
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(':'))
    .map((line) => line.split('\t')[0] ?? '');
}

test('commands, options and their values are completed', () => {
  expect(offered('')).toEqual(expect.arrayContaining(['run', 'doctor', 'faults', 'completion']));
  expect(offered('ru')).toEqual(['run']);
  expect(offered('run', '--sh')).toEqual(['--shard']);
  expect(offered('faults', 'run', '--co')).toEqual(['--combined']);
  expect(offered('run', '--api', '')).toEqual(apis.map(({ name }) => name));
});

test('files are completed where an option takes one', () => {
  mkdirSync(join(folder(), 'targets'));
  writeFileSync(join(folder(), 'targets/staging.json'), '');
  expect(offered('run', '--target', 'ta')).toEqual(['targets/']);
  expect(offered('run', '--target', 'targets/')).toEqual(['targets/staging.json']);
});

test('each shell gets a script, which bash can read', () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    const { status, stdout } = spawnSync(process.execPath, [bin, 'completion', shell], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toContain('chat-conformance');
    if (shell === 'bash') execFileSync('bash', ['-n', '-c', stdout]);
  }
  expect(spawnSync(process.execPath, [bin, 'completion', 'csh'], { encoding: 'utf8' })).toMatchObject({ status: 2 });
});

test('-v tells the version', async () => {
  expect(await command(['-v'])).toMatchObject({ code: 0, out: packageVersion });
});

test('colours are for terminals, unless the environment says otherwise', () => {
  const [terminal, pipe] = [{ isTTY: true }, {}];
  expect(wantsColor(terminal, {})).toBe(true);
  expect(wantsColor(pipe, {})).toBe(false);
  expect(wantsColor(terminal, { NO_COLOR: '1' })).toBe(false);
  expect(wantsColor(terminal, { NO_COLOR: '' })).toBe(true);
  for (const forced of ['', '1', 'true', '3'])
    expect(wantsColor(pipe, { FORCE_COLOR: forced, NO_COLOR: '1' })).toBe(true);
  for (const forced of ['0', 'false']) expect(wantsColor(terminal, { FORCE_COLOR: forced })).toBe(false);
});
