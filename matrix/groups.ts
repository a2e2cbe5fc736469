import type { StubApi } from '../src/stub/index.js';
import type { Case, CaseResult } from './types.js';

/** More variants on one server would make it hard to see what each of them does. */
const mostTogether = 12;

interface Group {
  api: Case['api'];
  members: Case[];
  touched: Set<string>;
}

/**
 * Puts variants together that touch different things of one API, so that one server shows them all. A variant that is known to miss
 * something stays alone: it would hide such a miss of others.
 */
export function grouped(variants: readonly Case[], stubs: readonly StubApi[]): Case[] {
  const groups: Group[] = [];
  // Those of all actions first: whoever joins them costs nothing, for all checks are run anyway.
  const ofAll = ({ action }: Case) => Number(action !== '*');
  for (const variant of [...variants].sort((a, b) => ofAll(a) - ofAll(b))) {
    const touched = stubs.find(({ api }) => api === variant.api)?.touchedBy(variant.id) ?? [];
    const group = groups.find(
      ({ api, members, touched: taken }) =>
        api === variant.api &&
        members.length < mostTogether &&
        ![variant, ...members].some(({ warns }) => warns !== undefined) &&
        !touched.some((name) => taken.has(name)),
    );
    if (group === undefined) groups.push({ api: variant.api, members: [variant], touched: new Set(touched) });
    else {
      group.members.push(variant);
      for (const name of touched) group.touched.add(name);
    }
  }
  return groups.flatMap(({ api, members }) => {
    const [first] = members;
    if (first === undefined || members.length === 1) return members;
    const id = members.map((member) => member.id).join(' ');
    return [{ ...first, id, api, sentence: members.map(({ sentence }) => sentence).join(' '), members }];
  });
}

/** What a clean group says of each of its variants. */
export function membersOf({ members = [], misses, checks, requests, durationMs }: CaseResult): CaseResult[] {
  return members.map((member) => ({
    ...member,
    misses,
    localised: false,
    outcome: 'clean',
    triedWith: members.filter((other) => other !== member).map(({ id }) => id),
    checks,
    requests,
    durationMs,
  }));
}
