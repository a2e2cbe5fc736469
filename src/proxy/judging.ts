import { Worker } from 'node:worker_threads';
import type { ApiName } from '../exchange/index.js';
import type { Miss, Recorded, Traffic, VerdictFacts } from '../recording/index.js';
import type { Verdict } from '../verdict/index.js';

/** What the judging thread is started with. */
export interface Settings {
  /** Where the APIs that come along are: the URL of a module that exports `apis`. */
  apisAt: string;
  /** The plugins that add further ones, and the folder that they are found from. */
  plugins: readonly string[];
  folder: string;
  /** The names of the APIs to judge; those that are met where left out. */
  only?: readonly ApiName[];
  emails?: readonly string[];
  tellsMisses: boolean;
}

/** What the judging thread is told. */
export type Order = { passed: Recorded; bytes: number } | { facts: VerdictFacts; notes: readonly string[] };

/** What it tells. */
export type Answer = { miss: Miss } | { judgedBytes: number } | { verdict: Verdict & { recording: Traffic } };

/** Judges exchanges in a thread of its own. */
export interface Judging {
  /** Takes an exchange, or lets it go where too many wait: memory must not grow with a burst. False then. */
  take(passed: Recorded): boolean;
  /** The verdict on all that was taken, with further notes; the thread ends. Rejects where the thread broke. */
  verdict(facts: VerdictFacts, notes: readonly string[]): Promise<Verdict & { recording: Traffic }>;
}

const maxWaitingBytes = 64 * 1024 * 1024;
/** What an exchange weighs beside its bodies. */
const headBytes = 4096;

/** Starts the thread. Needs the compiled code. */
export function startJudging({
  onMiss,
  ...options
}: Omit<Settings, 'tellsMisses'> & { onMiss?(miss: Miss): void }): Judging {
  const settings: Settings = { ...options, tellsMisses: onMiss !== undefined };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: settings });
  let waitingBytes = 0;
  const done = new Promise<Verdict & { recording: Traffic }>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (answer: Answer) => {
      if ('miss' in answer) onMiss?.(answer.miss);
      else if ('verdict' in answer) resolve(answer.verdict);
      else waitingBytes -= answer.judgedBytes;
    });
  });
  // Told when the verdict is asked for: what passes must not end because judging did.
  done.catch(() => {});
  const post = (order: Order): void => worker.postMessage(order);
  return {
    take(passed) {
      const bytes = headBytes + sizeOf(passed.requestBody) + sizeOf(passed.response?.body);
      if (waitingBytes + bytes > maxWaitingBytes) return false;
      waitingBytes += bytes;
      post({ passed, bytes });
      return true;
    },
    async verdict(facts, notes) {
      post({ facts, notes });
      try {
        return await done;
      } finally {
        await worker.terminate();
      }
    },
  };
}

function sizeOf(body: Recorded['requestBody'] | undefined): number {
  return body !== undefined && 'bytes' in body ? body.bytes.length : 0;
}
