import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Api } from '../../api/api.js';
import { chosenApis } from '../../api/api.js';
import { bundledSchemas, openApiDocument } from '../../export/index.js';
import type { Io } from '../io.js';
import { checkFolder } from '../output.js';

interface ExportOptions {
  api?: string[];
  out: string;
}

/** Writes an OpenAPI document an API. */
export function exportOpenApi(options: ExportOptions, io: Io): number {
  return write(openApiFiles, options, io);
}

/** Writes the schema of every body, each in a file of its own. */
export function exportSchemas(options: ExportOptions, io: Io): number {
  return write(schemaFiles, options, io);
}

function openApiFiles(api: Api): [string, unknown][] {
  return [[`${api.name}.openapi.json`, openApiDocument(api)]];
}

function schemaFiles(api: Api): [string, unknown][] {
  return [...bundledSchemas(api.schemas)].map(([name, schema]) => [join(api.name, name), schema]);
}

function write(filesOf: (api: Api) => [string, unknown][], { api: names, out }: ExportOptions, io: Io): number {
  const all = chosenApis(io.apis, names).map((api) => ({ api, files: filesOf(api) }));
  for (const folder of new Set(all.flatMap(({ files }) => files.map(([name]) => join(out, dirname(name)))))) {
    const within = all.flatMap(({ files }) => files.filter(([name]) => join(out, dirname(name)) === folder));
    const written = within.map(([name]) => basename(name));
    checkFolder({ option: '--out', shown: folder, path: resolve(io.cwd, folder) }, written);
  }
  for (const { api, files } of all) {
    for (const [name, content] of files) writeJson(join(out, name), content, io);
    const [first] = files;
    io.out(
      files.length === 1
        ? `Wrote ${join(out, first?.[0] ?? '')}.`
        : `Wrote ${files.length} schemas into ${join(out, api.name)}.`,
    );
  }
  return 0;
}

function writeJson(file: string, content: unknown, io: Io): void {
  const path = resolve(io.cwd, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}
