import { isWhole, type RequirementVerdict, type Verdict, verdictLine } from '../verdict/index.js';
import { findingLines, oneLine } from './text.js';
import { visibleVerdict } from './visible.js';

/** A job shows no more of one kind. */
const shownOfAKind = 10;

/**
 * Lines that GitHub Actions turns into annotations of the job: first the verdict, then an error for each failure, a warning for each
 * missed SHOULD and each stale waiver. None outside GitHub Actions.
 */
export function githubAnnotations(foreign: Verdict, env: NodeJS.ProcessEnv = process.env): string[] {
  if (env.GITHUB_ACTIONS !== 'true') return [];
  const verdict = visibleVerdict(foreign);
  const { requirements, staleWaivers = [], strict } = verdict;
  const of = (status: string): RequirementVerdict[] =>
    requirements.filter((requirement) => requirement.status === status);
  const stale = staleWaivers.map(({ requirement, ticket, why }) => ({
    title: `Stale waiver of ${requirement}`,
    message: `${ticket}: ${why ?? 'it matches nothing'}.`,
  }));
  const kind = kindOf(verdict);
  const whole = (of: Kind): Note[] => (kind === of ? [{ title: verdict.target, message: verdictLine(verdict) }] : []);
  return [
    ...limited('notice', whole('notice')),
    ...limited('error', [...whole('error'), ...[...of('fail'), ...of('error')].map(note), ...(strict ? stale : [])]),
    ...limited('warning', [...whole('warning'), ...of('warn').map(note), ...(strict ? [] : stale)]),
  ];
}

type Kind = 'notice' | 'warning' | 'error';

/** A mere notice for the whole alone. */
function kindOf(verdict: Verdict): Kind {
  if (isWhole(verdict)) return 'notice';
  return verdict.verdict === 'conformant' || verdict.verdict === 'partial' ? 'warning' : 'error';
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

function limited(kind: Kind, notes: readonly Note[]): string[] {
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
