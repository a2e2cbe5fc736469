import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../src/root.js';
import type { StubApi } from '../src/stub/index.js';
import type { TryOptions } from './case.js';
import { grouped, halvesOf, membersOf } from './groups.js';
import type { Case, CaseResult } from './types.js';

export interface MatrixOptions extends TryOptions {
  /** The simulated servers of the APIs that the cases are of. */
  stubs: readonly StubApi[];
  /** Modules that add or extend APIs, which the processes load too. */
  plugins?: readonly string[];
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
 * Variants are tried several on a server, in ever smaller parts where such a server is not clean, and one by one with `all`. A fault
 * that survives is tried once more at the end.
 */
export async function runMatrix(cases: readonly Case[], options: MatrixOptions): Promise<CaseResult[]> {
  const results = new Map<string, CaseResult>();
  const taskOf = (one: Case): Task => ({
    one,
    options: {
      all: options.all,
      exclusive: options.exclusive,
      overHttp: options.overHttp || one.kind === 'healthy',
      only: touchedBy(one, results, options),
    },
  });
  const of = (kind: Case['kind']) => cases.filter((one) => one.kind === kind);
  const variants = options.all === true ? of('variant') : grouped(of('variant'), options.stubs);
  const unseen = new Set(of('healthy').map(({ id }) => id));
  const queue = [...of('healthy'), ...(unseen.size === 0 ? variants : []), ...of('fault'), ...of('lie')].map(taskOf);
  const survived = new Set<string>();
  const onResult = (result: CaseResult): void => {
    const { id, members, outcome } = result;
    if (members !== undefined && outcome !== 'clean') {
      queue.unshift(...halvesOf(result).map(taskOf));
      return;
    }
    if (outcome === 'survived' && result.kind === 'fault' && !survived.has(id)) {
      survived.add(id);
      queue.push(...cases.filter((one) => one.id === id).map(taskOf));
      return;
    }
    for (const each of members === undefined ? [result] : membersOf(result)) {
      results.set(each.id, { ...each, ...(survived.has(each.id) && { again: true }) });
      options.onResult?.(each, results.size);
    }
    if (unseen.delete(id) && unseen.size === 0) queue.unshift(...variants.map(taskOf));
  };
  const worker = join(packageRoot, 'dist', 'matrix', 'worker.js');
  const start = () => fork(worker, [...(options.plugins ?? [])], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const processes = Array.from({ length: Math.min(options.jobs, cases.length) }, start);
  try {
    await work(processes, queue, onResult);
  } finally {
    for (const child of processes) child.disconnect();
  }
  return cases.map(({ id }) => results.get(id)).filter((result) => result !== undefined);
}

/** The requirements whose checks send an action that a variant changes or can see a lie; `undefined`: all. */
function touchedBy(one: Case, results: ReadonlyMap<string, CaseResult>, { all }: TryOptions): string[] | undefined {
  if (one.kind === 'lie') return one.only && [...one.only];
  const sent = results.get(`${one.api}-healthy`)?.actionsSent;
  const actions = (one.members ?? [one]).map(({ action }) => action);
  if (one.kind !== 'variant' || actions.includes('*') || all === true || sent === undefined) return undefined;
  return Object.keys(sent).filter((id) => actions.some((action) => sent[id]?.includes(action)));
}

interface Task {
  one: Case;
  options: TryOptions;
}

/** Has the processes do what is in the queue, in its order, until it stays empty: a result may add to it. */
function work(
  processes: readonly ChildProcess[],
  queue: Task[],
  onResult: (result: CaseResult) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = new Map(processes.map((child) => [child, 0]));
    const leastBusy = () => processes.reduce((one, other) => (countOf(other) < countOf(one) ? other : one));
    const countOf = (child: ChildProcess) => open.get(child) ?? 0;
    const next = (): void => {
      for (let child = leastBusy(); queue.length > 0 && countOf(child) < casesAtOnce; child = leastBusy()) {
        open.set(child, countOf(child) + 1);
        child.send(queue.shift() as Task);
      }
      if ([...open.values()].every((count) => count === 0)) resolve();
    };
    for (const child of processes) {
      child.on('message', (message: { result?: CaseResult; broken?: string }) => {
        open.set(child, countOf(child) - 1);
        if (message.result === undefined) return reject(new Error(`A case of the matrix broke: ${message.broken}`));
        onResult(message.result);
        next();
      });
      child.on('exit', (code) => reject(new Error(`A process of the matrix ended with exit code ${code}.`)));
    }
    next();
  });
}
