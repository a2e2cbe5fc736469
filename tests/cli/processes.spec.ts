import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ozekiOf } from '../../apis/ozeki/target.js';
import { supervise } from '../../src/cli/supervise.js';
import { packageRoot } from '../../src/root.js';
import { loadTarget } from '../apis.js';
import { expect, test } from '../test.js';

import { folder } from './command.js';

const bin = join(packageRoot, 'bin', 'chat-conformance.js');

/** Starts a script and gathers what it writes. */
function start(file: string, args: readonly string[]) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: folder(),
    env: { ...process.env, NO_COLOR: undefined },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => {
    said.out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    said.err += data.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said, ended };
}

test('without its compiled code the command says how to build it', async () => {
  mkdirSync(join(folder(), 'bin'));
  copyFileSync(bin, join(folder(), 'bin', 'chat-conformance.mjs'));
  const { ended, said } = start(join(folder(), 'bin', 'chat-conformance.mjs'), ['run']);
  expect(await ended).toBe(2);
  expect(said).toEqual({
    out: '',
    err: 'chat-conformance: the compiled code is missing. Build it with: npm run build\n',
  });
});

test('where no more files can be opened the command says so, and never ends like a missed requirement', async () => {
  test.skip(process.platform === 'win32', 'there is no ulimit');
  for (const limit of [24, 48, 96]) {
    const child = spawn('sh', [
      '-c',
      `ulimit -n ${limit}; exec "$0" "$@"`,
      process.execPath,
      bin,
      'run',
      '--only',
      'none',
    ]);
    let err = '';
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(2);
    expect(err).toMatch(/^chat-conformance: it cannot go on: .*Too many files are open: raise the limit.*\n$/);
  }
});

test('a mistake ends the real command with exit code 2', async () => {
  const { ended, said } = start(bin, ['run', '--wokers', '2']);
  expect(await ended).toBe(2);
  expect(said).toEqual({ out: '', err: "chat-conformance: unknown option '--wokers'. Did you mean --workers?\n" });
});

test('the stub tells its address as JSON, writes a target file, and ends with the pipe of its parent', async () => {
  const args = ['stub', '--port', '0', '--seed', '7', '--json', '--write-target', 'stub.json'];
  const { child, ended, said } = start(bin, args);
  await expect.poll(() => said.out, { timeout: 20_000 }).toContain('\n');
  const { url, seed } = JSON.parse(said.out) as { url: string; seed: number };
  expect(seed).toBe(7);
  expect((await fetch(url)).status).toBe(404);
  expect(ozekiOf(loadTarget(join(folder(), 'stub.json'), {}))?.url).toContain(url);
  child.stdin.end();
  expect(await ended).toBe(0);
  expect(said.err).toBe('');
});

test('the stub for people ends at Ctrl-C, and not with its standard input', async () => {
  const { child, ended, said } = start(bin, ['stub', '--port', '0']);
  child.stdin.end();
  await expect
    .poll(() => said.out, { timeout: 20_000 })
    .toMatch(/^The stub answers at http:\/\/127\.0\.0\.1:\d+ \(seed 1\)/);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('a port in use is named with the mend', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { ended, said } = start(bin, ['stub', '--port', `${port}`]);
  expect(await ended).toBe(2);
  server.close();
  expect(said.err).toMatch(new RegExp(`^chat-conformance: --port ${port}: .* in use\\. Choose another port`));
  expect(said.err).not.toMatch(/^\s+at /m);
});

/** Supervises a script that writes `ready` to a file as it starts, and waits until it has. */
async function supervised(script: string) {
  const ready = join(folder(), 'ready');
  const text = `import { writeFileSync } from 'node:fs'; ${script}; setInterval(() => {}, 1000); writeFileSync(${JSON.stringify(ready)}, String(process.pid));`;
  const file = join(folder(), 'child.mjs');
  writeFileSync(file, text);
  const ended = supervise(process.execPath, [file], { env: process.env, cwd: folder(), quiet: true });
  await expect.poll(() => existsSync(ready) && readFileSync(ready, 'utf8'), { timeout: 20_000 }).toBeTruthy();
  return { ended, pid: Number(readFileSync(ready, 'utf8')) };
}

test('a supervised program ends with its own exit code', async () => {
  const options = { env: process.env, cwd: folder() };
  expect(await supervise(process.execPath, ['-e', 'process.exit(3)'], options)).toEqual({
    code: 3,
    signal: null,
    stopped: false,
  });
  await expect(supervise(join(folder(), 'none'), [], options)).rejects.toThrow('ENOENT');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} is passed on as one clean stop, and waited for`, async () => {
    const script = "let n = 0; process.on('SIGINT', () => { n += 1; setTimeout(() => process.exit(10 + n), 300); })";
    const { ended } = await supervised(script);
    process.emit(signal, signal);
    process.emit(signal, signal);
    expect(await ended).toEqual({ code: 11, signal: null, stopped: true });
  });
}

test('a later SIGINT kills a program that will not stop', async () => {
  const { ended } = await supervised("process.on('SIGINT', () => {})");
  process.emit('SIGINT', 'SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 1200));
  process.emit('SIGINT', 'SIGINT');
  expect(await ended).toEqual({ code: null, signal: 'SIGKILL', stopped: true });
});

test('a program whose time is over is stopped like at a signal', async () => {
  const options = { env: process.env, cwd: folder(), quiet: true, endsAt: Date.now() };
  const script = "process.on('SIGINT', () => process.exit(7)); setInterval(() => {}, 1000)";
  const ended = await supervise(process.execPath, ['-e', script], options);
  // One that is not up yet cannot take the signal.
  expect(ended.stopped).toBe(true);
  expect([ended.code, ended.signal]).toEqual(ended.signal === null ? [7, null] : [null, 'SIGINT']);
});

test('what a program started is killed where it will not stop, so that the program can tell what it knows', async () => {
  const enlisting = join(packageRoot, 'dist', 'src', 'processes', 'enlist.js');
  const stuck = `import { enlist } from ${JSON.stringify(enlisting)}; process.on('SIGINT', () => {}); enlist(process.env.CHAT_CONFORMANCE_FOLDER); for (;;);`;
  writeFileSync(join(folder(), 'stuck.mjs'), stuck);
  const parent = `
    import { spawn } from 'node:child_process';
    process.on('SIGINT', () => {});
    const child = spawn(process.execPath, ['stuck.mjs'], { stdio: 'ignore' });
    child.once('exit', (code, signal) => process.exit(signal === 'SIGKILL' ? 9 : 1));`;
  writeFileSync(join(folder(), 'parent.mjs'), parent);
  const ended = await supervise(process.execPath, ['parent.mjs'], {
    env: process.env,
    cwd: folder(),
    quiet: true,
    endsAt: Date.now() + 4000,
    patience: { workersMs: 200, programMs: 60_000 },
  });
  expect(ended).toEqual({ code: 9, signal: null, stopped: true });
});

test('no handler of signals stays behind', async () => {
  const before = process.listenerCount('SIGINT');
  const { ended, pid } = await supervised('');
  expect(process.listenerCount('SIGINT')).toBe(before + 1);
  process.kill(pid, 'SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  expect(process.listenerCount('SIGINT')).toBe(before);
});
