import { chosenApis } from '../../api/api.js';
import { ledgerLines, ledgerOf } from '../../ledger/index.js';
import type { Io } from '../io.js';

/** Lists what judges each member of every answer, and what is wrong with the ledgers. Gives the exit code. */
export function ledger({ api: names }: { api?: string[] }, io: Io): number {
  const ledgers = chosenApis(io.apis, names).map((api) => ({ api, ledger: ledgerOf(api) }));
  for (const { api, ledger } of ledgers) for (const line of ledgerLines(api, ledger)) io.out(line);
  const problems = ledgers.flatMap(({ ledger }) => ledger.problems);
  for (const problem of problems) io.err(problem);
  return problems.length === 0 ? 0 : 1;
}
