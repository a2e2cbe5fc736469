import type { ApiName, Level } from '../exchange/index.js';
import type { Requirement } from '../requirements/types.js';
import { packageVersion } from '../root.js';
import { settleBlocked } from './blocked.js';
import { fingerprint } from './fingerprint.js';
import { foldEvidence, foldFindings, keepLongBodiesOnce } from './fold.js';
import type { Judgement } from './judgement.js';
import { interruptedReason, notChosen, notReached, notSelected } from './reasons.js';
import { soundJudgement } from './sound.js';
import { missedStatus, tally } from './tally.js';
import type { RequirementVerdict, Verdict, Waiver } from './types.js';
import { applyWaivers } from './waivers.js';

/** What a verdict is built from. */
export interface VerdictInput {
  target: { name: string; allow: Level; urls: Partial<Record<ApiName, string>>; seed?: number };
  /** The APIs in scope: every requirement of theirs is in the verdict. */
  apis: readonly ApiName[];
  /** A missed SHOULD fails too. */
  strict: boolean;
  /** All requirements of all APIs, in the order in which the verdict lists them. */
  catalogue: readonly Requirement[];
  judgements: readonly Judgement[];
  waivers?: readonly Waiver[];
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
  requests: number;
  interrupted?: boolean;
  /** Why it was, where that is known. */
  interruptedBecause?: string;
  /** No checks were run: what exchanges show in passing is all there is, and enough to meet a requirement. */
  passive?: boolean;
  /** Why nothing could be judged (unreachable host, refused credentials): the verdict is `unjudged` then. */
  unjudgedReason?: string;
  /** APIs of the target that were not asked for. */
  leftOut?: readonly string[];
  /** The options that chose some requirements only, and the ids that they chose, where these are known. */
  selection?: { by: string; ids?: readonly string[] };
  shard?: { current: number; total: number };
  /** Ids of the requirements that had a check in this run, where a selection or another shard may have had the others. */
  checked?: readonly string[];
  /** The share of the MUSTs, in percent, of which less is unjudged. */
  requireJudged?: number;
  /** What generated sequences came to, where there were any; their misses are among the judgements. */
  explored?: Verdict['explored'];
  /** Names the run, alike in all its shards. */
  runId?: string;
}

/**
 * The verdict of a run. Pure: the same input gives the same verdict.
 * Throws a `UsageError` when a waiver names an unknown requirement.
 */
export function buildVerdict(input: VerdictInput): Verdict {
  const sources = collect(input.judgements.map(soundJudgement));
  const { leftOut = [], selection, shard, requireJudged, runId } = input;
  const requirements = input.catalogue
    .filter((requirement) => input.apis.includes(requirement.api))
    .map((requirement) => judgeRequirement(requirement, sources.get(requirement.id), input));
  const verdict = tally({
    version: 1,
    target: input.target.name,
    verdict: 'unjudged',
    suite: packageVersion,
    ...(runId !== undefined && { runId }),
    ...(leftOut.length > 0 && { leftOut: [...leftOut] }),
    ...(selection !== undefined && { selection: { by: selection.by } }),
    ...(shard !== undefined && { shard }),
    ...(requireJudged !== undefined && { requireJudged }),
    ...(input.unjudgedReason !== undefined && { reason: input.unjudgedReason }),
    strict: input.strict,
    allow: input.target.allow,
    urls: withoutCredentials(input.target.urls, input.apis),
    ...(input.target.seed !== undefined && { seed: input.target.seed }),
    startedAt: new Date(input.startedAt).toISOString(),
    durationMs: Math.round(input.durationMs),
    requests: input.requests,
    ...(input.interrupted === true && { interrupted: true as const }),
    ...(input.explored !== undefined && { explored: input.explored }),
    counts: { pass: 0, fail: 0, warn: 0, skip: 0, error: 0 },
    coverage: {},
    requirements: keepLongBodiesOnce(shard === undefined ? settleBlocked(requirements, input) : requirements),
  });
  if (input.waivers === undefined) return verdict;
  return applyWaivers(verdict, input.waivers, {
    today: verdict.startedAt.slice(0, 10),
    strict: input.strict,
    known: input.catalogue.map(({ id }) => id),
  });
}

/** What was said of one requirement: by checks of its own, and in passing by others. */
interface Sources {
  own: Judgement[];
  passing: Judgement['observed'][string][];
}

function collect(judgements: readonly Judgement[]): Map<string, Sources> {
  const sources = new Map<string, Sources>();
  const of = (id: string): Sources => {
    const known = sources.get(id) ?? { own: [], passing: [] };
    sources.set(id, known);
    return known;
  };
  for (const judgement of judgements) {
    of(judgement.requirement).own.push(judgement);
    for (const [id, observed] of Object.entries(judgement.observed)) of(id).passing.push(observed);
  }
  return sources;
}

function judgeRequirement(
  requirement: Requirement,
  { own, passing }: Sources = { own: [], passing: [] },
  input: VerdictInput,
): RequirementVerdict {
  const judged = sum(passing.map((observed) => observed.judged));
  const missed = sum(passing.map((observed) => observed.missed));
  const finished = own.filter(({ outcome }) => outcome !== 'skipped');
  const base = {
    ...requirement,
    ...(finished.length > 0 && {
      durationMs: Math.round(sum(finished.map(({ durationMs }) => durationMs))),
      requests: sum(finished.map(({ requests }) => requests)),
    }),
    ...(judged > 0 && { judged, missed }),
  };
  const steps = own.find(({ outcome }) => outcome === 'missed')?.steps ?? finished[0]?.steps ?? [];
  const story = steps.length > 0 ? { steps } : {};

  const misses = own.filter(({ outcome }) => outcome === 'missed');
  if (misses.length > 0 || missed > 0) {
    const missing = passing.filter((observed) => observed.missed > 0);
    const findings = foldFindings([...misses, ...missing].flatMap((source) => source.findings));
    const reason = misses.find((miss) => miss.reason !== undefined)?.reason ?? findings[0]?.message;
    // What a sequence shows and a check does not is no miss that comes and goes.
    const isGenerated = missed === 0 && misses.every(({ basis }) => basis === 'generated');
    const intermittent = own.some(
      (judgement) => judgement.intermittent || (judgement.outcome === 'met' && !isGenerated),
    );
    const messages = findings.length > 0 ? findings.map(({ message }) => message) : [reason ?? ''];
    return {
      ...base,
      status: missedStatus(requirement.level, input.strict),
      reason: reason ?? 'missed',
      ...(isGenerated && { basis: 'generated' as const }),
      ...(intermittent && { intermittent: true as const }),
      findings,
      ...story,
      fingerprint: fingerprint(requirement.id, messages),
      evidence: foldEvidence([...misses, ...missing].flatMap((source) => source.evidence)),
    };
  }

  const errors = own.filter(({ outcome }) => outcome === 'error');
  if (errors.length > 0) {
    const worst = errors.find(({ cause }) => cause === 'server') ?? errors[0];
    return {
      ...base,
      status: 'error',
      cause: worst?.cause ?? 'environment',
      ...(worst?.blockedBy !== undefined && { blockedBy: worst.blockedBy }),
      reason: worst?.reason ?? 'could not be checked',
      ...story,
      evidence: foldEvidence(errors.flatMap(({ evidence }) => evidence)),
    };
  }

  // In a run only a requirement's own check can meet it: what others saw in passing does not undo a skip.
  const met = own.some(({ outcome }) => outcome === 'met') || (input.passive === true && judged > 0);
  if (met) return { ...base, status: 'pass', ...story };

  const skip = own.find(({ reason }) => reason !== undefined);
  if (own.length > 0) return { ...base, status: 'skip', reason: skip?.reason ?? 'skipped' };
  const elsewhere = whyElsewhere(requirement.id, input);
  if (elsewhere !== undefined) return { ...base, status: 'skip', reason: elsewhere };
  if (input.interrupted) {
    const because = input.interruptedBecause === undefined ? '' : `: ${input.interruptedBecause}`;
    return { ...base, status: 'error', cause: 'environment', reason: `${interruptedReason}${because}` };
  }
  const why = input.unjudgedReason === undefined ? notReached : `${notReached}: ${input.unjudgedReason}`;
  return { ...base, status: 'skip', reason: why };
}

/** Why this run was not to check a requirement. */
function whyElsewhere(id: string, { selection, shard, checked }: VerdictInput): string | undefined {
  if (selection?.ids?.includes(id) === false) return notChosen;
  if (checked === undefined || checked.includes(id)) return undefined;
  if (shard !== undefined) return notSelected;
  return selection === undefined ? undefined : notChosen;
}

function withoutCredentials(urls: Partial<Record<ApiName, string>>, apis: readonly ApiName[]): Record<ApiName, string> {
  const clean: Record<ApiName, string> = {};
  for (const api of apis) {
    const url = urls[api];
    if (url !== undefined) clean[api] = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
  }
  return clean;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
