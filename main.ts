import { apis } from './apis/index.js';
import { processIo } from './src/cli/io.js';
import { run } from './src/cli/main.js';

/** Runs a command line of this process (without node and script) with the APIs that come along, and gives the exit code. */
export function main(args: readonly string[]): Promise<number> {
  const apisAt = new URL('./apis/index.js', import.meta.url).href;
  return run(args, processIo({ apis, apisAt, matrix: () => import('./matrix/command.js') }));
}
