import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../errors.js';
import type { Api } from './api.js';
import { checkApi } from './check.js';
import { applied, isExtension } from './extend.js';

/**
 * These APIs, and those that plugins add or extend. A plugin is a module that exports `apis`: values of `defineApi` or `extend`.
 * @param modules paths (relative to `folder`) or package names, in their order: a later one may extend what an earlier one added
 * @throws UsageError in one line that names the module, what is wrong with it, and the mend
 */
export async function withPlugins(
  apis: readonly Api[],
  modules: readonly string[],
  folder: string,
): Promise<readonly Api[]> {
  let known = apis;
  for (const module of modules) {
    const added = await load(module, folder);
    for (const api of added) known = withApi(known, api, module);
  }
  return known;
}

/**
 * These APIs with one more, or with one of them extended.
 * @param module the plugin that it comes from, for messages
 * @throws UsageError in one line that names the plugin, what is wrong with the API, and the mend
 */
export function withApi(known: readonly Api[], api: Api, module: string): readonly Api[] {
  const before = known.find(({ name }) => name === api.name);
  const told = (error: unknown): never => {
    if (error instanceof UsageError) throw new UsageError(`The plugin ${module}: ${error.message}`);
    throw error;
  };
  try {
    if (!isExtension(api)) {
      if (before !== undefined)
        throw new UsageError(
          `an API named ${api.name} is there already. Give this one another name, or extend that one with extend(${api.name}, …).`,
        );
      checkApi(api, known);
      return [...known, api];
    }
    if (before === undefined)
      throw new UsageError(
        `it extends the API ${api.name}, which is not there. Name the plugin that adds it before this one.`,
      );
    const extended = applied(before, api.addition);
    checkApi(
      extended,
      known.filter((other) => other !== before),
    );
    return known.map((other) => (other === before ? extended : other));
  } catch (error) {
    return told(error);
  }
}

async function load(module: string, folder: string): Promise<readonly Api[]> {
  const fail = (what: string): never => {
    throw new UsageError(`The plugin ${module} ${what}`);
  };
  const url = locate(module, folder) ?? fail(`is not found from ${folder}. Name a file, or install the package there.`);
  let loaded: { apis?: unknown };
  try {
    loaded = (await import(url)) as { apis?: unknown };
  } catch (error) {
    return fail(`cannot be loaded: ${firstLine(error)}`);
  }
  const { apis } = loaded;
  if (!Array.isArray(apis) || apis.length === 0)
    return fail('exports no apis. Write: export const apis = [defineApi({ … })];');
  const odd = apis.findIndex((api) => typeof api?.name !== 'string' || typeof api?.schemas?.validate !== 'function');
  if (odd !== -1) return fail(`exports apis[${odd}], which is no API. Make it with defineApi({ … }) or extend(…).`);
  return apis as Api[];
}

/** The address of a module, as an `import` in a file of that folder would find it. */
function locate(module: string, folder: string): string | undefined {
  if (module.startsWith('.') || isAbsolute(module)) {
    const path = resolve(folder, module);
    return isFile(path) ? pathToFileURL(path).href : undefined;
  }
  try {
    return pathToFileURL(createRequire(join(folder, 'target.json')).resolve(module)).href;
  } catch {
    // A package for `import` alone is not found by `require`; beside this package it is found all the same.
    try {
      return import.meta.resolve(module);
    } catch {
      return undefined;
    }
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
