/** What a shell completes: commands, options, and the values of some. */
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { topics } from '../requirements/types.js';
import type { Outside } from './io.js';

/** Adds `completion SHELL`, which prints the script of a shell, and the hidden `complete`, which that script asks. Last of all commands. */
export function registerCompletion(program: Command, outside: Outside): void {
  const completion = tab(program, { completionCommandName: 'completion' });
  const command = program.commands.find((one) => one.name() === 'completion');
  command?.description('Prints what makes a shell complete command lines.');
  const values: Record<string, () => readonly string[]> = {
    api: () => outside.apiNames,
    topic: () => topics,
  };
  for (const [path, { options }] of [['', completion] as const, ...completion.commands]) {
    for (const [name, option] of options) {
      const isFile = /<(?:file|dir|module)>/.test(flagsOf(program, path, name));
      const known = values[name] ?? (isFile ? () => filesAt(outside) : undefined);
      if (known !== undefined) option.handler = (complete) => known().forEach((value) => void complete(value, ''));
    }
  }
}

/** How an option of a command is written in its help, such as `--target <file>`; `path` is `faults run`. */
function flagsOf(program: Command, path: string, name: string): string {
  let command: Command | undefined = program;
  for (const word of path.split(' ').filter(Boolean)) command = command?.commands.find((one) => one.name() === word);
  return command?.options.find(({ long }) => long === `--${name}`)?.flags ?? '';
}

/** The files and folders that may be meant by the last word of the command line that is completed. */
function filesAt({ cwd }: Outside): string[] {
  const word = (process.argv.at(-1) ?? '').replace(/^--[\w-]+=/, '');
  const folder = word.endsWith('/') ? word : dirname(word);
  try {
    const entries = readdirSync(resolve(cwd, folder), { withFileTypes: true });
    return entries.map((entry) => `${join(folder, entry.name)}${entry.isDirectory() ? '/' : ''}`);
  } catch {
    return [];
  }
}
