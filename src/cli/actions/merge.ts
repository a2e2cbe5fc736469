import { join, resolve } from 'node:path';
import { UsageError } from '../../errors.js';
import { readVerdict } from '../../reporters/index.js';
import { exitCode, mergeVerdicts, type Part, tally } from '../../verdict/index.js';
import type { Io } from '../io.js';
import { prepareReports, withReports } from '../reports.js';
import { reportVerdict } from '../summary.js';

interface MergeOptions {
  reports: string;
  requireJudged?: number;
}

/** Joins the reports of shards. Gives the exit code. */
export async function merge(
  folders: readonly string[],
  { reports, requireJudged }: MergeOptions,
  io: Io,
): Promise<number> {
  const path = resolve(io.cwd, reports);
  if (
    folders.some((folder) => resolve(io.cwd, folder) === path || resolve(io.cwd, folder) === join(path, 'verdict.json'))
  )
    throw new UsageError(`--reports ${reports}: a shard lies there. Name another folder for the joined reports.`);
  const parts: Part[] = [];
  const unreadable: string[] = [];
  const live = folders.map((folder) => join(resolve(io.cwd, folder), 'allure-results'));
  for (const name of folders) {
    try {
      parts.push({ name, verdict: await readVerdict(resolve(io.cwd, name)) });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      unreadable.push(error.message.replace(/\.$/, ''));
    }
  }
  return await withReports({ option: '--reports', shown: reports, path }, async () => {
    prepareReports(reports, path);
    const merged = mergeVerdicts(parts, unreadable);
    if (merged.reason !== undefined) io.err(`chat-conformance: unjudged. ${merged.reason}`);
    const verdict = requireJudged === undefined ? merged : tally({ ...merged, requireJudged });
    await reportVerdict(verdict, reports, io, { live });
    return exitCode(verdict);
  });
}
