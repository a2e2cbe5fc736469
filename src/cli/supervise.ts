import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endEnlisted } from '../processes/enlist.js';

/** How a child process ended: by its own exit code, or by a signal. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Whether this process was told to stop while the child ran. */
  stopped: boolean;
}

/** A terminal's Ctrl-C and npm's forwarding of it arrive together: within this many milliseconds they are one. */
const sameStop = 1000;
/** So long a program that was told to stop may take to end; then it is killed. */
const longestStopMs = 40_000;
/** So long the processes that it started may outlive it, to put back what they changed; then they are killed. */
const graceMs = 5000;

/**
 * Runs a program to its end with this process's output, or with none (`quiet`), and makes a folder for it, which it finds in
 * `CHAT_CONFORMANCE_FOLDER`; none of the processes that enlist themselves there outlives it for long. The first SIGINT, SIGTERM or
 * SIGHUP is passed on as one SIGINT, Playwright's word for a clean stop; a later one kills the child, and so does time. Rejects when
 * the program cannot be started.
 */
export async function supervise(
  command: string,
  args: readonly string[],
  options: { env: Record<string, string | undefined>; cwd: string; quiet?: boolean },
): Promise<Ended> {
  const { quiet = false, env, cwd } = options;
  const folder = mkdtempSync(join(tmpdir(), 'chat-conformance-'));
  const output = quiet ? 'ignore' : 'inherit';
  try {
    const child = spawn(command, args, {
      cwd,
      env: { ...env, CHAT_CONFORMANCE_FOLDER: folder },
      stdio: ['ignore', output, output],
    });
    return await endOf(child);
  } finally {
    await endEnlisted(folder, graceMs);
    rmSync(folder, { recursive: true, force: true });
  }
}

function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let stopped = false;
    let timer: NodeJS.Timeout | undefined;
    const ignore = onStop((again) => {
      child.kill(again ? 'SIGKILL' : 'SIGINT');
      if (again) return;
      stopped = true;
      timer = setTimeout(() => child.kill('SIGKILL'), longestStopMs);
    });
    const leave = () => {
      clearTimeout(timer);
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
