import { fingerprint } from './fingerprint.js';
import { needsRefused } from './reasons.js';
import { isMissed, missedStatus } from './tally.js';
import type { RequirementVerdict } from './types.js';

/**
 * Settles, once a whole run is known, what could not be checked since a legal call of another action was refused. Where a row of
 * that action is missed, the refusal is told there and this requirement is skipped; else nobody would tell it, and this one is missed.
 */
export function settleBlocked(
  requirements: readonly RequirementVerdict[],
  { strict }: { strict: boolean },
): RequirementVerdict[] {
  const missed = new Set(
    requirements.filter(({ status }) => isMissed(status)).map(({ api, action }) => `${api} ${action}`),
  );
  return requirements.map((requirement) => {
    const { blockedBy, ...rest } = requirement;
    if (blockedBy === undefined || rest.status !== 'error') return requirement;
    const { cause: _, reason = '', ...told } = rest;
    if (missed.has(`${rest.api} ${blockedBy}`)) return { ...told, status: 'skip', reason: needsRefused(blockedBy) };
    return {
      ...told,
      status: missedStatus(rest.level, strict),
      reason,
      findings: [{ message: reason }],
      fingerprint: fingerprint(rest.id, [reason]),
    };
  });
}
