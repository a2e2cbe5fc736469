import type { ApiName } from '../exchange/index.js';
import type { Requirement, Ruling } from './types.js';

/** A ruling without its API, by its name. */
export type RulingRows = Readonly<Record<string, Omit<Ruling, 'id'>>>;

/**
 * The rulings of an API, from rows by name.
 * @example rulings('ozeki', { 'clock-hours': { pages: '…', held: '…', since: '0.1.0', requirements: ['OZ-COM-7'] } })
 */
export function rulings(api: ApiName, rows: RulingRows): Ruling[] {
  return Object.entries(rows).map(([name, row]) => ({ id: `${api}-${name}`, ...row }));
}

/** Requirements that name the rulings which bear on them. */
export function withRulings(requirements: readonly Requirement[], all: readonly Ruling[]): Requirement[] {
  return requirements.map((requirement) => {
    const own = all.filter((ruling) => ruling.requirements.includes(requirement.id));
    if (own.length === 0) return requirement;
    return { ...requirement, source: { ...requirement.source, rulings: own.map(({ id, held }) => ({ id, held })) } };
  });
}
