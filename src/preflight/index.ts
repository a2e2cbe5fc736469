import { type DoctorFinding, type Examined, type Line, reachable, sentenceOf, withLine } from '../doctor/index.js';
import type { ResolvedTarget } from '../target/index.js';

/** Whether a run can be judged at all; `reason` is a sentence for people that names the thing and the mend. */
export type Preflight = { ok: true } | { ok: false; reason: string };

/** One question asked of one API of the target before a run. Problems rule a run out. */
type PreflightCheck = (line: Line, api: Examined) => Promise<DoctorFinding[]>;

/** The checks of every API, in order; the first that finds a problem ends the questions to that API. */
const checks: readonly PreflightCheck[] = [reachable, (line, api) => api.doctor.accounts(line)];

/**
 * Asks whether each of `apis` can be judged: its server answers and nothing else does, no account is refused, and accounts share
 * what they must. A server that is broken in any other way is for the run to judge. Leaves the server as it was; keeps the target's
 * rate.
 */
export async function preflight(target: ResolvedTarget, apis: readonly Examined[]): Promise<Preflight> {
  return withLine(target, apis, async (line) => {
    const present = apis.filter(({ name }) => target.sections[name] !== undefined);
    const found = await Promise.all(present.map((api) => firstProblems(line, api)));
    const said = [...new Set(found.flat().map((problem) => line.redactor.sentence(sentenceOf(problem))))];
    return said.length === 0 ? { ok: true } : { ok: false, reason: inShort(said, target) };
  });
}

async function firstProblems(line: Line, api: Examined): Promise<DoctorFinding[]> {
  for (const check of checks) {
    const problems = (await check(line, api)).filter(({ level }) => level === 'problem');
    if (problems.length > 0) return problems;
  }
  return [];
}

/** The first sentences, and where the others are. */
function inShort(sentences: readonly string[], { source }: ResolvedTarget): string {
  const left = sentences.length - 2;
  const rest = left > 0 ? [`${left} more to mend, shown by: chat-conformance doctor --target ${source}`] : [];
  return [...sentences.slice(0, 2), ...rest].join(' ');
}
