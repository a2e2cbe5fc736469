import { isElsewhere } from './reasons.js';
import type { Counts, Coverage, Numbers, RequirementVerdict, Status, Verdict, VerdictWord } from './types.js';

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

/** `verdict` with its words, numbers, counts and coverage made from its requirements, stale waivers and what it says of its scope. */
export function tally(verdict: Verdict, withWaivers = verdict.counts.waived !== undefined): Verdict {
  const { requirements } = verdict;
  const names = [...new Set(requirements.map(({ api }) => api))];
  const apis = Object.fromEntries(
    names.map((api) => {
      const own = requirements.filter((requirement) => requirement.api === api);
      return [api, { verdict: wordOf(own, verdict), ...numbers(own) }];
    }),
  );
  return {
    ...verdict,
    verdict: word(verdict),
    ...numbers(requirements),
    apis,
    counts: countStatuses(requirements, withWaivers),
    coverage: cover(requirements),
  };
}

function numbers(requirements: readonly RequirementVerdict[]): { musts: Numbers; shoulds: Numbers } {
  return { musts: numbersOf(requirements, 'MUST'), shoulds: numbersOf(requirements, 'SHOULD') };
}

/** How many requirements of `level` there are among `requirements`, and what became of them. */
export function numbersOf(requirements: readonly RequirementVerdict[], level: 'MUST' | 'SHOULD'): Numbers {
  const all = requirements.filter((requirement) => requirement.level === level);
  const of = (test: (status: Status) => boolean): number => all.filter(({ status }) => test(status)).length;
  return {
    total: all.length,
    judged: of(isJudged),
    missed: of((status) => isMissed(status) && status !== 'waived'),
    waived: of((status) => status === 'waived'),
    errors: of((status) => status === 'error'),
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

/** The word on the whole: the worst of those on the APIs that the run was to check, unless the whole itself cannot be judged. */
function word(verdict: Verdict): VerdictWord {
  const { requirements, merged } = verdict;
  if (merged !== undefined && merged.problems.length > 0) return 'unjudged';
  const own = requirements.filter((requirement) => !isElsewhere(requirement));
  const words = [...new Set(own.map(({ api }) => api))].map((api) =>
    wordOf(
      requirements.filter((requirement) => requirement.api === api),
      verdict,
    ),
  );
  const worst = (['non-conformant', 'unjudged', 'partial', 'conformant'] as const).find((one) => words.includes(one));
  if (worst === 'non-conformant') return worst;
  return worst === undefined || isTooLittle(verdict) ? 'unjudged' : worst;
}

/** The word on the requirements of one API. */
function wordOf(requirements: readonly RequirementVerdict[], verdict: Verdict): VerdictWord {
  const { strict, reason, selection, shard, staleWaivers = [] } = verdict;
  const binding = requirements.filter(({ level }) => level === 'MUST' || strict);
  if (binding.some(isBlamed)) return 'non-conformant';
  if (strict && staleWaivers.some((waiver) => requirements.some(({ id }) => id === waiver.requirement)))
    return 'non-conformant';
  if (reason !== undefined || binding.some(({ status }) => status === 'error')) return 'unjudged';
  const own = requirements.filter((requirement) => !isElsewhere(requirement));
  const musts = own.filter(({ level }) => level === 'MUST');
  if (!(musts.length > 0 ? musts : own).some(({ status }) => isJudged(status))) return 'unjudged';
  const isWhole = selection === undefined && shard === undefined;
  return isWhole && musts.every(({ status }) => isJudged(status)) ? 'conformant' : 'partial';
}

/** Whether a requirement counts against the server: missed, or not to be checked for what the server did. */
export function isBlamed({ status, cause }: RequirementVerdict): boolean {
  return status === 'fail' || (status === 'error' && cause === 'server');
}

/** Whether less was judged than was asked for. A shard cannot know: the merged verdict does. */
export function isTooLittle({ requirements, requireJudged = 0, shard }: Verdict): boolean {
  const own = requirements.filter((requirement) => !isElsewhere(requirement));
  const { judged, total } = numbersOf(own, 'MUST');
  return shard === undefined && judged * 100 < requireJudged * total;
}

/** Exit code of a run: 0 nothing missed, 1 non-conformant, 2 unjudged. */
export function exitCode(verdict: Pick<Verdict, 'verdict'>): 0 | 1 | 2 {
  return { conformant: 0, partial: 0, 'non-conformant': 1, unjudged: 2 }[verdict.verdict] as 0 | 1 | 2;
}
