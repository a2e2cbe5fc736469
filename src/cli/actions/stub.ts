import { fstatSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stubsOf } from '../../api/stub.js';
import { didYouMean, UsageError } from '../../errors.js';
import { type ServedStub, type StubSize, serveStub } from '../../stub/index.js';
import { stubTarget } from '../../target/index.js';
import type { Io } from '../io.js';
import { checkFile } from '../output.js';

interface StubOptions {
  port: number;
  seed: number;
  fault?: string[];
  variant?: string[];
  latency: number;
  messages?: number;
  conversations?: number;
  pairs?: number;
  cors: boolean;
  writeTarget?: string;
  json?: boolean;
}

/** Serves the stub until it is stopped. Gives the exit code. */
export async function stub(options: StubOptions, io: Io): Promise<number> {
  const { seed, writeTarget: file } = options;
  if (file !== undefined) checkFile({ option: '--write-target', shown: file, path: resolve(io.cwd, file) });
  const served = await start(options, io);
  const { url } = served;
  try {
    if (options.writeTarget !== undefined) writeTarget(options.writeTarget, { seed, url, size: options }, io);
    if (options.json) io.out(JSON.stringify({ url, seed }));
    else tellWhere({ seed, url }, options.writeTarget, io);
    await untilStopped(options.json === true);
    return 0;
  } finally {
    await served.close();
  }
}

/** Ids are checked here, so that a mistake names the option. */
function checkIds(kind: 'fault' | 'variant', ids: readonly string[] = [], known: readonly { id: string }[]): void {
  const names = known.map(({ id }) => id);
  const list = kind === 'fault' ? 'See: chat-conformance faults' : `Known: ${names.join(', ')}.`;
  for (const id of ids) {
    if (!names.includes(id)) {
      const mend = didYouMean(id, names) || ` ${list}`;
      throw new UsageError(`--${kind} ${id}: there is no such ${kind}.${mend}`);
    }
  }
}

async function start(options: StubOptions, io: Io): Promise<ServedStub> {
  const { port, seed, fault, variant, latency, cors, messages, conversations, pairs } = options;
  const stubs = await stubsOf(io.apis);
  checkIds(
    'fault',
    fault,
    stubs.flatMap(({ faults }) => faults),
  );
  checkIds(
    'variant',
    variant,
    stubs.flatMap(({ variants }) => variants),
  );
  try {
    const size = { messages, conversations, pairs };
    return await serveStub(stubs, { port, seed, faults: fault, variants: variant, latencyMs: latency, cors, size });
  } catch (error) {
    throw new UsageError(`--port ${port}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function writeTarget(file: string, stub: { seed: number; url: string; size: StubSize }, io: Io): void {
  writeFileSync(resolve(io.cwd, file), `${JSON.stringify(stubTarget(io.apis, stub), null, 2)}\n`);
}

function tellWhere({ seed, url }: { seed: number; url: string }, file: string | undefined, io: Io): void {
  io.out(`The stub answers at ${url} (seed ${seed}). Stop it with Ctrl-C.`);
  if (file !== undefined) io.out(`Judge it with: chat-conformance run --target ${file}`);
  else io.out('To judge it, start it with --write-target FILE, which writes a target file with its accounts.');
}

/** Resolves at a signal to stop; with `parent`, also when the process that started this one closes its pipe or channel. */
async function untilStopped(parent: boolean): Promise<void> {
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop());
    if (!parent) return;
    process.once('disconnect', () => stop());
    if (isPipe(0)) process.stdin.once('close', () => stop()).resume();
  });
  if (!parent) return;
  // A pipe or channel that is still open would keep the process alive.
  process.stdin.destroy();
  process.channel?.unref();
}

/** A terminal or /dev/null says nothing of the parent's life; a pipe closes with it. */
function isPipe(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}
