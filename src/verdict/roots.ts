import { normalise } from './fingerprint.js';
import { misshapenAction, refusedAction } from './reasons.js';
import { isMissed } from './tally.js';
import type { RequirementVerdict } from './types.js';

/** A requirement whose miss or error explains others, and the ids of those, in the order of the verdict. */
export interface Root {
  id: string;
  followers: readonly string[];
}

/**
 * Which misses and errors follow from which one. It is certain of three kinds: an answer whose shape is wrong, so that what it should
 * show cannot be seen, or is wrong at that very place; a legal call that is refused; and what keeps a run from judging anything, such
 * as a gateway that has lost its server. None follows from what weighs less: a MUST is never hidden behind a SHOULD.
 */
export function rootsOf(requirements: readonly RequirementVerdict[]): Root[] {
  const followers = new Map<string, string[]>();
  const following = new Set<string>();
  for (const one of requirements) {
    const root = rootOf(one, requirements);
    if (root === undefined || following.has(root.id) || followers.has(one.id)) continue;
    followers.set(root.id, [...(followers.get(root.id) ?? []), one.id]);
    following.add(one.id);
  }
  return [...followers].map(([id, ids]) => ({ id, followers: ids }));
}

/** From which other requirement this one follows, if so. */
function rootOf(one: RequirementVerdict, all: readonly RequirementVerdict[]): RequirementVerdict | undefined {
  if (weight(one) === undefined) return undefined;
  const cause = causeOf(one);
  const may = all.filter((other) => other !== one && other.api === one.api && outweighs(other, one));
  if (cause?.kind === 'shape') {
    const misshapen = may.find((other) => isShape(other) && actionsOf(other).has(cause.about));
    if (misshapen !== undefined) return misshapen;
  }
  if (cause === undefined)
    return isShape(one) ? undefined : may.find((other) => isShape(other) && isSamePlace(other, one));
  const alike = all.filter((other) => other.api === one.api && isSame(causeOf(other), cause));
  const first = alike.find(({ action }) => action === cause.about) ?? alike[0];
  return first !== undefined && first !== one && outweighs(first, one) ? first : undefined;
}

/** Why a requirement could not be met or judged, where that is not its own matter. */
interface Cause {
  kind: 'shape' | 'refused' | 'server' | 'environment';
  /** The action that answered so, or the sentence. */
  about: string;
}

function causeOf({ status, findings = [], reason = '', cause }: RequirementVerdict): Cause | undefined {
  if (status === 'pass') return undefined;
  const said = findings[0]?.message ?? reason;
  const misshapen = misshapenAction(said);
  if (misshapen !== undefined) return { kind: 'shape', about: misshapen };
  const refused = refusedAction(said);
  if (refused !== undefined) return { kind: 'refused', about: refused };
  return status === 'error' ? { kind: cause ?? 'environment', about: normalise(reason) } : undefined;
}

function isSame(one: Cause | undefined, other: Cause): boolean {
  return one?.kind === other.kind && one.about === other.about;
}

function isShape({ topic, status }: RequirementVerdict): boolean {
  return topic === 'shape' && isMissed(status);
}

/** The actions whose answers show a miss. */
export function actionsOf({ evidence = [] }: RequirementVerdict): Set<string> {
  return new Set(evidence.flatMap(({ action }) => action ?? []));
}

/** Whether a shape is wrong at the place in the answers of one action at which the other one was seen. */
function isSamePlace(shape: RequirementVerdict, other: RequirementVerdict): boolean {
  const actions = actionsOf(shape);
  if (!isMissed(other.status) || ![...actionsOf(other)].some((action) => actions.has(action))) return false;
  const wrong = placesOf(shape);
  const places = placesOf(other);
  return places.length > 0 && places.every((place) => wrong.some((at) => place === at || place.startsWith(`${at}/`)));
}

/** The places in answers that findings name, whichever item of a list it is. */
function placesOf({ findings = [] }: RequirementVerdict): string[] {
  return findings.flatMap(({ path }) => (path === undefined ? [] : [path.replace(/\/\d+(?=\/|$)/g, '/*')]));
}

/** How much a miss weighs; `undefined` where nothing is wrong. */
function weight(one: RequirementVerdict): number | undefined {
  const { status, reason = '' } = one;
  if (status === 'skip') return refusedAction(reason) === undefined ? undefined : 0;
  return { fail: 3, error: 2, warn: 1, waived: 0, pass: undefined }[status];
}

function outweighs(root: RequirementVerdict, follower: RequirementVerdict): boolean {
  const [one, other] = [weight(root), weight(follower)];
  return root.status !== 'skip' && one !== undefined && other !== undefined && one >= other;
}
