import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type AnyDefinition, collectDefinitions } from '../fixtures/collector.js';
import { suites } from '../fixtures/suites.js';

let loading: Promise<readonly AnyDefinition[]> | undefined;

/** The checks of all spec files, collected without Playwright, once a process. */
export function allDefinitions(): Promise<readonly AnyDefinition[]> {
  loading ??= load();
  return loading;
}

async function load(): Promise<AnyDefinition[]> {
  const definitions: AnyDefinition[] = [];
  collectDefinitions((definition) => definitions.push(definition));
  for (const { api } of suites) {
    const folder = fileURLToPath(new URL(`../specs/${api}/`, import.meta.url));
    const files = readdirSync(folder).filter((name) => /\.spec\.[jt]s$/.test(name));
    for (const file of files.sort()) await import(pathToFileURL(`${folder}${file}`).href);
  }
  return definitions;
}
