import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Api } from '../../api/api.js';
import { chosenApis } from '../../api/api.js';
import { bundledSchemas, openApiDocument } from '../../export/index.js';
import { exampleApi, type Io } from '../io.js';
import { apiOption } from '../options.js';
import { checkFolder } from '../output.js';

interface ExportOptions {
  api?: string[];
  out: string;
}

export function registerExport(program: Command, io: Io): void {
  const command = program.command('export').description('Writes the contract in the forms that other tools read.');
  withOptions(command.command('openapi').description('Writes an OpenAPI 3.1 document an API.'))
    .addHelpText('after', `\nExample:\n  chat-conformance export openapi --api ${exampleApi(io)} --out openapi`)
    .action((options: ExportOptions) => write(openApiFiles, options, io));
  withOptions(
    command.command('schemas').description('Writes the JSON Schema of every body, each in one self-contained file.'),
  )
    .addHelpText('after', '\nExample:\n  chat-conformance export schemas --out contract')
    .action((options: ExportOptions) => write(schemaFiles, options, io));
}

function withOptions(command: Command): Command {
  return command.option(...apiOption).option('--out <dir>', 'the folder to write into', 'export');
}

function openApiFiles(api: Api): [string, unknown][] {
  return [[`${api.name}.openapi.json`, openApiDocument(api)]];
}

function schemaFiles(api: Api): [string, unknown][] {
  return [...bundledSchemas(api.schemas)].map(([name, schema]) => [join(api.name, name), schema]);
}

function write(filesOf: (api: Api) => [string, unknown][], { api: names, out }: ExportOptions, io: Io): void {
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
}

function writeJson(file: string, content: unknown, io: Io): void {
  const path = resolve(io.cwd, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}
