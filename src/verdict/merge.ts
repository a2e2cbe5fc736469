import { UsageError } from '../errors.js';
import { fingerprint } from './fingerprint.js';
import { foldEvidence, foldFindings } from './fold.js';
import { interruptedReason, notReached, notSelected } from './reasons.js';
import { isMissed, tally } from './tally.js';
import type { RequirementVerdict, Verdict } from './types.js';

/**
 * One verdict from those of the shards of a run. Per requirement the worst status holds; that a shard did not come to a
 * requirement never outweighs a shard that did.
 * Throws a `UsageError` when the verdicts are not of one target with the same APIs and strictness.
 */
export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
  const [first, ...others] = verdicts;
  if (first === undefined) throw new UsageError('There is no verdict to merge. Name at least one reports directory.');
  for (const other of others) assertAlike(first, other);

  const starts = verdicts.map(({ startedAt }) => Date.parse(startedAt));
  const ends = verdicts.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs);
  const start = Math.min(...starts);
  const stale = (first.staleWaivers ?? []).filter((waiver) =>
    others.every(({ staleWaivers = [] }) =>
      staleWaivers.some(
        ({ requirement, fingerprint: print }) => requirement === waiver.requirement && print === waiver.fingerprint,
      ),
    ),
  );
  const { staleWaivers: _, interrupted: __, reason: ___, ...rest } = first;
  const reason = verdicts.find((verdict) => verdict.reason !== undefined)?.reason;
  return tally(
    {
      ...rest,
      ...(reason !== undefined && { reason }),
      startedAt: new Date(start).toISOString(),
      durationMs: Math.max(...ends) - start,
      requests: verdicts.reduce((total, { requests }) => total + requests, 0),
      ...(verdicts.some(({ interrupted }) => interrupted) && { interrupted: true as const }),
      ...(stale.length > 0 && { staleWaivers: stale }),
      requirements: first.requirements.map((requirement, index) =>
        mergeRequirement([requirement, ...others.flatMap((other) => other.requirements[index] ?? [])]),
      ),
    },
    verdicts.some(({ counts }) => counts.waived !== undefined),
  );
}

function assertAlike(first: Verdict, other: Verdict): void {
  const unlike = (what: string, a: string, b: string): UsageError =>
    new UsageError(
      `These verdicts are not of one run: their ${what} differ, ${a} and ${b}. Merge the shards of one run.`,
    );
  if (first.target !== other.target) throw unlike('targets', first.target, other.target);
  if (first.strict !== other.strict) throw unlike('settings of --strict', `${first.strict}`, `${other.strict}`);
  const ids = (verdict: Verdict): string => verdict.requirements.map(({ id }) => id).join();
  const apis = (verdict: Verdict): string => [...new Set(verdict.requirements.map(({ api }) => api))].join(', ');
  if (apis(first) !== apis(other)) throw unlike('APIs', apis(first), apis(other));
  if (ids(first) !== ids(other))
    throw new UsageError('These verdicts list different requirements. Merge shards of one version of the suite.');
}

function mergeRequirement(shards: readonly RequirementVerdict[]): RequirementVerdict {
  const worst = shards.reduce((a, b) => (rank(b) > rank(a) ? b : a));
  const judged = total(shards, 'judged');
  const durationMs = total(shards, 'durationMs');
  const { judged: _, missed: __, durationMs: ___, ...rest } = worst;
  const merged: RequirementVerdict = {
    ...rest,
    ...(durationMs !== undefined && { durationMs }),
    ...(judged !== undefined && { judged, missed: total(shards, 'missed') ?? 0 }),
  };
  if (!isMissed(worst.status)) return merged;

  const misses = shards.filter(({ status }) => isMissed(status));
  const findings = foldFindings(misses.flatMap((miss) => miss.findings ?? []));
  // A pass with a duration comes from a check of its own, not from exchanges judged in passing.
  const metElsewhere = shards.some(({ status, durationMs: own }) => status === 'pass' && own !== undefined);
  const messages = findings.length > 0 ? findings.map(({ message }) => message) : [worst.reason ?? ''];
  return {
    ...merged,
    ...((metElsewhere || misses.some(({ intermittent }) => intermittent)) && { intermittent: true as const }),
    findings,
    fingerprint: fingerprint(worst.id, messages),
    evidence: foldEvidence(misses.flatMap((miss) => miss.evidence ?? [])),
  };
}

/** How much a status outweighs another. */
function rank({ status, cause, reason = '' }: RequirementVerdict): number {
  switch (status) {
    case 'fail':
    case 'warn':
      return 7;
    case 'waived':
      return 6;
    case 'error':
      if (reason === interruptedReason) return 2;
      return cause === 'server' ? 5 : 4;
    case 'pass':
      return 3;
    case 'skip':
      return reason === notSelected || reason.startsWith(notReached) ? 0 : 1;
  }
}

function total(shards: readonly RequirementVerdict[], member: 'judged' | 'missed' | 'durationMs'): number | undefined {
  const numbers = shards.flatMap((shard) => shard[member] ?? []);
  return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0);
}
