import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Escaped, Io } from './io.js';

/** What a command does with its arguments and options. Gives the exit code. */
export type Action<Given extends unknown[]> = (...given: [...Given, io: Io]) => number | Promise<number>;

/** Takes down what loads the action of a command, for commander to call: nothing of it is loaded before it is to be done. */
export type Does = <Given extends unknown[]>(load: () => Promise<Action<Given>>) => (...args: unknown[]) => void;

/** What is known where commands are declared. */
export interface Declaring {
  does: Does;
  /** The name of an API for the examples of a help text. */
  exampleApi: string;
}

/** An action that is asked for: loads it with the APIs, and gives what then does it. */
export type Asked = () => Promise<() => Promise<number>>;

/** Tells `ask` which action a command line asks for. */
export function asking({ apis, apiNames, ...outside }: Escaped, ask: (asked: Asked) => void): Does {
  return <Given extends unknown[]>(load: () => Promise<Action<Given>>) =>
    (...args: unknown[]) => {
      const command = args.at(-1) as Command;
      const { plugin = [], ...options } = command.optsWithGlobals<{ plugin?: string[] }>();
      const plugins = plugin.map((module) => (module.startsWith('.') ? resolve(outside.cwd, module) : module));
      const given = [...command.processedArgs, options] as unknown[] as Given;
      ask(async () => {
        const [act, known, { withPlugins }] = await Promise.all([load(), apis(), import('../api/plugins.js')]);
        return async () => act(...given, { ...outside, apis: await withPlugins(known, plugins, outside.cwd), plugins });
      });
    };
}
