import type { Counts, Coverage, Judged, RequirementVerdict, Status, Verdict, VerdictWord } from './types.js';

/** Status of a miss: a MUST fails, a SHOULD warns unless the run is strict. */
export function missedStatus(level: 'MUST' | 'SHOULD', strict: boolean): 'fail' | 'warn' {
  return level === 'MUST' || strict ? 'fail' : 'warn';
}

/** Whether the server missed the requirement, waived or not. */
export function isMissed(status: Status): boolean {
  return status === 'fail' || status === 'warn' || status === 'waived';
}

/** Whether the requirement was judged at all. A skipped or errored one never was. */
export function isJudged(status: Status): boolean {
  return status === 'pass' || isMissed(status);
}

/** `verdict` with its counts, coverage and word made from its requirements and stale waivers. */
export function tally(verdict: Verdict, withWaivers = verdict.counts.waived !== undefined): Verdict {
  return {
    ...verdict,
    verdict: word(verdict),
    counts: countStatuses(verdict.requirements, withWaivers),
    coverage: cover(verdict.requirements),
  };
}

function countStatuses(requirements: readonly RequirementVerdict[], withWaivers: boolean): Counts {
  const of = (status: Status): number => requirements.filter((requirement) => requirement.status === status).length;
  return {
    pass: of('pass'),
    fail: of('fail'),
    warn: of('warn'),
    skip: of('skip'),
    error: of('error'),
    ...(withWaivers && { waived: of('waived') }),
  };
}

function cover(requirements: readonly RequirementVerdict[]): Coverage {
  const coverage: Coverage = {};
  for (const { api, action, level, status } of requirements) {
    const actions = coverage[api] ?? {};
    coverage[api] = actions;
    const place = actions[action] ?? { must: { judged: 0, total: 0 }, should: { judged: 0, total: 0 } };
    actions[action] = place;
    const judged = level === 'MUST' ? place.must : place.should;
    judged.total += 1;
    if (isJudged(status)) judged.judged += 1;
  }
  return coverage;
}

/** How many requirements of `level` were judged, of all those in `requirements`. */
export function judgedOf(requirements: readonly RequirementVerdict[], level: 'MUST' | 'SHOULD'): Judged {
  const all = requirements.filter((requirement) => requirement.level === level);
  return { judged: all.filter(({ status }) => isJudged(status)).length, total: all.length };
}

function word({ requirements, strict, reason, staleWaivers = [] }: Verdict): VerdictWord {
  const binding = requirements.filter(({ level }) => level === 'MUST' || strict);
  const blamed = binding.some(({ status, cause }) => status === 'fail' || (status === 'error' && cause === 'server'));
  if (blamed || (strict && staleWaivers.length > 0)) return 'non-conformant';
  const unchecked = binding.some(({ status }) => status === 'error');
  if (reason !== undefined || unchecked || !requirements.some(({ status }) => isJudged(status))) return 'unjudged';
  return 'conformant';
}

/** Exit code of a run: 0 conformant, 1 non-conformant, 2 unjudged. */
export function exitCode(verdict: Pick<Verdict, 'verdict'>): 0 | 1 | 2 {
  return verdict.verdict === 'conformant' ? 0 : verdict.verdict === 'non-conformant' ? 1 : 2;
}
