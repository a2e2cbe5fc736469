import type { Command } from 'commander';
import type { Declaring } from '../action.js';
import { apiOption } from '../options.js';

/** Declares `export`. */
export function registerExport(program: Command, { does, exampleApi }: Declaring): void {
  const command = program.command('export').description('Writes the contract in the forms that other tools read.');
  withOptions(command.command('openapi').description('Writes an OpenAPI 3.1 document an API.'))
    .addHelpText('after', `\nExample:\n  chat-conformance export openapi --api ${exampleApi} --out openapi`)
    .action(does(async () => (await import('../actions/export.js')).exportOpenApi));
  withOptions(
    command.command('schemas').description('Writes the JSON Schema of every body, each in one self-contained file.'),
  )
    .addHelpText('after', '\nExample:\n  chat-conformance export schemas --out contract')
    .action(does(async () => (await import('../actions/export.js')).exportSchemas));
}

function withOptions(command: Command): Command {
  return command.option(...apiOption).option('--out <dir>', 'the folder to write into', 'export');
}
