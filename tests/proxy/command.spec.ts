import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStub } from '../../apis/stub.js';
import { packageRoot } from '../../src/root.js';
import { expect, test } from '../test.js';

/** The real command, in a folder of this test's own. */
function start(args: readonly string[]) {
  const cwd = test.info().outputPath('cwd');
  mkdirSync(cwd, { recursive: true });
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'chat-conformance.js'), ...args], { cwd });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => {
    said.out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    said.err += data.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = async () => {
    await expect.poll(() => said.out, { timeout: 20_000 }).toContain('listens at');
    return /listens at (\S+)/.exec(said.out)?.[1] ?? '';
  };
  return { cwd, child, said, ended, url };
}

async function requestChat(url: string): Promise<number> {
  const body = JSON.stringify({ nickname: 'Nick', firstName: 'A', lastName: 'B', tenantName: 'Environment' });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v2/chats`, { method: 'POST', headers, body });
  await answer.text();
  return answer.status;
}

test('misses are printed as they come, a few of a kind, and Ctrl-C writes the reports', async () => {
  const stub = await serveStub({ faults: ['genesys-joined-as-firstname'] });
  const { child, cwd, ended, said, url } = start(['proxy', '--target', stub.url, '--port', '0', '--reports', 'out']);
  try {
    const address = await url();
    for (let i = 0; i < 5; i++) expect(await requestChat(address)).toBe(200);
    await expect.poll(() => said.out, { timeout: 30_000 }).toContain('further ones like it are only counted');
    expect(said.out.match(/^MUST GE-REQ-2 {2}genesys requestchat, request \d: .*$/gm)).toHaveLength(3);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(said.err).toBe('');
    const verdict = JSON.parse(readFileSync(join(cwd, 'out', 'verdict.json'), 'utf8'));
    expect(verdict).toMatchObject({ target: new URL(stub.url).host, requests: 5, verdict: 'non-conformant' });
  } finally {
    child.kill('SIGKILL');
    await stub.close();
  }
});

test('a healthy server gives exit code 0, and --quiet no line', async () => {
  const stub = await serveStub();
  const { child, ended, said, url } = start(['proxy', '--target', stub.url, '--port', '0', '--quiet']);
  try {
    expect(await requestChat(await url())).toBe(200);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(said.out).toContain('1 of 1 exchanges judged.');
  } finally {
    child.kill('SIGKILL');
    await stub.close();
  }
});

test('where nothing passed, nothing is judged', async () => {
  const { child, ended, url } = start(['proxy', '--target', 'http://127.0.0.1:1', '--port', '0']);
  try {
    expect(await requestChat(await url())).toBe(502);
    child.kill('SIGINT');
    expect(await ended).toBe(2);
  } finally {
    child.kill('SIGKILL');
  }
});
