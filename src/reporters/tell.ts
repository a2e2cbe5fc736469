import { visible } from '../console.js';
import { type Verdict, verdictLine } from '../verdict/index.js';
import { githubAnnotations } from './github.js';
import { renderSummary, type SummaryOptions } from './terminal.js';

/** Where a verdict is told. */
export interface Listener extends SummaryOptions {
  env: NodeJS.ProcessEnv;
  /** Takes text that is fit for a terminal. */
  out(text: string): void;
  err(text: string): void;
}

/**
 * Tells people and CI server a verdict: what went wrong with its reports, annotations, then the summary, whose last line is the
 * verdict. Whatever cannot be rendered, that line comes.
 */
export function tellVerdict(verdict: Verdict, problems: readonly string[], listener: Listener): void {
  const { env, out, err } = listener;
  const tell = (what: string, work: () => void, instead: () => void = () => {}): void => {
    try {
      work();
    } catch (error) {
      err(visible(`${what} could not be made: ${error instanceof Error ? error.message : String(error)}`));
      instead();
    }
  };
  for (const problem of problems) err(visible(problem));
  tell('The annotations', () => {
    for (const line of githubAnnotations(verdict, env)) out(line);
  });
  tell(
    'The summary',
    () => out(renderSummary(verdict, listener)),
    () => out(visible(verdictLine(verdict))),
  );
}
