import { resolve } from 'node:path';
import type { Io, MatrixCommandOptions } from '../io.js';
import { withReports } from '../reports.js';

/** Lists the seeded faults. Gives the exit code. */
export async function faults(options: { api?: string[]; json?: boolean }, io: Io): Promise<number> {
  const { listFaults } = await io.matrix();
  await listFaults(options, io);
  return 0;
}

/** Runs the matrix. Gives the exit code. */
export async function runFaults(options: MatrixCommandOptions, io: Io): Promise<number> {
  const output = { option: '--reports', shown: options.reports, path: resolve(io.cwd, options.reports) };
  const work = async () => (await io.matrix()).runFaults(options, io);
  return withReports(output, work, [options.explore ? 'explored.json' : 'faults.json']);
}
