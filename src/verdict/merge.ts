import { UsageError } from '../errors.js';
import { settleBlocked } from './blocked.js';
import { fingerprint } from './fingerprint.js';
import { foldEvidence, foldFindings } from './fold.js';
import { interruptedReason, notChosen, notReached, notSelected } from './reasons.js';
import { type Part, sortShards } from './shards.js';
import { isMissed, tally } from './tally.js';
import type { RequirementVerdict, Verdict } from './types.js';

export type { Part } from './shards.js';

/**
 * One verdict from those of the shards of a run. Per requirement the worst status holds; that a shard did not come to a
 * requirement never outweighs a shard that did. Where the parts are not each shard of one run exactly once, the verdict is
 * `unjudged` and `merged.problems` names what is wrong: missing, doubled and foreign shards, and the `unreadable` ones, given as
 * sentences without their stop.
 * Throws a `UsageError` when there is no verdict at all.
 */
export function mergeVerdicts(parts: readonly Part[], unreadable: readonly string[] = []): Verdict {
  const { own, total, problems } = sortShards(parts);
  const [first, ...others] = own.map(({ verdict }) => verdict);
  if (first === undefined) {
    if (unreadable.length > 0) throw new UsageError(unreadable.map((problem) => `${problem}.`));
    throw new UsageError('There is no verdict to merge. Name the reports directories of all shards of a run.');
  }
  const verdicts = [first, ...others];
  const wrong = [...new Set([...unreadable, ...problems])];
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
  const { staleWaivers: _, interrupted: __, reason: ___, shard: ____, ...rest } = first;
  const reason = wrong.length > 0 ? notOneRun(wrong) : reasonOf(own);
  return tally(
    {
      ...rest,
      merged: { ...(total !== undefined && { shards: total }), problems: wrong },
      ...(reason !== undefined && { reason }),
      startedAt: new Date(start).toISOString(),
      durationMs: Math.max(...ends) - start,
      requests: verdicts.reduce((sum, { requests }) => sum + requests, 0),
      ...(verdicts.some(({ interrupted }) => interrupted) && { interrupted: true as const }),
      ...(stale.length > 0 && { staleWaivers: stale }),
      requirements: settleBlocked(
        first.requirements.map((requirement, index) =>
          mergeRequirement([requirement, ...others.flatMap((other) => other.requirements[index] ?? [])]),
        ),
        first,
      ),
    },
    verdicts.some(({ counts }) => counts.waived !== undefined),
  );
}

function notOneRun(problems: readonly string[]): string {
  return `These are not the shards of one run, each once: ${problems.join('; ')}.`;
}

/** Why shards could judge nothing, and which ones. */
function reasonOf(parts: readonly Part[]): string | undefined {
  const told = parts.flatMap(({ name, verdict: { reason, interrupted } }) =>
    reason === undefined && !interrupted ? [] : [`${name}: ${reason ?? 'the run was interrupted.'}`],
  );
  return told.length === 0 ? undefined : told.join(' ');
}

const noShard = `${notReached}: no shard checked it`;

function mergeRequirement(shards: readonly RequirementVerdict[]): RequirementVerdict {
  const worst = shards.reduce((a, b) => (rank(b) > rank(a) ? b : a));
  const judged = total(shards, 'judged');
  const durationMs = total(shards, 'durationMs');
  const requests = total(shards, 'requests');
  const merged: RequirementVerdict = {
    ...worst,
    ...(durationMs !== undefined && { durationMs }),
    ...(requests !== undefined && { requests }),
    ...(judged !== undefined && { judged, missed: total(shards, 'missed') ?? 0 }),
  };
  if (merged.status === 'skip' && merged.reason === notSelected) return { ...merged, reason: noShard };
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
      if (reason.startsWith(interruptedReason)) return 2;
      return cause === 'server' ? 5 : 4;
    case 'pass':
      return 3;
    case 'skip':
      if (reason === notSelected) return -1;
      return reason === notChosen || reason.startsWith(notReached) ? 0 : 1;
  }
}

function total(
  shards: readonly RequirementVerdict[],
  member: 'judged' | 'missed' | 'durationMs' | 'requests',
): number | undefined {
  const numbers = shards.flatMap((shard) => shard[member] ?? []);
  return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0);
}
