import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../src/root.js';
import { expect, test } from '../test.js';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Starts a program that forks one which does `work`, and says its number; kills the first, and gives the number of the other. */
async function orphan(work: string): Promise<number> {
  const script = test.info().outputPath('child.mjs');
  mkdirSync(dirname(script), { recursive: true });
  const module = join(packageRoot, 'dist/src/processes/enlist.js');
  writeFileSync(
    script,
    `import { endWithParent } from ${JSON.stringify(module)};\nendWithParent(() => console.log('told'), 300);\n` +
      `process.send(process.pid);\n${work}`,
  );
  const parent = spawn(process.execPath, [
    '-e',
    `require('node:child_process').fork(${JSON.stringify(script)}).once('message', (pid) => process.stdout.write(String(pid)))`,
  ]);
  const [said] = (await new Promise((resolve) => parent.stdout.once('data', (data) => resolve([data])))) as [Buffer];
  const pid = Number(said.toString());
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  return pid;
}

for (const [what, work] of [
  ['waits', 'setInterval(() => {}, 1000);'],
  ['is in a loop without end', 'setTimeout(() => { for (;;); }, 50);'],
] as const) {
  test(`a worker whose parent was killed ends, though it ${what}`, async () => {
    const pid = await orphan(work);
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });
}
