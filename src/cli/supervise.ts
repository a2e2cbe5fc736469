import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endEnlisted, killEnlisted } from '../processes/enlist.js';

/** How a child process ended: by its own exit code, or by a signal. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Whether this process was told to stop while the child ran, or the child's time was over. */
  stopped: boolean;
}

export interface SuperviseOptions {
  env: Record<string, string | undefined>;
  cwd: string;
  /** With none of its output. */
  quiet?: boolean;
  /** When it is stopped if it is still at work, epoch milliseconds. */
  endsAt?: number;
  /** How long what was told to stop may take, where not as long as a run needs. */
  patience?: Patience;
}

/** Milliseconds, each from the stop on. */
interface Patience {
  /** Then the processes that it started are killed, so that it can end. */
  workersMs: number;
  /** Then it is killed itself. */
  programMs: number;
}

/** A terminal's Ctrl-C and npm's forwarding of it arrive together: within this many milliseconds they are one. */
const sameStop = 1000;
/** Two requests that hang and a little more, to put back what was changed; then what a program was left to say of what it has. */
const patienceOfRuns: Patience = { workersMs: 25_000, programMs: 40_000 };
/** Longer than 24 days no timer of Node.js runs. */
const longestTimerMs = 2 ** 31 - 1;
/** So long the processes that it started may outlive it, to put back what they changed; then they are killed. */
const graceMs = 5000;

/**
 * Runs a program to its end with this process's output, and makes a folder for it, which it finds in `CHAT_CONFORMANCE_FOLDER`; none
 * of the processes that enlist themselves there outlives it for long. The first SIGINT, SIGTERM or SIGHUP, or the end of its time, is
 * passed on as one SIGINT, Playwright's word for a clean stop. A later signal kills the child, and so does time: first what it
 * started, so that it still tells what it knows. Rejects when the program cannot be started.
 */
export async function supervise(command: string, args: readonly string[], options: SuperviseOptions): Promise<Ended> {
  const { quiet = false, env, cwd, endsAt, patience = patienceOfRuns } = options;
  const folder = mkdtempSync(join(tmpdir(), 'chat-conformance-'));
  const output = quiet ? 'ignore' : 'inherit';
  try {
    const child = spawn(command, args, {
      cwd,
      env: { ...env, CHAT_CONFORMANCE_FOLDER: folder, CHAT_CONFORMANCE_COMMAND: `${process.pid}` },
      stdio: ['ignore', output, output],
    });
    return await endOf(child, { folder, endsAt, patience });
  } finally {
    await endEnlisted(folder, graceMs);
    rmSync(folder, { recursive: true, force: true });
  }
}

function endOf(
  child: ChildProcess,
  { folder, endsAt, patience }: { folder: string; endsAt?: number; patience: Patience },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let stopped = false;
    const timers: NodeJS.Timeout[] = [];
    const after = (ms: number, work: () => void) => timers.push(setTimeout(work, Math.min(ms, longestTimerMs)));
    const stop = () => {
      stopped = true;
      child.kill('SIGINT');
      after(patience.workersMs, () => killEnlisted(folder));
      after(patience.programMs, () => child.kill('SIGKILL'));
    };
    if (endsAt !== undefined) after(Math.max(0, endsAt - Date.now()), () => stopped || stop());
    const ignore = onStop((again) => {
      if (again) child.kill('SIGKILL');
      else if (!stopped) stop();
    });
    const leave = () => {
      for (const timer of timers) clearTimeout(timer);
      ignore();
    };
    child.once('error', (error) => {
      leave();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      leave();
      resolve({ code, signal, stopped });
    });
  });
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP; gives what ends that.
 * @param stop told of the first, and of each later one that is no echo of it (`again`)
 */
export function onStop(stop: (again: boolean) => void): () => void {
  let stoppedAt: number | undefined;
  const tell = () => {
    const again = stoppedAt !== undefined;
    if (again && Date.now() - (stoppedAt ?? 0) <= sameStop) return;
    stoppedAt ??= Date.now();
    stop(again);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, tell);
  return () => {
    for (const signal of signals) process.off(signal, tell);
  };
}
