import type { ApiName } from '../../src/exchange/index.js';
import type { Verdict } from '../../src/verdict/index.js';
import type { Ended } from './runs.js';

/** What a run said of a server that misbehaves. */
export interface Row {
  misbehaviour: string;
  apis: readonly ApiName[];
  verdict: Verdict;
  ended: Ended;
  /** Requests that the server saw. */
  seen: number;
}

/** The rows as a Markdown table, for the documentation. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['misbehaviour', 'APIs', 'verdict', 'exit', 'pass', 'fail', 'warn', 'skip', 'error', 'requests', 's'];
  const lines = rows.map(({ misbehaviour, apis, verdict, ended, seen }) => {
    const { pass, fail, warn, skip, error } = verdict.counts;
    return [
      misbehaviour,
      apis.join(' '),
      verdict.verdict,
      ended.code,
      pass,
      fail,
      warn,
      skip,
      error,
      seen,
      ended.seconds.toFixed(1),
    ];
  });
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
