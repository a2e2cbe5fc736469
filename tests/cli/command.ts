import { mkdirSync } from 'node:fs';
import { apis } from '../../apis/index.js';
import { apiNames } from '../../apis/names.js';
import type { Outside } from '../../src/cli/io.js';
import { run } from '../../src/cli/main.js';
import { test } from '../test.js';

/** What a command line left behind. */
export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** A folder of this test's own, in which the command lines run. */
export function folder(): string {
  const path = test.info().outputPath('cwd');
  mkdirSync(path, { recursive: true });
  return path;
}

/** Runs a command line in this process, in the test's folder. */
export async function command(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const outside: Outside = {
    env,
    cwd: folder(),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    apiNames,
    apis: async () => apis,
    apisAt: '',
    matrix: () => import('../../matrix/command.js'),
  };
  const code = await run(args, outside);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
