import { join, resolve } from 'node:path';
import { tellVerdict, writeReports } from '../reporters/index.js';
import type { Verdict } from '../verdict/index.js';
import type { Io } from './io.js';

/**
 * Writes the reports of a verdict into `folder`, as the command line named it, and prints the summary as fits the terminal.
 * `again`: the folder's history holds this verdict already.
 */
export async function reportVerdict(verdict: Verdict, folder: string, again: boolean, io: Io): Promise<void> {
  const path = resolve(io.cwd, folder);
  const history = { historyPath: join(path, 'history.jsonl'), appendHistory: !again };
  const { html, problems } = await writeReports(path, verdict, history);
  tellVerdict(verdict, problems, {
    env: io.env,
    out: io.rendered ?? io.out,
    err: io.err,
    color: process.stdout.isTTY === true && !io.env.NO_COLOR,
    width: process.stdout.columns ?? 100,
    where: {
      verdict: join(folder, 'verdict.json'),
      ...(html !== undefined && { html: join(folder, 'allure', 'index.html') }),
    },
  });
}
