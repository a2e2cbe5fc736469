import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AnyDefinition, collectDefinitions } from '../fixtures/collector.js';
import type { Api } from '../src/api/api.js';

const loading = new Map<string, Promise<readonly AnyDefinition[]>>();
/** Spec files are loaded one after the other: whoever is loaded hands its definitions to whoever collects. */
let queue: Promise<unknown> = Promise.resolve();

/** The checks of all spec files of an API, collected without Playwright, once a process. */
export async function definitionsOf({ specs }: Pick<Api, 'specs'>): Promise<readonly AnyDefinition[]> {
  const lists = await Promise.all(specs.map(definitionsIn));
  return lists.flat();
}

function definitionsIn(folder: string): Promise<readonly AnyDefinition[]> {
  const known = loading.get(folder) ?? queue.then(() => load(folder));
  loading.set(folder, known);
  queue = known.catch(() => undefined);
  return known;
}

async function load(folder: string): Promise<AnyDefinition[]> {
  const definitions: AnyDefinition[] = [];
  collectDefinitions((definition) => definitions.push(definition));
  const files = readdirSync(folder).filter((name) => /\.spec\.m?[jt]s$/.test(name));
  for (const file of files.sort()) await import(pathToFileURL(join(folder, file)).href);
  return definitions;
}
