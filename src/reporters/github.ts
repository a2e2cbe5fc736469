import type { RequirementVerdict, Verdict } from '../verdict/index.js';
import { findingLines, oneLine } from './text.js';

/** A job shows no more of one kind. */
const shownOfAKind = 10;

/**
 * Lines that GitHub Actions turns into annotations of the job: an error for each failure, a warning for each missed SHOULD
 * and each stale waiver. None outside GitHub Actions.
 */
export function githubAnnotations(verdict: Verdict, env: NodeJS.ProcessEnv = process.env): string[] {
  if (env.GITHUB_ACTIONS !== 'true') return [];
  const { requirements, staleWaivers = [], strict } = verdict;
  const of = (status: string): RequirementVerdict[] =>
    requirements.filter((requirement) => requirement.status === status);
  const stale = staleWaivers.map(({ requirement, ticket, why }) => ({
    title: `Stale waiver of ${requirement}`,
    message: `${ticket}: ${why ?? 'it matches nothing'}.`,
  }));
  const errors = [...of('fail'), ...of('error')].map(note);
  const warnings = of('warn').map(note);
  return [
    ...limited('error', strict ? [...errors, ...stale] : errors),
    ...limited('warning', strict ? warnings : [...warnings, ...stale]),
  ];
}

interface Note {
  title: string;
  message: string;
}

function note({ id, level, api, action, title, reason = '', findings = [] }: RequirementVerdict): Note {
  const [first] = findings;
  const found = first === undefined ? [] : findingLines(first);
  const lines = found[0] === reason ? found : [reason, ...found];
  return { title: `${level} ${id} (${api} ${action})`, message: [title, ...lines].join('\n') };
}

function limited(kind: 'error' | 'warning', notes: readonly Note[]): string[] {
  const shown = notes.length > shownOfAKind ? notes.slice(0, shownOfAKind - 1) : notes;
  const rest = notes.length - shown.length;
  const more = rest === 0 ? [] : [{ title: `${rest} more`, message: 'See the summary or verdict.json.' }];
  return [...shown, ...more].map(({ title, message }) => `::${kind} title=${property(title)}::${data(message)}`);
}

function data(value: string): string {
  return value.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(value: string): string {
  return data(oneLine(value)).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
