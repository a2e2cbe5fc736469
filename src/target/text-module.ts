import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../errors.js';
import { thrownInWords } from './module-error.js';
import type { Problem, ResolvedTarget } from './section.js';

/** A module of the user whose default export makes a text that goes into a header. */
export interface TextModule {
  /** Absolute. */
  path: string;
  /** What messages call it: 'signing module'. */
  noun: string;
  /** Where the target file names it: `ozeki.signing.path`. */
  member: string;
  /** The export as it should be written, for a message. */
  example: string;
}

type MakeText<Given> = (given: Given) => unknown;

/** Loads a module, so that its faults show before a run and not in its middle. Throws a `UsageError`. */
export async function loadTextModule<Given>(module: TextModule, target: ResolvedTarget): Promise<MakeText<Given>> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(module.path).href)) as { default?: unknown };
  } catch (error) {
    throw moduleError(module, `cannot be loaded: ${thrownInWords(error, target)}`);
  }
  if (typeof loaded.default !== 'function')
    throw moduleError(module, `has no default export that is a function: write ${module.example}`);
  return loaded.default as MakeText<Given>;
}

/** The function of a module, loaded at the first call. It rejects with a `UsageError` when the module is at fault. */
export function textModule<Given>(module: TextModule, target: ResolvedTarget): (given: Given) => Promise<string> {
  let loading: Promise<MakeText<Given>> | undefined;
  return async (given) => {
    loading ??= loadTextModule(module, target);
    const make = await loading;
    let text: unknown;
    try {
      text = await make(given);
    } catch (error) {
      throw moduleError(module, `failed: ${thrownInWords(error, target, given)}`);
    }
    if (typeof text !== 'string')
      throw moduleError(
        module,
        `returned ${text === null ? 'null' : typeof text}: its default export must return a string`,
      );
    // A header cannot carry them, and the HTTP client's own message would quote the value.
    if (/[^\t\u0020-\u00ff]|\u007f/.test(text))
      throw moduleError(module, 'returned a text with line breaks or characters that no HTTP header can carry');
    return text;
  };
}

/** What is wrong with the path of a module in a target file. `path` is unchecked data, `file` the target file's absolute path. */
export function modulePathProblems(path: unknown, { noun, member }: Omit<TextModule, 'path'>, file: string): Problem[] {
  if (typeof path !== 'string') return [];
  const module = resolve(dirname(file), path);
  if (existsSync(module) && statSync(module).isFile()) return [];
  const problem = `there is no file ${module}: name the ${noun}, relative to the folder of the target file`;
  return [{ path: member, problem }];
}

function moduleError({ noun, path, member }: TextModule, what: string): UsageError {
  return new UsageError(`The ${noun} ${path} (${member}) ${what}.`);
}
