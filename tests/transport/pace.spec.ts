import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../src/root.js';
import { createPace, createTransport } from '../../src/transport/index.js';
import { expect, test } from '../test.js';
import { answers, serve } from './hostile-servers.js';

/** The greatest number of slots that begin within any interval of one second. */
function mostInOneSecond(slots: number[]): number {
  const sorted = slots.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((start) => sorted.filter((slot) => slot >= start && slot - start <= 1000).length));
}

test('several paces on one folder share one rate', async () => {
  const folder = test.info().outputPath('pace');
  const paces = Array.from({ length: 4 }, () => createPace({ perSecond: 40, folder }));
  const slots = (await Promise.all(paces.flatMap((pace) => Array.from({ length: 20 }, () => pace.wait())))).flat();
  expect(new Set(slots).size).toBe(80);
  expect(mostInOneSecond(slots)).toBeLessThanOrEqual(41);
});

test('several processes on one folder share one rate', async () => {
  const compiled = test.info().outputPath('compiled');
  const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');
  const flags = '--ignoreConfig --noEmit false --module nodenext --target es2023 --types node --skipLibCheck'.split(
    ' ',
  );
  execFileSync(process.execPath, [tsc, join(packageRoot, 'src/transport/pace.ts'), '--outDir', compiled, ...flags], {
    cwd: packageRoot,
  });
  const script = join(compiled, 'wait.mjs');
  writeFileSync(join(compiled, 'package.json'), '{"type":"module"}');
  writeFileSync(
    script,
    `import { createPace } from ${JSON.stringify(pathToFileURL(join(compiled, 'pace.js')).href)};
     const pace = createPace({ perSecond: 50, folder: process.argv[2] });
     const slots = [];
     for (let i = 0; i < 30; i += 1) slots.push(await pace.wait());
     process.stdout.write(JSON.stringify(slots));`,
  );
  const run = (): Promise<number[]> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [script, test.info().outputPath('slots')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let out = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
      });
      child.on('error', reject);
      child.on('close', () => resolve(JSON.parse(out) as number[]));
    });
  const slots = (await Promise.all([run(), run(), run()])).flat();
  expect(slots).toHaveLength(90);
  expect(new Set(slots).size).toBe(90);
  expect(mostInOneSecond(slots)).toBeLessThanOrEqual(51);
});

test('a slot is not over before it is used: nobody sends early', async () => {
  const pace = createPace({ perSecond: 100, folder: test.info().outputPath('pace') });
  for (let count = 0; count < 10; count += 1) {
    const slot = await pace.wait();
    // A timer may fire a millisecond early.
    expect(Date.now()).toBeGreaterThanOrEqual(slot - 2);
  }
});

test('a rate below one a second is a rate', async () => {
  const pace = createPace({ perSecond: 0.5, folder: test.info().outputPath('pace') });
  const first = await pace.wait();
  expect(first % 2000).toBe(0);
});

test('old slots are swept', async () => {
  const folder = test.info().outputPath('pace');
  const pace = createPace({ perSecond: 500, folder });
  await pace.wait();
  for (let slot = 1; slot <= 100; slot += 1) writeFileSync(join(folder, `${slot}.slot`), '');
  for (let count = 0; count < 70; count += 1) await pace.wait();
  expect(readdirSync(folder).filter((name) => Number.parseInt(name, 10) <= 100)).toEqual([]);
});

test('a rate that is none is refused', async () => {
  for (const perSecond of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => createPace({ perSecond, folder: test.info().outputPath('pace') })).toThrow(/positive number/);
  }
});

test('the transport keeps the pace, retries included', async () => {
  await using server = await serve(answers('{}', 429, { 'retry-after': '0' }));
  const folder = test.info().outputPath('pace');
  const transport = createTransport({ timeoutMs: 5000, pace: createPace({ perSecond: 200, folder }) });
  const about = { api: 'ozeki', action: 'list' } as const;
  await transport.send({ method: 'POST', url: server.url, headers: {}, body: '{}' }, about).catch(() => undefined);
  expect(readdirSync(folder)).toHaveLength(4);
});
