import type { Api } from '../src/exchange/index.js';
import { faults, variants } from '../src/stub/index.js';
import type { Case } from './types.js';

/** Which cases to try. */
export interface CaseFilter {
  apis: readonly Api[];
  /** A glob (`*` and `?`) over ids: faults, variants, and `<api>-healthy`. */
  only?: string;
}

/** The cases of a matrix: the healthy stub and the variants of each API first, then the faults. */
export function casesOf({ apis, only }: CaseFilter): Case[] {
  const healthy = apis.map(
    (api): Case => ({ kind: 'healthy', id: `${api}-healthy`, api, action: '*', sentence: 'The ordinary stub' }),
  );
  const all: Case[] = [
    ...healthy,
    ...variants.map((variant): Case => ({ kind: 'variant', ...pick(variant), warns: variant.warns })),
    ...faults.map((fault): Case => ({ kind: 'fault', ...pick(fault) })),
  ];
  return all.filter(({ api, id }) => apis.includes(api) && (only === undefined || matches(id, only)));
}

/** Globs over ids need no more than `*` and `?`. */
function matches(id: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(id);
}

function pick({ id, api, action, requirement, sentence }: (typeof faults)[number]) {
  return { id, api, action, requirement, sentence };
}
