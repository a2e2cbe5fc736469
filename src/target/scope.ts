import { UsageError } from '../errors.js';
import type { ApiName } from '../exchange/index.js';
import type { ResolvedTarget } from './section.js';

/** Whether the server of an API does not have an action, as the target says. */
export function lacks(target: ResolvedTarget, api: ApiName, action: string): boolean {
  return target.without[api]?.includes(action) === true;
}

/** The names of the APIs that a run judges: those asked for, or every one that the target has a section of. */
export function apisInScope(target: ResolvedTarget, asked?: readonly ApiName[]): ApiName[] {
  const present = Object.keys(target.sections);
  const missing = (asked ?? []).filter((api) => !present.includes(api));
  if (missing.length > 0) {
    throw new UsageError(
      `--api ${missing.join(',')}: the target ${target.name} has no section of that name. Add one to the target file, or ask for ${present.join(', ')}.`,
    );
  }
  return asked === undefined ? present : [...asked];
}
