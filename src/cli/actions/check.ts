import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { chosenApis } from '../../api/api.js';
import { createPipeline, readRecording, sizeOf } from '../../recording/index.js';
import type { Io } from '../io.js';
import { withReports } from '../reports.js';
import { reportTraffic } from '../traffic.js';

interface CheckOptions {
  api?: string[];
  strict?: boolean;
  reports: string;
  targetName?: string;
  accounts?: string[];
}

/** Judges recordings. Gives the exit code. */
export function check(files: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const output = { option: '--reports', shown: options.reports, path: resolve(io.cwd, options.reports) };
  return withReports(output, () => judge(files, options, io));
}

async function judge(files: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const startedAt = Date.now();
  // What is read is garbage at once: without this V8 lets three times of what is in use pile up.
  setFlagsFromString('--heap-growing-percent=30');
  const sizes = await Promise.all(files.map((file) => sizeOf(resolve(io.cwd, file), file)));
  const pipeline = createPipeline({
    apis: io.apis,
    only: options.api && chosenApis(io.apis, options.api).map(({ name }) => name),
    emails: options.accounts,
    reorder: true,
  });
  const progress = createProgress(
    sizes.reduce((sum, size) => sum + size, 0),
    () => pipeline.tally().entries,
    io,
  );
  for (const [index, name] of files.entries()) {
    const tell = (problem: string) => pipeline.note(`${name}: ${problem}`);
    for await (const recorded of readRecording({ path: resolve(io.cwd, name), name, index, progress, tell }))
      pipeline.take(recorded);
  }
  pipeline.finish();
  const facts = {
    name: options.targetName ?? files[0] ?? 'recording',
    strict: options.strict === true,
    startedAt,
    durationMs: Date.now() - startedAt,
  };
  return await reportTraffic(pipeline.verdict(facts), options.reports, io, options.api);
}

const megabyte = 1024 * 1024;
/** Less than this is read before anybody asks how far it is. */
const quietBytes = 20 * megabyte;
const lines = 10;

/** Prints a line at each tenth of a large recording. */
function createProgress(total: number, entries: () => number, io: Io): (bytes: number) => void {
  let read = 0;
  let next = total / lines;
  return (bytes) => {
    read += bytes;
    if (total < quietBytes || read < next) return;
    while (next <= read) next += total / lines;
    const share = Math.floor((100 * read) / total);
    io.err(
      `${Math.round(read / megabyte)} of ${Math.round(total / megabyte)} MiB (${share} %), ${entries()} exchanges`,
    );
  };
}
