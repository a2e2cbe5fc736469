import { join, resolve } from 'node:path';
import { wantsColor } from '../console.js';
import { UsageError } from '../errors.js';
import { tellVerdict, writeReports } from '../reporters/index.js';
import type { Verdict } from '../verdict/index.js';
import type { Io } from './io.js';

/**
 * Writes the reports of a verdict into `folder`, as the command line named it, and prints the summary as fits the terminal.
 * `again`: the folder's history holds this verdict already. `html` false makes no HTML report. `live`: folders of Allure results that
 * were written while the checks ran. Throws a `UsageError` where `verdict.json` could not be written.
 */
export async function reportVerdict(
  verdict: Verdict,
  folder: string,
  io: Io,
  { again = false, html, live }: { again?: boolean; html?: boolean; live?: readonly string[] } = {},
): Promise<void> {
  const path = resolve(io.cwd, folder);
  const history = { historyPath: join(path, 'history.jsonl'), appendHistory: !again };
  const { verdict: file, html: page, problems } = await writeReports(path, verdict, { ...history, html, live });
  tellVerdict(verdict, problems, {
    env: io.env,
    out: io.rendered,
    err: io.err,
    color: wantsColor(process.stdout, io.env),
    width: process.stdout.columns ?? 100,
    where: {
      verdict: join(folder, 'verdict.json'),
      ...(page !== undefined && { html: join(folder, 'allure', 'index.html') }),
    },
  });
  if (file === undefined)
    throw new UsageError(`--reports ${folder}: verdict.json could not be written. Make room, or name another folder.`);
}
