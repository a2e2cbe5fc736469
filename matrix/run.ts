import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../src/root.js';
import type { TryOptions } from './case.js';
import { grouped, membersOf } from './groups.js';
import type { Case, CaseResult } from './types.js';

export interface MatrixOptions extends TryOptions {
  /** Processes that try cases. */
  jobs: number;
  /** Told of each case as it ends. */
  onResult?(result: CaseResult, done: number): void;
}

/** Cases that a process tries at once: checks wait for clocks and answers, so one alone leaves the core idle. */
const casesAtOnce = 6;

/**
 * Tries the suite on all cases, in a few processes that live as long as the matrix. Results come in the order of the cases. The
 * healthy stubs come first: they show which checks send which actions, and a variant of one action is tried on those alone.
 * Variants are tried several on a server, and one by one only where such a server is not clean, or with `all`.
 */
export async function runMatrix(cases: readonly Case[], options: MatrixOptions): Promise<CaseResult[]> {
  const results = new Map<string, CaseResult>();
  const worker = join(packageRoot, 'dist', 'matrix', 'worker.js');
  const start = () => fork(worker, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const processes = Array.from({ length: Math.min(options.jobs, cases.length) }, start);
  const tryAll = async (some: readonly Case[]): Promise<CaseResult[]> => {
    const queue = some.map((one) => ({ one, options: { all: options.all, only: touchedBy(one, results, options) } }));
    const tried: CaseResult[] = [];
    const onResult = (result: CaseResult) => {
      tried.push(result);
      const isGroup = result.members !== undefined;
      for (const each of isGroup && result.outcome === 'clean' ? membersOf(result) : isGroup ? [] : [result]) {
        results.set(each.id, each);
        options.onResult?.(each, results.size);
      }
    };
    await Promise.all(processes.map((child) => work(child, queue, onResult)));
    return tried;
  };
  try {
    await tryAll(cases.filter(({ kind }) => kind === 'healthy'));
    const variants = cases.filter(({ kind }) => kind === 'variant');
    await tryAll(options.all === true ? variants : grouped(variants));
    await tryAll(cases.filter(({ id }) => !results.has(id)));
  } finally {
    for (const child of processes) child.disconnect();
  }
  return cases.map(({ id }) => results.get(id)).filter((result) => result !== undefined);
}

/** The requirements whose checks send an action that a variant changes; `undefined`: all. */
function touchedBy(one: Case, results: ReadonlyMap<string, CaseResult>, { all }: TryOptions): string[] | undefined {
  const sent = results.get(`${one.api}-healthy`)?.actionsSent;
  const actions = (one.members ?? [one]).map(({ action }) => action);
  if (one.kind !== 'variant' || actions.includes('*') || all === true || sent === undefined) return undefined;
  return Object.keys(sent).filter((id) => actions.some((action) => sent[id]?.includes(action)));
}

interface Task {
  one: Case;
  options: TryOptions;
}

function work(child: ChildProcess, queue: Task[], onResult: (result: CaseResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 0;
    const next = () => {
      const task = queue.shift();
      if (task !== undefined) {
        open++;
        child.send(task);
      } else if (open === 0) {
        child.off('message', onMessage);
        child.off('exit', onExit);
        resolve();
      }
    };
    const onMessage = (message: { result?: CaseResult; broken?: string }) => {
      open--;
      if (message.result === undefined) return reject(new Error(`A case of the matrix broke: ${message.broken}`));
      onResult(message.result);
      next();
    };
    const onExit = (code: number | null) => reject(new Error(`A process of the matrix ended with exit code ${code}.`));
    child.on('message', onMessage);
    child.on('exit', onExit);
    for (let i = 0; i < casesAtOnce; i++) next();
  });
}
