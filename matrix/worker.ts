import { apis } from '../apis/index.js';
import { withPlugins } from '../src/api/plugins.js';
import { type TryOptions, tryCase } from './case.js';
import type { Case } from './types.js';

/**
 * A process of the matrix: tries the cases that its parent sends, several at once, and sends back what came of them. Its arguments
 * are the plugins.
 */
const known = withPlugins(apis, process.argv.slice(2), process.cwd());

process.on('message', async ({ one, options }: { one: Case; options: TryOptions }) => {
  try {
    process.send?.({ result: await tryCase(one, await known, options) });
  } catch (error) {
    process.send?.({ broken: `${one.id}: ${(error as Error).stack ?? (error as Error).message}` });
  }
});
process.on('disconnect', () => process.exit());
