import type { Verdict } from './types.js';

/** One of the verdicts to be merged, under the name that people know it by. */
export interface Part {
  name: string;
  verdict: Verdict;
}

/** The shards of one run among some verdicts, and what is wrong with the others, in sentences without their stop. */
export interface SortedShards {
  /** Those that can be joined: alike in all that the shards of one run share. */
  own: Part[];
  /** How many shards the run had. */
  total?: number;
  problems: string[];
}

/**
 * Finds the shards of one run: each must be there once and be of the same target, settings and version. Where the verdicts are of
 * several runs, the run that most of them are of is meant.
 */
export function sortShards(parts: readonly Part[]): SortedShards {
  const shards = parts.filter(({ verdict }) => verdict.shard !== undefined);
  const unsharded = parts
    .filter(({ verdict }) => verdict.shard === undefined)
    .map(({ name }) => `${name} is of no shard: a run without --shard wrote it, and its own verdict holds`);
  // Without a single shard the verdicts are joined all the same, so that a reader sees what there is.
  const candidates = shards.length > 0 ? shards : parts;
  const [first, ...others] = largestGroup(candidates);
  if (first === undefined) return { own: [], problems: [] };
  const own = [first, ...others];
  const total = first.verdict.shard?.total;
  return {
    own,
    ...(total !== undefined && { total }),
    problems: [
      ...unsharded,
      ...candidates.filter((part) => !own.includes(part)).map((part) => foreign(part, first)),
      ...(total === undefined ? [] : gaps(own, total)),
    ],
  };
}

/** The largest set of verdicts that are alike in all that shards share; the earliest of several. */
function largestGroup(parts: readonly Part[]): Part[] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = JSON.stringify(factsOf(part.verdict));
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].reduce((largest, group) => (group.length > largest.length ? group : largest), []);
}

/** What the shards of one run share, in the order in which a difference is told. */
function factsOf(verdict: Verdict): [what: string, value: string][] {
  const { target, shard, suite, runId, strict, allow, seed, urls, leftOut, selection, requireJudged, requirements } =
    verdict;
  const apis = [...new Set(requirements.map(({ api }) => api))];
  return [
    ['target', target],
    ['number of shards', `${shard?.total ?? 'none'}`],
    ['version of the suite', suite ?? 'unknown'],
    ['APIs', apis.join(', ')],
    ['setting of --strict', `${strict}`],
    ['selection', selection?.by ?? 'none'],
    ['setting of --require-judged', `${requireJudged ?? 'none'}`],
    ['permission', allow ?? 'unknown'],
    ['APIs left out', leftOut?.join(', ') ?? 'none'],
    // The embedded stub of each shard listens elsewhere, and has the same data by its seed.
    ...(seed === undefined
      ? Object.entries(urls ?? {}).map(([api, url]): [string, string] => [`url of ${api}`, url])
      : []),
    ['seed', `${seed ?? 'none'}`],
    ['id of the run', runId ?? 'none'],
    ['list of requirements', requirements.map(({ id }) => id).join()],
  ];
}

function foreign({ name, verdict }: Part, own: Part): string {
  const expected = new Map(factsOf(own.verdict));
  const [what, value] = factsOf(verdict).find(([fact, found]) => expected.get(fact) !== found) ?? ['facts', ''];
  if (what === 'list of requirements') return `${name} is of another run: it lists other requirements than ${own.name}`;
  return `${name} is of another run: its ${what} is ${value}, that of ${own.name} is ${expected.get(what) ?? 'none'}`;
}

/** Which shards are missing, and which are there more than once. */
function gaps(own: readonly Part[], total: number): string[] {
  return Array.from({ length: total }, (_, index) => index + 1).flatMap((current) => {
    const found = own.filter(({ verdict }) => verdict.shard?.current === current).map(({ name }) => name);
    if (found.length === 0) return [`shard ${current} of ${total} is missing`];
    return found.length === 1
      ? []
      : [`shard ${current} of ${total} is there more than once, in ${found.join(' and ')}`];
  });
}
