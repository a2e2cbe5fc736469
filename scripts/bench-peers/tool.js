// @ts-check
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a driver is given for one run against one server.
 * @typedef {{
 *   api: string, steps: import('./plan.js').Step[], url: string, target: any, schemas: string, folder: string,
 *   bin: (name: string) => string, answers: unknown[]
 * }} Run
 * `url` is where the server is reached, `schemas` what `chat-conformance export schemas` wrote, `folder` one of the run's own, `bin` the
 * path of a command that was installed, and `answers` what a healthy server answered to the steps.
 *
 * @typedef {{
 *   name: string, packages: Record<string, string>, madeFor: string, given: string,
 *   prepare?: (run: Run) => Promise<void>,
 *   run: (run: Run) => Promise<Record<string, boolean>>
 * }} Driver
 * `prepare` writes the tool's files, which is not timed. `run` gives each test by its name, and whether it passed. It throws where the tool
 * tells of no test.
 */

/** No tool may take longer. */
export const limitMs = 240_000;

/** What keeps tools from sending usage data and from colouring text. */
const environment = { ...process.env, STEPCI_DISABLE_ANALYTICS: '1', NO_COLOR: '1', FORCE_COLOR: '0', CI: '1' };

/** Runs a command to its end, or to the limit, after which its whole process group is ended. @param {string} command @param {string[]} args @param {string} cwd */
export async function runCommand(command, args, cwd) {
  const { child, output } = begin(command, args, cwd);
  const timer = setTimeout(() => end(child), limitMs);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('close', resolve);
  });
  clearTimeout(timer);
  const text = output();
  writeFileSync(join(cwd, 'output.log'), text);
  return { code, text };
}

/** Starts a command in a process group of its own. @param {string} command @param {string[]} args @param {string} cwd */
export function begin(command, args, cwd) {
  const child = spawn(command, args, { cwd, env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  child.stderr.on('data', (data) => {
    text += data;
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  return { child, output: () => text };
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends a command with all that it started. @param {import('node:child_process').ChildProcess} child */
export function end(child) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Ends whatever is still running. */
export function endAll() {
  for (const child of running) end(child);
}

/** Takes what a tool told of its tests, and is an error where that is nothing. @param {string} name @param {Iterable<readonly [string, boolean]>} tests @param {string} text */
export function testsOf(name, tests, text) {
  const told = Object.fromEntries(tests);
  if (Object.keys(told).length === 0)
    throw new Error(`${name} told of no test. The end of its output:\n${text.slice(-800)}`);
  return told;
}
