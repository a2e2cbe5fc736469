import { spawn } from 'node:child_process';

/** How a child process ended: by its own exit code, or by a signal. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Whether this process was told to stop while the child ran. */
  stopped: boolean;
}

/** A terminal's Ctrl-C and npm's forwarding of it arrive together: within this many milliseconds they are one. */
const sameStop = 1000;

/**
 * Runs a program to its end with this process's output, or with none (`quiet`). The first SIGINT, SIGTERM or SIGHUP is passed on as one SIGINT, Playwright's
 * word for a clean stop; a later one kills the child. Rejects when the program cannot be started.
 */
export function supervise(
  command: string,
  args: readonly string[],
  options: { env: Record<string, string | undefined>; cwd: string; quiet?: boolean },
): Promise<Ended> {
  const { quiet = false, ...rest } = options;
  return new Promise((resolve, reject) => {
    const output = quiet ? 'ignore' : 'inherit';
    const child = spawn(command, args, { ...rest, stdio: ['ignore', output, output] });
    let stoppedAt: number | undefined;
    const stop = () => {
      if (stoppedAt === undefined) {
        stoppedAt = Date.now();
        child.kill('SIGINT');
      } else if (Date.now() - stoppedAt > sameStop) {
        child.kill('SIGKILL');
      }
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, stop);
    const leave = () => {
      for (const signal of signals) process.off(signal, stop);
    };
    child.once('error', (error) => {
      leave();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      leave();
      resolve({ code, signal, stopped: stoppedAt !== undefined });
    });
  });
}
