import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package's package.json, whether the code runs from source or compiled from `dist`. */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/** The folder under which `src`, `apis`, `runner`, `fixtures` and `specs` lie: as source, or compiled. */
export const compiledRoot: string = fileURLToPath(new URL('..', import.meta.url));

/** The `version` of package.json. */
export const packageVersion: string = readPackage(packageRoot).version;

function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) && readPackage(from).name === 'chat-api-conformance') return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error('chat-api-conformance is not installed whole: its package.json is missing. Install it again.');
  return findPackageRoot(parent);
}

function readPackage(folder: string): { name: string; version: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string };
}
