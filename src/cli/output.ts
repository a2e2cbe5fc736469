/** Whether a command can write what it is to write: asked before it begins, so that nothing is lost after hours. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../errors.js';

/** What a command is to write into: an option or argument as people know it, its value, and the absolute path. */
export interface Output {
  option: string;
  shown: string;
  path: string;
}

/**
 * Makes sure that a folder can be made and that files of these names can be written into it. Leaves everything as it was.
 * @throws UsageError that names the option
 */
export function checkFolder({ option, shown, path }: Output, names: readonly string[] = []): void {
  const made: string[] = [];
  try {
    makeFolder(path, made);
    for (const name of ['.chat-conformance', ...names]) tryFile(join(path, name));
  } catch (error) {
    throw new UsageError(`${option} ${shown}: ${problemAt(path, error)}. Name a folder that can be written.`);
  } finally {
    for (const folder of made.reverse()) rmdirSync(folder);
  }
}

/**
 * Makes sure that a file can be written into a folder that exists. Leaves everything as it was.
 * @throws UsageError that names the option
 */
export function checkFile({ option, shown, path }: Output): void {
  try {
    statSync(dirname(path));
    tryFile(path);
  } catch (error) {
    throw new UsageError(
      `${option} ${shown}: it cannot be written, ${problemAt(path, error)}. Name a file in a folder that exists.`,
    );
  }
}

/**
 * Makes a folder and those above it, and takes note of each. One by one: where a folder of the system refuses, Node's own way of
 * making them all tries for ever.
 */
function makeFolder(path: string, made: string[]): void {
  if (entryAt(path) === undefined) {
    if (dirname(path) !== path) makeFolder(dirname(path), made);
    mkdirSync(path);
    made.push(path);
    return;
  }
  if (!statSync(path).isDirectory()) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
}

/** Opens a file as for writing, without a change to what is in it. */
function tryFile(path: string): void {
  const isThere = entryAt(path) !== undefined;
  if (isThere) accessSync(path, constants.W_OK);
  closeSync(openSync(path, 'a'));
  if (!isThere) rmSync(path);
}

const problems: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands in its place',
  ENOTDIR: 'a file stands in its place',
  EISDIR: 'a folder stands in the place of a file',
  ENOENT: 'there is no such folder',
  EACCES: 'access to it is denied',
  EPERM: 'access to it is denied',
  EROFS: 'it is read-only',
  ENOSPC: 'no space is left',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
};

function problemAt(path: string, error: unknown): string {
  if (isDangling(path)) return 'it is a link to what is not there';
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown reason';
  return problems[code] ?? `for a reason that is not known (${code})`;
}

/** Whether the path, or a folder above it, is a link that leads nowhere. */
function isDangling(path: string): boolean {
  const entry = entryAt(path);
  if (entry === undefined) return dirname(path) !== path && isDangling(dirname(path));
  return entry.isSymbolicLink() && !existsSync(path);
}

/** What stands at a path, a link as itself; `undefined` where nothing does, or nothing can. */
function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** The files of a reports directory that are written one by one; what else is there is made anew. */
export const reportFiles = ['verdict.json', 'junit.xml', 'summary.md', 'badge.svg'];
