import { type Api, requirementsOf } from '../api/api.js';
import { didYouMean, UsageError } from '../errors.js';
import { validateWaivers } from '../schemas/index.js';
import { pointerToPath } from '../target/index.js';
import type { Waivers } from '../verdict/index.js';
import { readJson } from './files.js';

/**
 * Reads the waivers file at `path`, which was named as `file` in `option`. Throws a `UsageError` where it cannot be read, does not fit
 * its schema or names unknown requirements.
 */
export function readWaivers(option: string, file: string, path: string, apis: readonly Api[]): Waivers['waivers'] {
  const content = readJson(option, file, path);
  const problems = validateWaivers(content).map(
    (violation) =>
      `${pointerToPath(violation.path) || 'the file'}: expected ${violation.expected}, found ${violation.found}`,
  );
  if (problems.length === 0) {
    const known = requirementsOf(apis).map(({ id }) => id);
    (content as Waivers).waivers.forEach(({ requirement }, index) => {
      if (known.includes(requirement)) return;
      const mend = didYouMean(requirement, known) || ' The verdict of a run lists them all.';
      problems.push(`waivers[${index}].requirement: there is no requirement ${requirement}.${mend}`);
    });
  }
  if (problems.length > 0) throw new UsageError(problems, `${option} ${file} cannot be used:`);
  return (content as Waivers).waivers;
}
