import { closest } from 'fastest-levenshtein';
import { UsageError } from '../errors.js';
import { isMissed, missedStatus, tally } from './tally.js';
import type { RequirementVerdict, StaleWaiver, Verdict, Waiver, WaiverNote } from './types.js';

export interface WaiverOptions {
  /** The day on which expiry is judged, `yyyy-MM-dd` in UTC. */
  today: string;
  /** A stale waiver and a missed SHOULD fail; the verdict's own setting where absent. */
  strict?: boolean;
  /** All requirement ids, so that a waiver on an API out of scope is no error; those of the verdict where absent. */
  known?: readonly string[];
}

const expiredNote = / \(its waiver expired on [^)]*\)$/;

/**
 * `verdict` with the misses waived that a valid waiver covers, whatever was waived in it before.
 * An expired waiver covers nothing, and the reason says so; one that covers nothing any more is listed in `staleWaivers`.
 * Throws a `UsageError` when a waiver names an unknown requirement.
 */
export function applyWaivers(verdict: Verdict, waivers: readonly Waiver[], options: WaiverOptions): Verdict {
  checkWaivers(waivers, options.known ?? verdict.requirements.map(({ id }) => id));
  const strict = options.strict ?? verdict.strict;
  const requirements = verdict.requirements.map((requirement) =>
    waive(
      unwaived(requirement, strict),
      waivers.filter((waiver) => waiver.requirement === requirement.id),
      options.today,
    ),
  );
  const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  const { staleWaivers: _, ...rest } = verdict;
  const stale = waivers.flatMap((waiver) => staleness(waiver, byId.get(waiver.requirement)));
  return tally({ ...rest, strict, ...(stale.length > 0 && { staleWaivers: stale }), requirements }, true);
}

/** Throws a `UsageError` when a waiver names a requirement that is not among `known`, the ids of the whole catalogue. */
export function checkWaivers(waivers: readonly Waiver[], known: readonly string[]): void {
  const unknown = waivers.filter(({ requirement }) => !known.includes(requirement));
  if (unknown.length === 0) return;
  throw new UsageError(
    unknown.map(({ requirement }) => {
      const near = known.length > 0 ? ` The nearest known one is ${closest(requirement, [...known])}.` : '';
      return `A waiver names the requirement ${requirement}, which does not exist.${near}`;
    }),
  );
}

function unwaived(requirement: RequirementVerdict, strict: boolean): RequirementVerdict {
  if (!isMissed(requirement.status)) return requirement;
  const { waiver: _, reason, ...rest } = requirement;
  return { ...rest, status: missedStatus(requirement.level, strict), reason: reason?.replace(expiredNote, '') };
}

function waive(requirement: RequirementVerdict, waivers: readonly Waiver[], today: string): RequirementVerdict {
  if (!isMissed(requirement.status)) return requirement;
  const matching = waivers.filter((waiver) => matches(waiver, requirement));
  const valid = matching.find(({ expires }) => expires >= today);
  if (valid !== undefined) return { ...requirement, status: 'waived', waiver: note(valid) };
  const expired = matching[0];
  if (expired === undefined) return requirement;
  return {
    ...requirement,
    reason: `${requirement.reason} (its waiver expired on ${expired.expires}, ticket ${expired.ticket})`,
  };
}

function matches(waiver: Waiver, requirement: RequirementVerdict): boolean {
  return waiver.fingerprint === undefined || waiver.fingerprint === requirement.fingerprint;
}

/** A waiver is stale only where its requirement was judged: of what was not checked nobody knows. */
function staleness(waiver: Waiver, requirement: RequirementVerdict | undefined): StaleWaiver[] {
  if (requirement?.status === 'pass') return [{ ...waiver, why: 'the requirement is met' }];
  if (requirement === undefined || !isMissed(requirement.status) || matches(waiver, requirement)) return [];
  return [{ ...waiver, why: `the miss is another one now, its fingerprint is ${requirement.fingerprint}` }];
}

function note({ reason, ticket, owner, expires }: Waiver): WaiverNote {
  return { reason, ticket, owner, expires };
}

/** The entry of a waivers file that would waive this miss, as JSON to copy and fill in. */
export function waiverEntry({ id, fingerprint }: RequirementVerdict): string {
  const blank: Waiver = {
    requirement: id,
    ...(fingerprint !== undefined && { fingerprint }),
    reason: '',
    ticket: '',
    owner: '',
    expires: 'yyyy-MM-dd',
  };
  return JSON.stringify(blank);
}
