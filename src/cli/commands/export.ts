import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { folderProblem, UsageError } from '../../errors.js';
import type { Api } from '../../exchange/index.js';
import { bundledSchemas, openApiDocument } from '../../export/index.js';
import { apis } from '../../target/index.js';
import type { Io } from '../io.js';
import { parseApis } from '../options.js';

interface ExportOptions {
  api?: Api[];
  out: string;
}

export function registerExport(program: Command, io: Io): void {
  const command = program.command('export').description('Writes the contract in the forms that other tools read.');
  withOptions(command.command('openapi').description('Writes an OpenAPI 3.1 document an API.'))
    .addHelpText('after', '\nExample:\n  chat-conformance export openapi --api relation --out openapi')
    .action((options: ExportOptions) => write(openApiFiles, options, io));
  withOptions(
    command.command('schemas').description('Writes the JSON Schema of every body, each in one self-contained file.'),
  )
    .addHelpText('after', '\nExample:\n  chat-conformance export schemas --out contract')
    .action((options: ExportOptions) => write(schemaFiles, options, io));
}

function withOptions(command: Command): Command {
  return command
    .option('--api <names>', 'only these: ozeki, genesys, relation, with commas between', parseApis)
    .option('--out <dir>', 'the folder to write into', 'export');
}

function openApiFiles(api: Api): [string, unknown][] {
  return [[`${api}.openapi.json`, openApiDocument(api)]];
}

function schemaFiles(api: Api): [string, unknown][] {
  return [...bundledSchemas(api)].map(([name, schema]) => [join(api, name), schema]);
}

function write(
  filesOf: (api: Api) => [string, unknown][],
  { api: scope = [...apis], out }: ExportOptions,
  io: Io,
): void {
  for (const api of scope) {
    const files = filesOf(api);
    for (const [name, content] of files) writeJson(join(out, name), content, io);
    const [first] = files;
    io.out(
      files.length === 1
        ? `Wrote ${join(out, first?.[0] ?? '')}.`
        : `Wrote ${files.length} schemas into ${join(out, api)}.`,
    );
  }
}

function writeJson(file: string, content: unknown, io: Io): void {
  const path = resolve(io.cwd, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(
      `--out: ${file} cannot be written, ${folderProblem(error)}. Name a folder that can be written.`,
    );
  }
}
