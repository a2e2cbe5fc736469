import { join, resolve } from 'node:path';
import { renderSummary, writeReports } from '../reporters/index.js';
import type { Verdict } from '../verdict/index.js';
import type { Io } from './io.js';

/**
 * Writes the reports of a verdict into `folder`, as the command line named it, and prints the summary as fits the terminal.
 * `again`: the folder's history holds this verdict already.
 */
export async function reportVerdict(verdict: Verdict, folder: string, again: boolean, io: Io): Promise<void> {
  const path = resolve(io.cwd, folder);
  const history = { historyPath: join(path, 'history.jsonl'), appendHistory: !again };
  const written = await writeReports(path, verdict, history);
  io.out(
    renderSummary(verdict, {
      color: process.stdout.isTTY === true && !io.env.NO_COLOR,
      width: process.stdout.columns ?? 100,
      where: {
        verdict: join(folder, 'verdict.json'),
        html: written.html === undefined ? undefined : join(folder, 'allure', 'index.html'),
      },
    }),
  );
  if (written.problem !== undefined) io.err(written.problem);
}
