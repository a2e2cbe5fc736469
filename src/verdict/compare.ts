import { isElsewhere } from './reasons.js';
import { isMissed } from './tally.js';
import type { RequirementVerdict, Status, Verdict } from './types.js';

/** One requirement that stands otherwise than before; `was` and `is` are absent where a run does not list it. */
export interface Change {
  id: string;
  api: string;
  action: string;
  level: 'MUST' | 'SHOULD';
  title: string;
  was?: Status;
  is?: Status;
  reason?: string;
}

/** What changed between two runs. */
export interface VerdictComparison {
  /** Missed now (or the server broke on it), and not before. A waived miss is known, and so not new. */
  newlyMissed: Change[];
  /** Met now, and not before. */
  newlyMet: Change[];
  /** Judged before, and not now, though the run was to. */
  newlySkipped: Change[];
  /** Listed before, and not now. */
  gone: Change[];
}

/** What changed from the run `before` to the run `after`. */
export function compareVerdicts(before: Verdict, after: Verdict): VerdictComparison {
  const old = new Map(before.requirements.map((requirement) => [requirement.id, requirement]));
  const comparison: VerdictComparison = { newlyMissed: [], newlyMet: [], newlySkipped: [], gone: [] };
  for (const requirement of after.requirements) {
    const was = old.get(requirement.id);
    old.delete(requirement.id);
    const change = changeOf(requirement, was?.status, requirement.status);
    const [stood, stands] = [was && standing(was), standing(requirement)];
    if (stands === 'missed' && stood !== 'missed' && requirement.status !== 'waived')
      comparison.newlyMissed.push(change);
    else if (stands === 'met' && stood !== 'met') comparison.newlyMet.push(change);
    else if (stands === 'unjudged' && stood !== undefined && stood !== 'unjudged' && !isElsewhere(requirement))
      comparison.newlySkipped.push(change);
  }
  comparison.gone = [...old.values()].map((requirement) => changeOf(requirement, requirement.status, undefined));
  return comparison;
}

function standing({ status, cause }: RequirementVerdict): 'met' | 'missed' | 'unjudged' {
  if (isMissed(status) || (status === 'error' && cause === 'server')) return 'missed';
  return status === 'pass' ? 'met' : 'unjudged';
}

function changeOf(requirement: RequirementVerdict, was: Status | undefined, is: Status | undefined): Change {
  const { id, api, action, level, title, reason } = requirement;
  return {
    id,
    api,
    action,
    level,
    title,
    ...(was !== undefined && { was }),
    ...(is !== undefined && { is }),
    ...(is !== undefined && reason !== undefined && { reason }),
  };
}
