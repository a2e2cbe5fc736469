// @ts-check
/**
 * Tries other tools and this suite on the same servers, side by side in one run, and writes docs/benchmarks.md. Needs a current build and,
 * the first time, the npm registry: `npm run bench:peers`. `-- --faults 2` takes two faults of each API in place of ten; `--tool Dredd`, which may be
 * given more than once, takes that tool alone, and writes no page. `--continue` takes over what an interrupted run has measured.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { faults as allFaults, serveStub, stubTarget } from '../dist/apis/stub.js';
import { seededFaker } from '../dist/src/stub/random.js';
import { dredd } from './bench-peers/dredd.js';
import { openFront } from './bench-peers/front.js';
import { ours } from './bench-peers/ours.js';
import { pageOf, tableOf } from './bench-peers/page.js';
import { plans, walk } from './bench-peers/plan.js';
import { portman } from './bench-peers/portman.js';
import { prism } from './bench-peers/prism.js';
import { specmatic } from './bench-peers/specmatic.js';
import { stepci } from './bench-peers/stepci.js';
import { endAll } from './bench-peers/tool.js';

const seed = 1;
const {
  faults: perApi,
  tool,
  continue: goOn,
} = parseArgs({
  options: {
    faults: { type: 'string', default: '10' },
    tool: { type: 'string', multiple: true, default: [] },
    continue: { type: 'boolean', default: false },
  },
}).values;
const command = fileURLToPath(new URL('../bin/chat-conformance.js', import.meta.url));
const drivers = [ours, dredd, stepci, portman, prism, specmatic].filter(
  ({ name }) => tool.length === 0 || tool.includes(name),
);

/**
 * One run of a tool. `tests` says of each test whether it passed; `stopped` why there is none.
 * @typedef {{ seconds: number, requests: number, tests: Record<string, boolean>, stopped?: string }} Result
 * @typedef {{ id: string, api: string, requirement: string, sentence: string }} Fault
 */

/** Installs a tool apart from this project, once for each version; gives the folder of its commands. @param {import('./bench-peers/tool.js').Driver} driver */
function install({ packages }) {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  if (wanted.length === 0) return '';
  const home = join(tmpdir(), 'chat-conformance-peers', wanted.join('+').replaceAll(/[@/]+/g, '-'));
  const commands = join(home, 'node_modules', '.bin');
  if (existsSync(join(home, 'installed'))) return commands;
  console.log(`Installing ${wanted.join(', ')}.`);
  mkdirSync(home, { recursive: true });
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', home, ...wanted], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`npm could not install ${wanted.join(', ')}.`);
  writeFileSync(join(home, 'installed'), '');
  return commands;
}

/** The first fault of each of so many requirements of each API, which are drawn by the seed. @returns {Fault[]} */
function draw() {
  const { helpers } = seededFaker(seed);
  const drawn = Object.keys(plans).map((api) => {
    const own = allFaults.filter((fault) => fault.api === api);
    const requirements = helpers.shuffle([...new Set(own.map(({ requirement }) => requirement))]);
    return requirements.map((name) => own.find(({ requirement }) => requirement === name));
  });
  // One of each API after another: what an interrupted run has measured is a draw too.
  const rounds = Array.from({ length: Number(perApi) }, (_, i) => drawn.map((faults) => faults[i]));
  return rounds.flat().filter((fault) => fault !== undefined);
}

/** Serves the stub, healthy or with a fault, while `use` lasts. @template T @param {string | undefined} fault @param {(url: string, target: any) => Promise<T>} use */
async function withStub(fault, use) {
  const { url, close } = await serveStub({ faults: fault === undefined ? [] : [fault] });
  try {
    return await use(url, stubTarget({ url }));
  } finally {
    await close();
  }
}

/**
 * One tool on one server of its own.
 * @param {import('./bench-peers/tool.js').Driver} driver
 * @param {string} api
 * @param {string} label
 * @param {string} [fault]
 * @returns {Promise<Result>}
 */
function tried(driver, api, label, fault) {
  return withStub(fault, async (stub, target) => {
    const folder = join(work, `${driver.name} ${label}`.replaceAll(' ', '-'));
    mkdirSync(folder);
    const steps = plans[api]?.(target) ?? [];
    const bin = (/** @type {string} */ name) => join(String(commands.get(driver)), name);
    const run = {
      api,
      steps,
      url: front.url,
      target,
      schemas: join(work, 'schemas'),
      folder,
      bin,
      answers: answers[api] ?? [],
    };
    front.passTo(stub);
    await driver.prepare?.(run);
    front.passTo(stub);
    const startedAt = performance.now();
    /** @type {Pick<Result, 'tests' | 'stopped'>} */
    const told = await driver.run(run).then(
      (tests) => ({ tests }),
      (error) => ({ tests: {}, stopped: String(error.message) }),
    );
    return { ...told, seconds: (performance.now() - startedAt) / 1000, requests: front.requests() };
  });
}

/** The tests that fail on a healthy server: of either of two runs, for none of them says anything of a fault. @param {Result[]} runs */
function failedOn(runs) {
  const failed = runs.flatMap(({ tests }) => Object.entries(tests).filter(([, passed]) => !passed));
  return new Set(failed.map(([name]) => name));
}

/** The tests by which a tool tells a faulty server from the healthy one. @param {Result[]} healthy @param {Result} faulty */
function findings(healthy, faulty) {
  if (faulty.stopped !== undefined) return ['no result'];
  const known = failedOn(healthy);
  return Object.entries(faulty.tests).flatMap(([name, passed]) =>
    passed || known.has(name) || healthy.some(({ tests }) => !(name in tests)) ? [] : [name],
  );
}

const work = mkdtempSync(join(tmpdir(), 'chat-conformance-bench-'));
const front = await openFront();
/** @type {Map<import('./bench-peers/tool.js').Driver, string>} */
const commands = new Map();
/** What the healthy stub answers to each step. @type {Record<string, unknown[]>} */
const answers = {};
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    endAll();
    process.exit(130);
  });
}

/**
 * A tool with what its runs came to, by the words for each. They are kept in a file, for `--continue`.
 * @param {import('./bench-peers/tool.js').Driver} driver
 */
function openRuns(driver) {
  const file = join('reports', 'bench-peers', `${driver.name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  /** @type {Record<string, Result>} */
  const kept = goOn && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    driver,
    /** @param {string} api @param {string} label @param {string} [fault] */
    async once(api, label, fault) {
      const result = kept[label] ?? (await tried(driver, api, label, fault));
      // That a tool cannot be run at all is to be mended, not kept.
      if (fault !== undefined || result.stopped === undefined) kept[label] = result;
      writeFileSync(file, JSON.stringify(kept, null, 1));
      return result;
    },
  };
}

/** A tool on the healthy stub, twice for each API. @param {ReturnType<typeof openRuns>} runs @returns {Promise<import('./bench-peers/page.js').Row>} */
async function onHealthy({ driver, once }) {
  /** @type {Record<string, Result[]>} */
  const healthy = {};
  for (const api of Object.keys(plans)) {
    const runs = [await once(api, `${api} healthy 1`), await once(api, `${api} healthy 2`)];
    const stopped = runs.find((run) => run.stopped !== undefined)?.stopped;
    if (stopped !== undefined) throw new Error(`${driver.name} on the healthy stub: ${stopped}`);
    healthy[api] = runs;
    console.log(`${driver.name}: healthy ${api}, fails: ${[...failedOn(runs)].join(', ') || 'none'}`);
  }
  const alarms = Object.values(healthy).flatMap((runs) => [...failedOn(runs)]);
  return { driver, healthy, found: [], alarms };
}

try {
  const absent = drivers.flatMap((driver) => {
    const why = 'whyNot' in driver ? /** @type {typeof specmatic} */ (driver).whyNot() : undefined;
    return why === undefined ? [] : [{ name: driver.name, why }];
  });
  const present = drivers.filter(({ name }) => !absent.some((each) => each.name === name));
  for (const driver of present) commands.set(driver, install(driver));
  spawnSync(process.execPath, [command, 'export', 'schemas', '--out', join(work, 'schemas')]);
  for (const api of Object.keys(plans)) {
    answers[api] = await withStub(undefined, async (url, target) => {
      front.passTo(url);
      const walked = await walk(plans[api]?.(target) ?? [], front.url);
      return walked.map(({ text }) => JSON.parse(text ?? 'null'));
    });
  }
  const faults = draw();
  const runs = present.map(openRuns);
  /** @type {import('./bench-peers/page.js').Row[]} */
  const rows = [];
  for (const each of runs) rows.push(await onHealthy(each));
  for (const { id, api } of faults) {
    for (const [i, { driver, healthy, found }] of rows.entries()) {
      const result = await /** @type {ReturnType<typeof openRuns>} */ (runs[i]).once(api, id, id);
      const by = findings(healthy[api] ?? [], result);
      found.push({ id, by, ...result });
      console.log(`${driver.name}: ${id}: ${by.join(', ') || '·'}`);
    }
  }
  console.log(tableOf(rows, faults, absent));
  if (tool.length === 0) writeFileSync('docs/benchmarks.md', pageOf(rows, faults, absent, seed));
} finally {
  endAll();
  front.close();
  if (process.env.KEEP) console.log(work);
  else rmSync(work, { recursive: true, force: true });
}
