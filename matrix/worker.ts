import { type TryOptions, tryCase } from './case.js';
import type { Case } from './types.js';

/** A process of the matrix: tries the cases that its parent sends, several at once, and sends back what came of them. */
process.on('message', ({ one, options }: { one: Case; options: TryOptions }) => {
  tryCase(one, options).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ broken: `${one.id}: ${error.stack ?? error.message}` }),
  );
});
process.on('disconnect', () => process.exit());
