import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Collected, collectChecks } from '../runner/collector.js';
import type { Api } from '../src/api/api.js';
import { UsageError } from '../src/errors.js';

const loading = new Map<string, Promise<readonly Collected[]>>();
/** Spec files are loaded one after the other: whoever is loaded hands its checks to whoever collects. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * The checks of all spec files of an API, collected without Playwright, once a process.
 * @throws UsageError in one line that names the spec file that does not load
 */
export async function checksOf({ specs }: Pick<Api, 'specs'>): Promise<readonly Collected[]> {
  const lists = await Promise.all(specs.map(checksIn));
  return lists.flat();
}

function checksIn(folder: string): Promise<readonly Collected[]> {
  const known = loading.get(folder) ?? queue.then(() => load(folder));
  loading.set(folder, known);
  queue = known.catch(() => undefined);
  return known;
}

async function load(folder: string): Promise<Collected[]> {
  const checks: Collected[] = [];
  collectChecks((collected) => checks.push(collected));
  const files = readdirSync(folder).filter((name) => /\.spec\.m?[jt]s$/.test(name));
  for (const file of files.sort()) await loadSpec(join(folder, file));
  return checks;
}

async function loadSpec(path: string): Promise<void> {
  try {
    await import(pathToFileURL(path).href);
  } catch (error) {
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UsageError(`The spec file ${path} does not load: ${why}`);
  }
}
