/** Whole runs of the built command against servers of the test, and what they leave behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stubTarget } from '../../apis/stub.js';
import type { ApiName } from '../../src/exchange/index.js';
import { packageRoot } from '../../src/root.js';
import { validateVerdict } from '../../src/schemas/index.js';
import { exitCode, type RequirementVerdict, type Verdict } from '../../src/verdict/index.js';
import type { Target } from '../../types/target.js';
import { requirementsOf } from '../apis.js';
import { expect } from '../test.js';

const bin = join(packageRoot, 'bin', 'chat-conformance.js');

/** A run that has not ended by then counts as hung. Far more than any takes, for other tests may be at work. */
const patienceMs = 220_000;

/** What a command line left behind. */
export interface Ended {
  /** `null` where a signal ended it. */
  code: number | null;
  out: string;
  err: string;
}

/** A command at work. */
export interface Working {
  child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  ended: Promise<Ended>;
}

/** A folder for a target file and reports. Goes at the end of the test process. */
export function makePlace(): string {
  return mkdtempSync(join(allPlaces(), 'run-'));
}

let places: string | undefined;

function allPlaces(): string {
  if (places === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'chat-conformance-test-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    places = made;
  }
  return places;
}

/** Starts `chat-conformance ARGS` in `place`, in a process group of its own, so that a test can kill the whole of it. */
export function start(place: string, args: readonly string[], env: Record<string, string> = {}): Working {
  return startProgram(place, [bin, ...args], { ...process.env, GITHUB_ACTIONS: undefined, ...env });
}

/** Starts a program of Node.js in `place`, in a process group of its own. */
export function startProgram(place: string, args: readonly string[], env: NodeJS.ProcessEnv): Working {
  const child = spawn(process.execPath, args, {
    cwd: place,
    detached: true,
    env: { ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    const tooLong = setTimeout(() => {
      killAll(child);
      reject(new Error(`the run has not ended by itself within ${patienceMs / 1000} s:\n${out}\n${err}`));
    }, patienceMs);
    child.once('close', (code) => {
      clearTimeout(tooLong);
      resolve({ code, out, err });
    });
  });
  // Who asks for the end later still gets the rejection.
  ended.catch(() => undefined);
  return { child, said: () => out + err, ended };
}

/** `npx playwright test` with the configuration of the project, as those who live in Playwright call it; reports go into `cwd`. */
export function playwright(
  cwd: string,
  target: string,
  args: readonly string[],
  variables: Record<string, string> = {},
  command: 'test' | 'merge-reports' = 'test',
) {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  // The variables of the runner that runs this test would make the inner one a part of it.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(PLAYWRIGHT|PW|TEST_|CHAT_CONFORMANCE_|FORCE_COLOR|GITHUB_)/.test(name),
  );
  const env = { ...Object.fromEntries(own), CHAT_CONFORMANCE_TARGET: target, ...variables };
  return startProgram(cwd, [cli, command, '--config', join(packageRoot, 'playwright.config.ts'), ...args], env).ended;
}

/** `kill -9` to the command, Playwright and its workers at once. */
export function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}

/** The stub's target at `url`, changed by `change`, as a file in `place`. */
export function writeTarget(place: string, url: string, change: (target: Target) => void = () => {}): string {
  const target = structuredClone(stubTarget({ url }));
  change(target);
  const file = join(place, 'target.json');
  writeFileSync(file, JSON.stringify(target));
  return file;
}

/** What a run is asked for; `html` where a test looks at the HTML report, which takes a while to make. */
interface RunOptions {
  workers?: number;
  reports?: string;
  html?: boolean;
}

/** The command line of a run of the target file in the same folder. */
export function runArgs(apis: readonly ApiName[], options: RunOptions = {}): string[] {
  const { workers = 2, reports = 'reports', html = false } = options;
  const args = [
    'run',
    '--target',
    'target.json',
    '--api',
    apis.join(),
    '--workers',
    `${workers}`,
    '--reports',
    reports,
  ];
  return html ? args : [...args, '--no-html'];
}

/** The verdict that a run wrote into `place`; it fits its schema and names every requirement of `apis`, each once. */
export function verdictIn(place: string, apis: readonly ApiName[], reports = 'reports'): Verdict {
  const verdict = JSON.parse(readFileSync(join(place, reports, 'verdict.json'), 'utf8')) as Verdict;
  expect(validateVerdict(verdict)).toEqual([]);
  expect(verdict.requirements.map(({ id }) => id)).toEqual(requirementsOf(apis).map(({ id }) => id));
  return verdict;
}

/** What every ended run keeps, whatever its server did; gives the verdict. */
export function checkEnded(ended: Ended, place: string, apis: readonly ApiName[], reports = 'reports'): Verdict {
  const said = `${ended.out}\n${ended.err}`;
  expect(existsSync(join(place, reports, 'verdict.json')), said).toBe(true);
  const verdict = verdictIn(place, apis, reports);
  expect(ended.code).toBe(exitCode(verdict));
  expect(said).not.toMatch(/^\s+at .+[:(]\d+:\d+\)?$|node:internal|UnhandledPromise/m);
  const silent = verdict.requirements.filter(({ status, reason }) => status !== 'pass' && !reason);
  expect(silent.map(({ id }) => id)).toEqual([]);
  return verdict;
}

/** The requirements of a verdict with one of these statuses. */
export function of(verdict: Verdict, ...statuses: RequirementVerdict['status'][]): RequirementVerdict[] {
  return verdict.requirements.filter(({ status }) => statuses.includes(status));
}
