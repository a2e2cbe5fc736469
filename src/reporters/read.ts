import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileProblem, UsageError } from '../errors.js';
import { validateVerdict } from '../schemas/index.js';
import { tally, type Verdict } from '../verdict/index.js';

const mend = 'Name the reports directory of a run.';

/**
 * The verdict in a reports directory, or in a file, with its words and numbers made anew: what they say follows from its requirements,
 * whoever wrote them. Throws a `UsageError` when there is none, or one that does not fit its schema.
 */
export async function readVerdict(path: string): Promise<Verdict> {
  const file = path.endsWith('.json') ? path : join(path, 'verdict.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} is no verdict: ${fileProblem(error)}. ${mend}`);
  }
  let verdict: unknown;
  try {
    verdict = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no verdict: it is not JSON. ${mend}`);
  }
  if (!isVerdict(verdict)) throw new UsageError(`${file} is no verdict of version 1. ${mend}`);
  const [wrong] = validateVerdict(verdict);
  if (wrong !== undefined)
    throw new UsageError(
      `${file} is no whole verdict: at ${wrong.path || 'its root'} ${wrong.expected} is expected, found ${wrong.found}. ${mend}`,
    );
  return tally(verdict);
}

/** Enough to tell a verdict from another file; the schema looks at the rest. */
function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== 'object' || value === null) return false;
  const { version, requirements, counts } = value as Partial<Verdict>;
  return version === 1 && Array.isArray(requirements) && typeof counts === 'object';
}

/**
 * Where the reports of a run go: into `folder`, but those of a selection into its `selection` where `folder` holds a verdict that is
 * of no selection, for that must stay.
 */
export function placeOf(folder: string, isSelection: boolean): string {
  if (!isSelection) return folder;
  let held: unknown;
  try {
    held = JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8'));
  } catch {
    return folder;
  }
  return isVerdict(held) && held.selection === undefined ? join(folder, 'selection') : folder;
}
