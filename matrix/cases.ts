import type { Fault, StubApi, Variant } from '../src/stub/index.js';
import type { Case } from './types.js';

/**
 * The cases of a matrix: the healthy stub and the variants of each API first, then faults.
 * @param only a glob (`*` and `?`) over ids: faults, variants, and `<api>-healthy`
 * @param isMeant which faults; those that checks must find, where left out
 */
export function casesOf(stubs: readonly StubApi[], only?: string, isMeant = isForChecks): Case[] {
  const healthy = stubs.map(
    ({ api }): Case => ({ kind: 'healthy', id: `${api}-healthy`, api, action: '*', sentence: 'The ordinary stub' }),
  );
  const all: Case[] = [
    ...healthy,
    ...stubs.flatMap(({ variants }) =>
      variants.map((variant): Case => ({ kind: 'variant', ...pick(variant), warns: variant.warns })),
    ),
    ...stubs.flatMap(({ faults }) => faults.filter(isMeant).map((fault): Case => ({ kind: 'fault', ...pick(fault) }))),
  ];
  return all.filter(({ id }) => only === undefined || matches(id, only));
}

/** The cases of one shard: each case is in one of them, in turn, so that no shard gets all of the slow ones. */
export function shardOf(cases: readonly Case[], { current, total }: { current: number; total: number }): Case[] {
  return cases.filter((_, index) => index % total === current - 1);
}

/** The faults that are left to exploring, of these ids. */
export function combinedCasesOf(stubs: readonly StubApi[], only?: string): Case[] {
  return casesOf(stubs, only, (fault) => !isForChecks(fault)).filter(({ kind }) => kind === 'fault');
}

function isForChecks({ found }: Fault): boolean {
  return found !== 'explore';
}

/** Whether an id fits a glob. Globs over ids need no more than `*` and `?`. */
export function matches(id: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(id);
}

function pick({ id, api, action, requirement, sentence }: Fault | Variant) {
  return { id, api, action, requirement, sentence };
}
