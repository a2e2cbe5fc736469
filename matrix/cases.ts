import type { Fault, StubApi, Variant } from '../src/stub/index.js';
import type { Case } from './types.js';

/**
 * The cases of a matrix: the healthy stub and the variants of each API first, then the faults that checks must find.
 * @param only a glob (`*` and `?`) over ids: faults, variants, and `<api>-healthy`
 */
export function casesOf(stubs: readonly StubApi[], only?: string): Case[] {
  const healthy = stubs.map(
    ({ api }): Case => ({ kind: 'healthy', id: `${api}-healthy`, api, action: '*', sentence: 'The ordinary stub' }),
  );
  const all: Case[] = [
    ...healthy,
    ...stubs.flatMap(({ variants }) =>
      variants.map((variant): Case => ({ kind: 'variant', ...pick(variant), warns: variant.warns })),
    ),
    ...faultsOf(stubs, ({ found }) => found !== 'explore'),
  ];
  return all.filter(({ id }) => only === undefined || matches(id, only));
}

/** The faults that are left to exploring, of these ids. */
export function combinedCasesOf(stubs: readonly StubApi[], only?: string): Case[] {
  return faultsOf(stubs, ({ found }) => found === 'explore').filter(
    ({ id }) => only === undefined || matches(id, only),
  );
}

function faultsOf(stubs: readonly StubApi[], isMeant: (fault: Fault) => boolean): Case[] {
  const faults = stubs.flatMap((stub) => stub.faults.filter(isMeant));
  return faults.map((fault): Case => ({ kind: 'fault', ...pick(fault) }));
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
