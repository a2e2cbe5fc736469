import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirementsOf } from '../../apis/index.js';
import { packageRoot, packageVersion } from '../../src/root.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { cleanEnv } from './environment.js';

// One installation serves all tests of this file.
test.describe.configure({ mode: 'default' });

/** An empty project outside of this one, with the package installed from its tarball. */
let project = '';

test.beforeAll(async () => {
  test.setTimeout(300_000);
  project = mkdtempSync(join(tmpdir(), 'chat-conformance-'));
  // The build stands: packing must not write it again while other tests run from it.
  const packed = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], packageRoot);
  expect(packed.status, packed.stderr).toBe(0);
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '';
  write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const args = ['install', `./${tarball}`, '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  const installed = run('npm', args);
  expect(installed.status, installed.stderr).toBe(0);
});

test.afterAll(() => {
  if (project !== '') rmSync(project, { recursive: true, force: true });
});

test('the package holds what its users need, and nothing of its tests', () => {
  const installed = join(project, 'node_modules/chat-api-conformance');
  for (const path of [
    'README.md',
    'LICENSE',
    'action.yml',
    'dist/index.d.ts',
    'schemas/target.json',
    'schemas/target.base.json',
  ])
    expect(existsSync(join(installed, path)), path).toBe(true);
  for (const path of ['src', 'tests', 'dist/tests', 'reports', 'node_modules'])
    expect(existsSync(join(installed, path)), path).toBe(false);
});

test('the command tells its version', () => {
  const told = { status: 0, stdout: `${packageVersion}\n` };
  expect(command(['--version'])).toMatchObject(told);
  expect(run('npx', ['--no-install', 'chat-conformance', '--version'])).toMatchObject(told);
});

test('the suite runs from node_modules against the stub', long, () => {
  test.setTimeout(300_000);
  const ran = command(['run', '--api', 'relation', '--reports', 'reports']);
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  expect(ran.stdout).toContain('CONFORMANT');
  const verdict = JSON.parse(readFileSync(join(project, 'reports/verdict.json'), 'utf8')) as { verdict: string };
  expect(verdict.verdict).toBe('conformant');
  expect(existsSync(join(project, 'reports/allure/index.html'))).toBe(true);
});

test('three lines make the suite that of a Playwright project', long, () => {
  test.setTimeout(300_000);
  write(
    'playwright.config.ts',
    [
      `import { defineConfig } from 'chat-api-conformance/playwright';`,
      `export default defineConfig({ target: 'stub', api: 'relation', reports: 'in-playwright', workers: 1 });`,
    ].join('\n'),
  );
  const cli = join(project, 'node_modules/@playwright/test/cli.js');
  const listed = run(process.execPath, [cli, 'test', '--list']);
  expect(listed.status, listed.stdout + listed.stderr).toBe(0);
  expect(listed.stdout).toMatch(/\[relation\] › .*specs\/relation\/list\.spec\.js:\d+:\d+ › RE-LIST-5 /);
  const ran = run(process.execPath, [cli, 'test', '-g', 'RE-LIST-5 ']);
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  expect(ran.stdout).toContain('(relation alone, a selection: -g RE-LIST-5 )');
  expect(existsSync(join(project, 'in-playwright/allure/index.html'))).toBe(true);
});

test('a plugin adds an API: run, doctor, plan, stub, export, init and the matrix know it', long, () => {
  test.setTimeout(300_000);
  cpSync(join(packageRoot, 'examples/board'), join(project, 'board'), { recursive: true });
  const plugin = ['--plugin', './board/board.js'];
  const url = 'http://127.0.0.1:9';
  write(
    'board.json',
    JSON.stringify({ name: 'b', allow: 'write', plugins: ['./board/board.js'], board: { url, key: 'k' } }),
  );
  const matrix = command([...plugin, 'faults', 'run', '--api', 'board']);
  expect(matrix.stdout + matrix.stderr).toContain('5 of 5 faults caught, 5 in their own row or action; 2 of 2 healthy');
  const judged = command([...plugin, 'run', '--api', 'board', '--reports', 'reports-board', '--no-html']);
  expect(judged.stdout + judged.stderr).toContain('CONFORMANT: 5 of 5 MUSTs judged');
  expect(command(['run', '--target', 'board.json', '--plan']).stdout).toContain('board     remove');
  expect(command(['doctor', '--target', 'board.json'])).toMatchObject({ status: 2 });
  expect(command([...plugin, 'export', 'openapi', '--api', 'board', '--out', 'made']).status).toBe(0);
  expect(readFileSync(join(project, 'made/board.openapi.json'), 'utf8')).toContain('/board/notes/{id}');
  expect(command([...plugin, 'init', '--api', 'board', '--out', 'new.json']).stdout).toContain('BOARD_KEY');
});

test('a check of a plugin for an unknown requirement is told in one line, before anything is sent', () => {
  cpSync(join(packageRoot, 'examples/board'), join(project, 'misnamed'), { recursive: true });
  const spec = join(project, 'misnamed/specs/board.spec.js');
  writeFileSync(spec, readFileSync(spec, 'utf8').replace("requirement('BD-POST-1'", "requirement('BD-POST-9'"));
  const ran = command(['run', '--plugin', './misnamed/board.js', '--api', 'board', '--reports', 'reports-misnamed']);
  expect(ran.status).toBe(2);
  expect(ran.stderr).toMatch(
    /^chat-conformance: The spec file \S+board\.spec\.js does not load: a check is for BD-POST-9, which is no requirement of board\. Did you mean BD-POST-1\?\n$/,
  );
});

test('a plugin extends an API with an action and a stricter requirement', long, () => {
  test.setTimeout(300_000);
  cpSync(join(packageRoot, 'examples/ozeki-private'), join(project, 'ozeki-private'), { recursive: true });
  const plugin = ['--plugin', './ozeki-private/ozeki-private.js'];
  const matrix = command([...plugin, 'faults', 'run', '--only', 'ozeki-whoami-*']);
  expect(matrix.stdout + matrix.stderr).toContain('2 of 2 faults caught, 2 in their own row or action');
  const judged = command([...plugin, 'run', '--api', 'ozeki', '--only', 'OZX-WHO-1', 'OZX-COM-4', '--no-html']);
  const musts = requirementsOf(['ozeki']).filter(({ level }) => level === 'MUST').length + 2;
  expect(judged.stdout + judged.stderr).toContain(`PARTIAL: 2 of ${musts} MUSTs judged, none missed`);
});

test('the commands that need files of the package find them', () => {
  expect(command(['export', 'schemas', '--api', 'relation', '--out', 'made']).status).toBe(0);
  expect(command(['init', '--api', 'genesys']).status).toBe(0);
  const { $schema } = JSON.parse(readFileSync(join(project, 'target.json'), 'utf8')) as { $schema: string };
  expect($schema).toBe('./node_modules/chat-api-conformance/schemas/target.json');
});

test('the library can be imported, and its schemas by their paths', () => {
  write(
    'use.mjs',
    `import * as library from 'chat-api-conformance';
     import { createRequire } from 'node:module';
     import { setupServer } from 'msw/node';
     const schema = createRequire(import.meta.url)('chat-api-conformance/schemas/ozeki/clear.request.json');
     const server = setupServer(...library.relationHandlers());
     server.listen({ onUnhandledRequest: 'error' });
     const answer = await fetch('https://relation.test/api/v1/message/unreadCount');
     server.close();
     const { url, close } = await library.serveStub();
     await close();
     console.log(JSON.stringify({ names: Object.keys(library), title: schema.title, answer: await answer.json(), url }));`,
  );
  const used = run(process.execPath, ['use.mjs']);
  expect(used.stderr).toBe('');
  const { names, title, answer, url } = JSON.parse(used.stdout);
  expect(names.sort()).toEqual([
    'actionsOf',
    'apis',
    'bundledSchema',
    'bundledSchemas',
    'catalogue',
    'createStub',
    'defineApi',
    'examplesOf',
    'extend',
    'faults',
    'genesys',
    'genesysHandlers',
    'gms',
    'gmsHandlers',
    'openApiDocument',
    'ozeki',
    'ozekiHandlers',
    'relation',
    'relationHandlers',
    'requirementsOf',
    'rules',
    'schemaOf',
    'serveStub',
    'stubTarget',
    'validateBody',
    'validateExchange',
    'validateRefusal',
    'variants',
  ]);
  expect(title).toBe('Ozeki: Conversation / Clear, request');
  expect(answer).toMatchObject({ code: expect.not.stringMatching(/^0$/) });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

for (const [module, resolution] of [
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
] as const) {
  test(`a consumer in strict mode compiles with moduleResolution ${resolution}`, () => {
    const folder = `consumer-${resolution}`;
    mkdirSync(join(project, folder), { recursive: true });
    cpSync(join(packageRoot, 'tests/package/consumer.ts'), join(project, folder, 'consumer.ts'));
    const compilerOptions = {
      module,
      moduleResolution: resolution,
      target: 'es2023',
      lib: ['es2023', 'dom', 'dom.iterable'],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    };
    write(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    const compiler = join(packageRoot, 'node_modules/typescript/bin/tsc');
    const compiled = run(process.execPath, [compiler, '-p', folder]);
    expect(compiled.stdout).toBe('');
    expect(compiled.status).toBe(0);
  });
}

function write(file: string, text: string): void {
  writeFileSync(join(project, file), text);
}

/** The installed command, as npx finds it; npx itself would take longer than most commands. */
function command(args: readonly string[]): SpawnSyncReturns<string> {
  return run(join(project, 'node_modules/.bin/chat-conformance'), args);
}

/** Runs a program as a user would, without what the test runner or npm left in the environment. */
function run(program: string, args: readonly string[], cwd = project): SpawnSyncReturns<string> {
  return spawnSync(program, args, { cwd, env: cleanEnv(), encoding: 'utf8' });
}
