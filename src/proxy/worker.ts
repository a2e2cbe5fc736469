/** The thread that judges what passes: the one that passes it on must not wait for it. */
import { parentPort, workerData } from 'node:worker_threads';
import { createPipeline } from '../recording/index.js';
import type { Answer, Order, Settings } from './judging.js';
import { unpacked } from './unpack.js';

const { tellsMisses, ...options } = workerData as Settings;
const post = (answer: Answer): void => parentPort?.postMessage(answer);
const pipeline = createPipeline({ ...options, ...(tellsMisses && { onMiss: (miss) => post({ miss }) }) });

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
