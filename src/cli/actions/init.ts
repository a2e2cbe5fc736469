import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Api } from '../../api/api.js';
import { chosenApis } from '../../api/api.js';
import { UsageError } from '../../errors.js';
import { packageRoot } from '../../root.js';
import type { Io } from '../io.js';
import { checkFile } from '../output.js';

interface InitOptions {
  api: string[];
  out: string;
  force?: boolean;
}

/** Writes a starter target file. Gives the exit code. */
export function init(options: InitOptions, io: Io): number {
  const file = resolve(io.cwd, options.out);
  if (existsSync(file) && !options.force) {
    throw new UsageError(`--out ${options.out}: the file exists already. Name another, or overwrite it with --force.`);
  }
  const text = `${JSON.stringify(starterTarget(chosenApis(io.apis, options.api), file), null, 2)}\n`;
  checkFile({ option: '--out', shown: options.out, path: file });
  writeFileSync(file, text);

  const variables = [...text.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]);
  io.out(`Wrote ${options.out}.`);
  io.out("Next: write the server's url and the accounts into it.");
  if (variables.length > 0) {
    io.out('Set these environment variables, which keep the credentials out of the file:');
    for (const variable of variables) io.out(`  ${variable}`);
  }
  io.out(
    'As it is, a run only reads. "allow": "write" in the file lets it send messages and set flags between these accounts.',
  );
  io.out(`Then: chat-conformance run --target ${options.out}`);
  return 0;
}

/** The smallest target file that judges `apis`, to be filled in; `file` is where it will stand. */
export function starterTarget(apis: readonly Api[], file: string): Record<string, unknown> {
  const schema = relative(dirname(file), join(packageRoot, 'schemas', 'target.json'))
    .split(sep)
    .join('/');
  return {
    $schema: schema.startsWith('.') ? schema : `./${schema}`,
    name: basename(file).replace(/\.json$/, ''),
    ...Object.fromEntries(apis.map(({ name, target }) => [name, target.starter])),
  };
}
