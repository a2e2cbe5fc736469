import type { StubApi } from '../src/stub/index.js';
import type { Case, CaseResult } from './types.js';

/** More variants on one server would make it hard to see what each of them does. */
const mostTogether = 12;
/** So many that miss something. */
const mostMissing = 4;

interface Group {
  api: Case['api'];
  members: Case[];
  /** What they touch, and the requirements that they miss. */
  touched: Set<string>;
}

/**
 * Puts variants together that touch different things of one API, so that one server shows them all. Those that are known to miss
 * something would hide such a miss of others: few of them go together, and only with each other.
 */
export function grouped(variants: readonly Case[], stubs: readonly StubApi[]): Case[] {
  const groups: Group[] = [];
  // Those of all actions first: whoever joins them costs nothing, for all checks are run anyway.
  const ofAll = ({ action }: Case) => Number(action !== '*');
  for (const variant of [...variants].sort((a, b) => ofAll(a) - ofAll(b))) {
    const touches = stubs.find(({ api }) => api === variant.api)?.touchedBy(variant.id) ?? [];
    const own = [...touches, ...(variant.warns ?? [])];
    const group = groups.find(
      ({ api, members, touched: taken }) =>
        api === variant.api &&
        members.length < (variant.warns === undefined ? mostTogether : mostMissing) &&
        members.every(({ warns }) => (warns === undefined) === (variant.warns === undefined)) &&
        !own.some((name) => taken.has(name)),
    );
    if (group === undefined) groups.push({ api: variant.api, members: [variant], touched: new Set(own) });
    else {
      group.members.push(variant);
      for (const name of own) group.touched.add(name);
    }
  }
  return groups.flatMap(({ members }) => asOne(members));
}

/** Two cases of half as many variants each: where all together were not clean, it shows which of them are not. */
export function halvesOf({ members = [] }: Case): Case[] {
  const half = Math.ceil(members.length / 2);
  return [members.slice(0, half), members.slice(half)].flatMap(asOne);
}

/** The case of a server that shows all of these variants; none where there are none. */
function asOne(members: readonly Case[]): Case[] {
  const [first] = members;
  if (first === undefined || members.length === 1) return [...members];
  const [ids, sentences] = [members.map(({ id }) => id), members.map(({ sentence }) => sentence)];
  const warns = first.warns && members.flatMap((member) => member.warns ?? []);
  return [{ ...first, id: ids.join(' '), sentence: sentences.join(' '), members, ...(warns && { warns }) }];
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
