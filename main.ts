import { apiNames } from './apis/names.js';
import { realProcess } from './src/cli/io.js';
import { run } from './src/cli/main.js';

/** Runs a command line of this process (without node and script) with the APIs that come along, and gives the exit code. */
export function main(args: readonly string[]): Promise<number> {
  return run(
    args,
    realProcess({
      apiNames,
      apis: async () => (await import('./apis/index.js')).apis,
      apisAt: new URL('./apis/index.js', import.meta.url).href,
      matrix: () => import('./matrix/command.js'),
    }),
  );
}
