import type { ApiName, Level } from '../exchange/index.js';
import type { Basis, Requirement, Topic } from './types.js';

/**
 * Requirements by what is known of each: its id, its action (`*` for one on all of them), its level, its topic, what a target must
 * allow before it can be checked, and how firmly it stands in the documentation. The value is the sentence.
 */
export type RequirementRows = Readonly<
  Record<`${string} ${string} ${Requirement['level']} ${Topic} ${Level} ${Basis}`, string>
>;

/**
 * The catalogue of an API, from rows by the page of the documentation that they come from. The ref of a requirement is the part of
 * its id that names its origin: `FLAG-1` of `OZ-FLAG-1-MUTE`.
 *
 * @example catalogue('genesys', { Complete: { 'GE-DONE-1 complete MUST state write stated': 'Complete answers statusCode 0' } })
 */
export function catalogue(
  api: ApiName,
  pages: readonly (readonly [page: string, rows: RequirementRows])[],
): Requirement[] {
  return pages.flatMap(([page, rows]) =>
    Object.entries<string>(rows).map(([facts, title]) => {
      const [id = '', action = '', level, topic, needs, basis] = facts.split(' ');
      const ref = /^[A-Z]+-([A-Z]+-\d+)/.exec(id)?.[1] ?? id;
      // The type of the rows has seen to it that each fact is one of those that there are.
      return { id, ref, api, action, topic, level, needs, title, source: { page, basis } } as Requirement;
    }),
  );
}
