import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/root.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { type Block, blocksOf } from './page.js';

for (const page of ['docs/client-developers.md', 'docs/server-developers.md']) {
  test(`every example of ${page} runs`, long, async () => {
    test.setTimeout(600_000);
    const blocks = blocksOf(page);
    expect(blocks.map(({ language }) => language)).toEqual(expect.arrayContaining(['sh']));
    const folder = workshop();
    const ports = new Map([
      ['8080', await freePort()],
      ['8081', await freePort()],
    ]);
    const written = blocks.map((block, index) =>
      write(folder, { ...block, text: withPorts(block.text, ports) }, index),
    );
    compile(folder, written);
    const background: ChildProcess[] = [];
    try {
      for (const [index, block] of blocks.entries()) {
        await test.step(block.place, async () => {
          const [program, file] = [block.language === 'sh' ? 'bash' : process.execPath, written[index] ?? ''];
          const args = block.language === 'sh' ? ['-euo', 'pipefail', file] : [file.replace(/\.ts$/, '.js')];
          if (block.background) background.push(await start(program, args, folder, block.place));
          else execute(program, args, folder, block);
        });
      }
    } finally {
      for (const { pid } of background) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  });
}

/** A folder outside of this project, as a reader has it: the packages installed, the command on the path. */
function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chat-conformance-docs-'));
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(packageRoot, 'bin/chat-conformance.js'), join(folder, 'bin/chat-conformance'));
  symlinkSync(packageRoot, join(folder, 'node_modules/chat-api-conformance'));
  for (const name of ['msw', '@types'])
    symlinkSync(join(packageRoot, 'node_modules', name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  return folder;
}

function write(folder: string, { language, text }: Block, index: number): string {
  const file = join(folder, `block-${index + 1}.${language}`);
  writeFileSync(file, `${text}\n`);
  return file;
}

/** Compiles the TypeScript of a page in strict mode; each block is a module of its own. */
function compile(folder: string, written: readonly string[]): void {
  const files = written.filter((file) => file.endsWith('.ts'));
  if (files.length === 0) return;
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    noUncheckedIndexedAccess: true,
    types: ['node'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const compiler = join(packageRoot, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
}

function execute(program: string, args: readonly string[], cwd: string, { place, exit }: Block): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env: environment(cwd), encoding: 'utf8' });
  expect(status, `${place}\n${stdout}${stderr}`).toBe(exit);
}

/** Starts a block that goes on running, and resolves when it has said something. */
async function start(program: string, args: readonly string[], cwd: string, place: string): Promise<ChildProcess> {
  // A group of its own: the shell and what it started end together.
  const child = spawn(program, args, { cwd, env: environment(cwd), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`${place} ended with exit code ${code}: ${said}`)));
  });
  child.stdout.resume();
  return child;
}

/** The environment of a reader, without what the test runner left in it. */
function environment(folder: string): Record<string, string | undefined> {
  const { HOME, PATH } = process.env;
  return { HOME, PATH: `${join(folder, 'bin')}:${PATH}` };
}

/** The pages name ordinary ports; another process of this machine may have them. */
function withPorts(text: string, ports: ReadonlyMap<string, string>): string {
  return [...ports].reduce((changed, [port, free]) => changed.replaceAll(port, free), text);
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
