import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../src/root.js';
import type { TryOptions } from './case.js';
import type { Case, CaseResult } from './types.js';

export interface MatrixOptions extends TryOptions {
  /** Processes that try cases. */
  jobs: number;
  /** Told of each case as it ends. */
  onResult?(result: CaseResult, done: number): void;
}

/** Cases that a process tries at once: checks wait for clocks and answers, so one alone leaves the core idle. */
const casesAtOnce = 6;

/** Tries the suite on all cases, in a few processes that live as long as the matrix. Results come in the order of the cases. */
export async function runMatrix(cases: readonly Case[], options: MatrixOptions): Promise<CaseResult[]> {
  const results = new Map<string, CaseResult>();
  const queue = [...cases];
  const worker = join(packageRoot, 'dist', 'matrix', 'worker.js');
  const processes = Array.from({ length: Math.min(options.jobs, cases.length) }, () =>
    fork(worker, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  );
  try {
    await Promise.all(
      processes.map((child) =>
        work(child, queue, options, (result) => {
          results.set(result.id, result);
          options.onResult?.(result, results.size);
        }),
      ),
    );
  } finally {
    for (const child of processes) child.disconnect();
  }
  return cases.map(({ id }) => results.get(id)).filter((result) => result !== undefined);
}

function work(
  child: ChildProcess,
  queue: Case[],
  { all }: TryOptions,
  onResult: (result: CaseResult) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 0;
    const next = () => {
      const one = queue.shift();
      if (one !== undefined) {
        open++;
        child.send({ one, options: { all } });
      } else if (open === 0) {
        resolve();
      }
    };
    child.on('message', (message: { result?: CaseResult; broken?: string }) => {
      open--;
      if (message.result === undefined) return reject(new Error(`A case of the matrix broke: ${message.broken}`));
      onResult(message.result);
      next();
    });
    child.on('exit', (code) => reject(new Error(`A process of the matrix ended with exit code ${code}.`)));
    for (let i = 0; i < casesAtOnce; i++) next();
  });
}
