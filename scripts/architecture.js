// @ts-check
/**
 * The rooms of the project and which way imports may go, as one list: the table of ARCHITECTURE.md is written from it, a test holds
 * every import to it, and `npm run measure` counts by it. Plain JavaScript, so that it runs before anything is compiled.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Room
 * @property {string} name
 * @property {RegExp} files the paths that belong to it
 * @property {string} holds
 * @property {readonly string[]} may the rooms that it may import; `*` for any
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** What every room may import: names and errors that depend on nothing. */
const ground = ['exchange', 'errors'];

/** @param {string} name @param {string} holds @param {string} may @returns {Room} */
const engine = (name, holds, may) => ({
  name,
  files: new RegExp(`^src/${name}/`),
  holds,
  may: [...ground, ...may.split(' ').filter(Boolean)],
});

/** Every room, from the ground up: a room imports only what stands above it. @type {readonly Room[]} */
export const rooms = [
  { name: 'types', files: /^types\//, holds: 'TypeScript generated from `schemas/`', may: [] },
  { name: 'exchange', files: /^src\/exchange\//, holds: 'what passes over the wire, as types', may: [] },
  {
    name: 'errors',
    files: /^src\/(console|errors|root)\.ts$/,
    holds: 'mistakes of people, what a terminal may show of others, and where the package lies',
    may: [],
  },
  engine('processes', 'locks, and which process is which', ''),
  engine('rules', 'pure functions: data in, findings out', ''),
  engine('schemas', 'compiled validators, and their words for people', ''),
  engine('requirements', 'the form of a catalogue', ''),
  engine('secrets', 'the redactor, and evidence made through it', 'rules'),
  engine(
    'transport',
    'one HTTP sender: limits, retries, pacing, circuit breaker, what stands before a server',
    'rules',
  ),
  engine('client', 'sends one call, validates and records it', 'schemas transport'),
  engine('passive', 'requirements judged by single exchanges: what all APIs share', 'rules'),
  engine('target', 'target files: load, check, describe', 'schemas secrets types'),
  engine('verdict', 'verdict, waivers, merge, compare; pure', 'requirements types'),
  engine(
    'judge',
    'runs a check, confirms misses, makes a judgement',
    'passive requirements rules secrets transport verdict',
  ),
  engine(
    'environment',
    'what the checks of a run share: the way to the server, account slots',
    'client judge passive processes secrets target transport',
  ),
  engine('journal', 'what must be put back', 'judge processes secrets target transport'),
  engine(
    'doctor',
    'asks about a target before a run',
    'client environment journal judge requirements secrets target transport',
  ),
  engine('stub', 'serves simulated servers; faults and variants as mutations', ''),
  engine('ledger', 'lies about the members of answers, and what catches each', 'requirements schemas stub'),
  engine('export', 'the contract for other tools: OpenAPI, bundled schemas', 'schemas'),
  engine(
    'recording',
    'traffic of others: reads it, recognises actions, judges what passive traffic can decide',
    'passive requirements rules schemas secrets transport verdict',
  ),
  engine(
    'api',
    'an API as a value; plugins',
    'client doctor environment explore export journal judge passive recording requirements schemas stub target',
  ),
  engine(
    'explore',
    'generated sequences against a model',
    'client environment journal judge passive requirements rules schemas secrets target transport types verdict',
  ),
  engine('preflight', 'whether a run can be judged at all', 'doctor target'),
  engine('proxy', 'passes HTTP through and hands over copies', 'api recording target transport verdict'),
  engine('reporters', 'files and lines for people and machines', 'requirements schemas secrets target verdict types'),
  engine('library', 'one exchange judged, for other programs', 'api passive recording requirements'),
  engine(
    'cli',
    'the commands',
    'api doctor environment explore export journal judge ledger preflight processes proxy recording reporters requirements rules schemas secrets stub target transport verdict types',
  ),
  {
    name: 'apis',
    files: /^apis\/[a-z]+\/(?!stub\/)/,
    holds: 'one folder an API: actions, requirements, target section, passive checks, sequences, doctor, model',
    may: [
      ...ground,
      'types',
      'rules',
      'schemas',
      'requirements',
      'secrets',
      'transport',
      'client',
      'passive',
      'target',
      'verdict',
      'judge',
      'environment',
      'journal',
      'doctor',
      'stub',
      'export',
      'recording',
      'api',
      'explore',
      'simulated servers',
    ],
  },
  {
    name: 'simulated servers',
    files: /^apis\/[a-z]+\/stub\//,
    holds: 'one folder an API: MSW handlers over in-memory state, faults and variants; nothing of the suite',
    may: [...ground, 'stub', 'apis'],
  },
  {
    name: 'apis of the package',
    files: /^apis\/[a-z]+\.ts$/,
    holds: 'the APIs that come along, as lists',
    may: [
      ...ground,
      'apis',
      'simulated servers',
      'api',
      'export',
      'library',
      'requirements',
      'schemas',
      'stub',
      'target',
      'types',
    ],
  },
  {
    name: 'runner',
    files: /^runner\//,
    holds: 'Playwright as the runner: declares tests, opens sessions for a worker, sets a run up, starts the stub',
    may: [
      ...ground,
      'processes',
      'requirements',
      'secrets',
      'target',
      'verdict',
      'judge',
      'environment',
      'journal',
      'api',
      'reporters',
      'apis of the package',
    ],
  },
  {
    name: 'fixtures',
    files: /^fixtures\//,
    holds:
      'the vocabulary of checks: users, chat, matchers, `expect`, the policy on concurrent users; test data from Faker',
    may: [...ground, 'types', 'rules', 'schemas', 'transport', 'passive', 'target', 'judge', 'api', 'apis', 'runner'],
  },
  {
    name: 'specs',
    files: /^specs\//,
    holds: 'one folder an API, one file an action',
    may: [...ground, 'fixtures', 'apis', 'rules'],
  },
  {
    name: 'matrix',
    files: /^matrix\//,
    holds: 'the suite against every fault and variant',
    may: [
      ...ground,
      'api',
      'apis of the package',
      'cli',
      'environment',
      'explore',
      'journal',
      'judge',
      'ledger',
      'passive',
      'requirements',
      'runner',
      'secrets',
      'stub',
      'target',
      'transport',
      'verdict',
    ],
  },
  {
    name: 'package',
    files: /^(index|main|plugin|checks|playwright\.config|playwright)\.ts$/,
    holds: 'what users import and run: it puts APIs and engine together',
    may: ['*'],
  },
];

/** The source files of the product, with `/` between folders. @returns {string[]} */
export function sourceFiles() {
  const listed = execFileSync('git', ['ls-files', '*.ts'], { cwd: root, encoding: 'utf8' }).split('\n');
  return listed.filter(
    (path) =>
      /^(types|src|apis|runner|fixtures|specs|matrix)\/|^[a-z.]+\.ts$/.test(path) && existsSync(join(root, path)),
  );
}

/** @param {string} path @returns {string} */
export const read = (path) => readFileSync(join(root, path), 'utf8');

/** The room of a file. @param {string} path @returns {Room | undefined} */
export function roomOf(path) {
  return rooms.find(({ files }) => files.test(path));
}

/**
 * The files that a file imports, types included. What is loaded by `import()` only when it is needed is left out where `eager`.
 * @param {string} path
 * @param {{ eager?: boolean }} [options]
 * @returns {string[]}
 */
export function importsOf(path, { eager = false } = {}) {
  const pattern = eager ? /(?:from)\s*'(\.[^']+)'/g : /(?:from|import\()\s*'(\.[^']+)'/g;
  return [...read(path).matchAll(pattern)].map(([, specifier = '']) => sourceAt(path, specifier));
}

/** The source file that a specifier means in a file. @param {string} path @param {string} specifier */
function sourceAt(path, specifier) {
  return join(dirname(path), specifier).replaceAll('\\', '/').replace(/\.js$/, '.ts');
}

/**
 * The files and packages that are loaded with a file: by its imports and theirs, without types and what `import()` loads when it is
 * needed.
 * @param {string} path
 * @returns {{ files: string[]; packages: string[] }}
 */
export function loadedWith(path) {
  const files = new Set([path]);
  const packages = new Set();
  for (const file of files) {
    for (const [, specifier = ''] of read(file).matchAll(/^(?:import|export) (?!type\b)[\w*{},\s]*from '([^']+)'/gm)) {
      if (specifier.startsWith('.')) files.add(sourceAt(file, specifier));
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** Imports that run against the flow, as `file imports file (room into room)`. @returns {string[]} */
export function wrongImports() {
  return sourceFiles().flatMap((path) => {
    const room = roomOf(path);
    if (room === undefined) return [`${path} belongs to no room`];
    return importsOf(path).flatMap((target) => {
      const other = roomOf(target);
      if (other === undefined || other === room || room.may.includes('*') || room.may.includes(other.name)) return [];
      return [`${path} imports ${target} (${room.name} into ${other.name})`];
    });
  });
}

/** Imports of one API's files by another's. @returns {string[]} */
export function importsBetweenApis() {
  const apiOf = (/** @type {string} */ path) => /^(?:apis|fixtures|specs)\/([a-z]+)\//.exec(path)?.[1];
  return sourceFiles().flatMap((path) => {
    const own = apiOf(path);
    const others = importsOf(path).filter(
      (target) => own !== undefined && apiNames().includes(apiOf(target) ?? '') && apiOf(target) !== own,
    );
    return own === undefined || !apiNames().includes(own) ? [] : others.map((target) => `${path} imports ${target}`);
  });
}

/** The names of the APIs that come along: those of their folders. What several of them share has no `index.ts`. @returns {string[]} */
export function apiNames() {
  return readdirSync(join(root, 'apis'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'apis', entry.name, 'index.ts')))
    .map(({ name }) => name);
}

/** Circles of imports, each as its files; types count, `import()` does not. @returns {string[][]} */
export function circles() {
  const files = sourceFiles();
  const known = new Set(files);
  /** @type {Map<string, number>} */
  const state = new Map();
  /** @type {string[][]} */
  const found = [];
  /** @param {string} path @param {string[]} way */
  const visit = (path, way) => {
    if (state.get(path) === 2) return;
    const at = way.indexOf(path);
    if (at !== -1) {
      found.push([...way.slice(at), path]);
      return;
    }
    for (const next of importsOf(path, { eager: true })) if (known.has(next)) visit(next, [...way, path]);
    state.set(path, 2);
  };
  for (const path of files) visit(path, []);
  return found;
}

/** The code of a file without its comments. @param {string} path @returns {string} */
const codeOf = (path) =>
  read(path)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1');

/** Files of the engine and of what all APIs share whose code names an API. @returns {string[]} */
export function filesNamingApis() {
  const names = new RegExp(
    `\\b(${apiNames().join('|')})|\\b(${apiNames()
      .map((name) => name.charAt(0).toUpperCase() + name.slice(1))
      .join('|')})`,
  );
  const shared = /^(src|matrix|runner)\/|^fixtures\/[^/]+\.ts$|^fixtures\/expect\//;
  return sourceFiles().filter((path) => shared.test(path) && names.test(codeOf(path)));
}

/** The table of ARCHITECTURE.md. @returns {string} */
export function roomsTable() {
  const rows = rooms.map(({ name, files, holds, may }) => {
    const folder = files.source.startsWith('^src\\/') || files.source.startsWith('^src/') ? `src/${name}` : name;
    return `| ${folder} | ${holds} | ${may.includes('*') ? 'anything' : may.filter((other) => !ground.includes(other)).join(', ') || 'nothing'} |`;
  });
  return ['| room | holds | may import, beside exchange and errors |', '| --- | --- | --- |', ...rows].join('\n');
}
