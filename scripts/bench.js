// @ts-check
/** Measures side by side, in one run, and prints ratios. Needs a current build: `npm run bench`. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ozekiSchemas } from '../dist/apis/ozeki/schemas.js';
import { walk } from '../dist/src/rules/index.js';

const bin = fileURLToPath(new URL('../bin/chat-conformance.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'chat-conformance-bench-'));
const latencyMs = 50;
const workers = 4;

/** @param {string} name @param {number} ratio @param {string} aim @param {string} details */
function print(name, ratio, aim, details) {
  console.log(`${name.padEnd(58)} ${ratio.toFixed(2).padStart(7)}   ${aim.padEnd(14)} ${details}`);
}

/** Serves the stub and gives what `use` makes of its target file. @param {string[]} args @param {(target: string) => void} use */
async function withStub(args, use) {
  const target = join(folder, `target-${Math.random()}.json`);
  const stub = spawn(process.execPath, [bin, 'stub', '--port', '0', '--json', '--write-target', target, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    await new Promise((ready) => createInterface({ input: stub.stdout }).once('line', ready));
    use(target);
  } finally {
    stub.kill();
  }
}

/** Runs the suite and gives wall time in milliseconds with the verdict. @param {string} target @param {string[]} args */
function run(target, args = []) {
  const startedAt = performance.now();
  spawnSync(process.execPath, [
    bin,
    'run',
    '--target',
    target,
    '--reports',
    folder,
    '--workers',
    String(workers),
    ...args,
  ]);
  const wallMs = performance.now() - startedAt;
  const verdict = JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8'));
  return { wallMs, verdict };
}

async function benchRun() {
  await withStub(['--latency', String(latencyMs)], (target) => {
    const { wallMs, verdict } = run(target);
    const floor = (verdict.requests * latencyMs) / workers;
    const ratio = verdict.durationMs / floor;
    const details = `${verdict.requests} requests, judged in ${(verdict.durationMs / 1000).toFixed(1)} s, with start and HTML ${(wallMs / 1000).toFixed(1)} s`;
    print(`(a) a run of all APIs at ${latencyMs} ms over requests x latency / workers`, ratio, 'aim: 1.2', details);
  });
}

function benchValidation() {
  const examples = ozekiSchemas.examples().filter(({ part }) => part === 'response');
  const rounds = 20_000;
  /** @param {(example: (typeof examples)[number]) => unknown} judge */
  const time = (judge) => {
    const startedAt = performance.now();
    for (let i = 0; i < rounds; i++) for (const example of examples) judge(example);
    return performance.now() - startedAt;
  };
  const bare = examples.map(({ action, part }) => ozekiSchemas.compiled(action, part));
  const bareOf = new Map(examples.map((example, i) => [example, bare[i]]));
  const runs = [0, 1, 2, 3, 4].map(() => {
    const floor = time((example) => bareOf.get(example)?.(example.body));
    return time((example) => ozekiSchemas.validate(example.action, example.part, example.body)) / floor;
  });
  const median = runs.sort((a, b) => a - b)[2] ?? Number.NaN;
  print(
    '(b) validating a response over the bare compiled call',
    median,
    'aim: 1.2',
    `${examples.length} documented bodies, median of 5`,
  );
}

async function benchWalk() {
  // Made beforehand: how long it takes to make ids is no matter of the walk.
  const history = Array.from({ length: 10_000 }, (_, i) => ({ id: `message-${10_000 - i}` }));
  /** @param {number} length */
  const source = (length) => ({
    first: length,
    fetch: async (/** @type {number} */ end) => history.slice(10_000 - end, 10_000 - end + Math.min(50, end)),
    idOf: (/** @type {{ id: string }} */ item) => item.id,
    next: (/** @type {unknown} */ _items, /** @type {number} */ end) => end - 50,
    mayRepeat: () => false,
    show: String,
  });
  /** @param {number} length */
  const time = async (length) => {
    const startedAt = performance.now();
    const { ids, rows } = await walk(source(length), { maxPages: length });
    return { ms: performance.now() - startedAt, ids: ids.size, rows: rows.length };
  };
  // A walk takes milliseconds, and whatever else the machine does only adds to it: the fastest of many says most.
  const best = { long: Number.POSITIVE_INFINITY, short: Number.POSITIVE_INFINITY };
  // What remembers the ids is a Set, and a large one is slower for each id than a small one.
  const floor = { ...best };
  /** @param {number} length */
  const fill = (length) => {
    const startedAt = performance.now();
    const ids = new Set();
    for (let i = 0; i < length; i++) ids.add(history[i]?.id);
    return performance.now() - startedAt;
  };
  for (let i = 0; i < 200; i++) {
    best.long = Math.min(best.long, (await time(10_000)).ms);
    best.short = Math.min(best.short, (await time(1000)).ms);
    floor.long = Math.min(floor.long, fill(10_000));
    floor.short = Math.min(floor.short, fill(1000));
  }
  const { ids, rows } = await time(10_000);
  print(
    '(c) a walk over 10,000 messages over one over 1,000',
    best.long / best.short,
    'aim: under 12',
    `the fastest of 200: ${best.long.toFixed(2)} ms over ${best.short.toFixed(2)} ms (a bare Set: ${(floor.long / floor.short).toFixed(1)}); remembers ${ids} ids and ${rows} pages`,
  );
}

async function benchMisses() {
  /** @type {{ wallMs: number; verdict: any }} */
  let clean = { wallMs: Number.NaN, verdict: undefined };
  await withStub([], (target) => {
    clean = run(target);
  });
  const listed = spawnSync(process.execPath, [bin, 'faults', '--json'], { encoding: 'utf8' });
  /** @type {{ id: string; requirement: string; found?: string }[]} */
  const all = JSON.parse(listed.stdout);
  // Those that only combinations show are left to exploring.
  const faults = all.filter(({ found }) => found === undefined);
  const onePerRequirement = [...new Map(faults.map((fault) => [fault.requirement, fault])).values()];
  await withStub(
    onePerRequirement.flatMap(({ id }) => ['--fault', id]),
    (target) => {
      const broken = run(target);
      const { fail, warn, error } = broken.verdict.counts;
      const details = `${fail + warn + error} of ${broken.verdict.requirements.length} missed or in error, ${(broken.wallMs / 1000).toFixed(1)} s over ${(clean.wallMs / 1000).toFixed(1)} s`;
      print(
        '(d) a server with a fault for every requirement over a healthy one',
        broken.wallMs / clean.wallMs,
        'aim: under 3',
        details,
      );
    },
  );
}

async function benchStart() {
  let text = '';
  await withStub([], (file) => {
    text = readFileSync(file, 'utf8');
  });
  let asked = () => {};
  const server = createServer(({ socket }) => {
    asked();
    socket.destroy();
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const target = join(folder, 'start.json');
  writeFileSync(target, text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, `http://127.0.0.1:${port}`));
  /** Until the process ends, or sends its first request. @param {string[]} args */
  const time = async (args) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, TMPDIR: folder } });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await Promise.race([ended, new Promise((resolve) => (asked = () => resolve(undefined)))]);
    const ms = performance.now() - startedAt;
    child.kill('SIGKILL');
    await ended;
    return ms;
  };
  // Whatever else the machine does only adds to a time: the shortest says most.
  const best = { bare: Number.POSITIVE_INFINITY, version: Number.POSITIVE_INFINITY, request: Number.POSITIVE_INFINITY };
  const reports = ['--reports', join(folder, 'start'), '--no-html'];
  for (let i = 0; i < 10; i++) {
    best.bare = Math.min(best.bare, await time(['-e', '0']));
    best.version = Math.min(best.version, await time([bin, '--version']));
    best.request = Math.min(
      best.request,
      await time([bin, 'run', '--api', 'relation', '--target', target, ...reports]),
    );
  }
  server.close();
  const { bare, version, request } = best;
  const over = (/** @type {number} */ ms) => `the shortest of 10: ${ms.toFixed(0)} ms over ${bare.toFixed(0)} ms`;
  print('(e) --version over bare Node.js', version / bare, 'aim: 2.5', over(version));
  print('(f) the first request of a run over bare Node.js', request / bare, 'aim: 1.2 s', over(request));
}

try {
  benchValidation();
  await benchWalk();
  await benchRun();
  await benchMisses();
  await benchStart();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
