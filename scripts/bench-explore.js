// @ts-check
/** Measures how many calls a second exploring makes, side by side with bare fetch at the same concurrency. Needs a current build: `npm run bench`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { apis } from '../dist/apis/index.js';
import { createEnvironment } from '../dist/src/environment/environment.js';
import { explore } from '../dist/src/explore/index.js';
import { memoryJournal } from '../dist/src/journal/journal.js';
import { resolveTarget } from '../dist/src/target/index.js';

const bin = fileURLToPath(new URL('../bin/chat-conformance.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'chat-conformance-bench-'));
const budgetMs = 6000;
/** As the answers of a server in the next town. */
const latencies = [50, 0];

/** How many calls a second bare fetch makes. @param {string} url @param {number} lanes */
async function bare(url, lanes) {
  const until = Date.now() + budgetMs;
  let calls = 0;
  const lane = async () => {
    for (; Date.now() < until; calls++) await (await fetch(url, { method: 'POST', body: '{}' })).text();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (1000 * calls) / budgetMs;
}

/** @param {import('../dist/src/api/api.js').Api} api @param {object} file */
async function explored(api, file) {
  const target = resolveTarget(/** @type {never} */ (file), 'stub', [api]);
  const lanes = (await api.model?.())?.lanes(target) ?? 0;
  const startedAt = performance.now();
  const { calls } = await explore(api, createEnvironment(target), { budgetMs, seed: 1, journal: memoryJournal });
  return { lanes, perSecond: (1000 * calls) / (performance.now() - startedAt), url: target.sections[api.name]?.url };
}

for (const latency of latencies) {
  const target = join(folder, `target-${latency}.json`);
  const args = ['stub', '--port', '0', '--json', '--write-target', target, '--latency', String(latency)];
  const stub = spawn(process.execPath, [bin, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((ready) => createInterface({ input: stub.stdout }).once('line', ready));
  try {
    for (const api of apis) {
      const { lanes, perSecond, url } = await explored(api, JSON.parse(readFileSync(target, 'utf8')));
      const floor = await bare(String(url), Math.min(lanes, 4));
      const name = `exploring ${api.name} over bare fetch, ${latency} ms, ${Math.min(lanes, 4)} at once`;
      const details = `${perSecond.toFixed(0)} and ${floor.toFixed(0)} calls a second`;
      console.log(
        `${name.padEnd(58)} ${(perSecond / floor).toFixed(2).padStart(7)}   ${'aim: 0.7'.padEnd(14)} ${details}`,
      );
    }
  } finally {
    stub.kill();
  }
}
rmSync(folder, { recursive: true, force: true });
