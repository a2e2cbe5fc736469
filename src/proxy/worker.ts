/** The thread that judges what passes: the one that passes it on must not wait for it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Api } from '../api/api.js';
import { withPlugins } from '../api/plugins.js';
import { createPipeline } from '../recording/index.js';
import type { Answer, Order, Settings } from './judging.js';
import { unpacked } from './unpack.js';

const { apisAt, plugins, folder, tellsMisses, ...options } = workerData as Settings;
const post = (answer: Answer): void => parentPort?.postMessage(answer);
const { apis } = (await import(apisAt)) as { apis: readonly Api[] };
const pipeline = createPipeline({
  ...options,
  apis: await withPlugins(apis, plugins, folder),
  ...(tellsMisses && { onMiss: (miss) => post({ miss }) }),
});

// Orders that came before wait until there is somebody to take them.
parentPort?.on('message', (order: Order) => {
  if ('passed' in order) {
    pipeline.take(unpacked(order.passed));
    post({ judgedBytes: order.bytes });
    return;
  }
  pipeline.finish();
  for (const note of order.notes) pipeline.note(note);
  post({ verdict: pipeline.verdict(order.facts) });
});
