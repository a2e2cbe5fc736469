import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import { readVerdict } from '../../reporters/index.js';
import { exitCode, mergeVerdicts, type Part, tally } from '../../verdict/index.js';
import type { Io } from '../io.js';
import { parseShare } from '../options.js';
import { prepareReports, withReports } from '../reports.js';
import { reportVerdict } from '../summary.js';

interface MergeOptions {
  reports: string;
  requireJudged?: number;
}

export function registerMerge(program: Command, io: Io): void {
  program
    .command('merge')
    .description('Joins the reports directories of the shards of a run into one verdict and one report.')
    .argument('<dir...>', 'the reports directories of all shards')
    .option('--reports <dir>', 'where the joined reports go', 'reports')
    .option('--require-judged <share>', 'all, or N%: exit code 2 where fewer MUSTs were judged', parseShare)
    .addHelpText(
      'after',
      `
Each shard of one run must be there once: the same target, options and version of the suite, and the same run where
CHAT_CONFORMANCE_RUN_ID, GitHub, GitLab, Azure or Buildkite name it.

Exit codes: those of the joined verdict, as with run; 2 also where a shard is missing, doubled, of another run or
cannot be read.

Example:
  chat-conformance merge reports-1 reports-2 --reports reports`,
    )
    .action(async (folders: string[], options: MergeOptions) => {
      io.exitCode = await merge(folders, options, io);
    });
}

async function merge(folders: readonly string[], { reports, requireJudged }: MergeOptions, io: Io): Promise<number> {
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
